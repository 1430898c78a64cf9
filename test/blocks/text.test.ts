import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  date,
  formatted,
  githubLink,
  join,
  literal,
  mention,
  mrkdwn,
  plain,
  shorten,
} from '../../src/slack/blocks/text.ts';
import { validateLiteral } from '../support/block-kit.ts';
import { anyText, HAZARDS, storedText } from '../support/blocks/foreign.ts';

const shown = (text: { readonly mrkdwn: string }) => ({
  text: 'Words',
  blocks: [{ type: 'section', text: formatted(text) }],
});

describe('shorten', () => {
  it.each([
    ['as long as the limit', 'abcde', 5, 'abcde'],
    ['longer by one', 'abcdef', 5, 'abcd…'],
    ['much longer', 'a'.repeat(9000), 4, 'aaa…'],
    ['with blanks around', '  a  b \n', 5, 'a b'],
    ['on several lines', 'two\nlines\r\n\tand more', 30, 'two lines and more'],
    ['empty', '', 5, '(blank)'],
    ['blank', ' \n\t\u00a0\u3000', 5, '(blank)'],
    ['with a surrogate pair that just fits', 'abc😀', 5, 'abc😀'],
    ['with a surrogate pair at the cut', 'abc😀d', 5, 'abc…'],
    ['with a surrogate pair before the cut', 'ab😀de', 5, 'ab😀…'],
    ['with combining marks at the cut', 'cafe\u0301s', 5, 'cafe…'],
    ['with half of a surrogate pair', 'a\ud83d', 5, 'a\ufffd'],
  ])('a text that is %s', (_, text, limit, short) => {
    expect(shorten(text, limit)).toBe(short);
  });

  it('never returns more than the limit, nothing blank, nor half of a surrogate pair', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 7, max: 200 }), (text, limit) => {
        const short = shorten(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short.trim()).not.toBe('');
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });

  it('leaves out no more than it must', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 20 }), fc.integer({ min: 7, max: 19 }), (text, limit) => {
        const line = text.replace(/\s+/g, ' ').trim();
        if (line.length > limit) expect(shorten(text, limit).length).toBeGreaterThanOrEqual(limit - 1);
      }),
    );
  });
});

describe('literal', () => {
  it('is plain text without emoji codes, shortened', () => {
    expect(literal('*a* :tada: <!here>', 100)).toEqual({
      type: 'plain_text',
      text: '*a* :tada: <!here>',
      emoji: false,
    });
    expect(literal('abcdef', 5).text).toBe('abcd…');
  });
});

describe('plain', () => {
  it('keeps line breaks', () => {
    expect(plain('a\nb')).toEqual({ type: 'plain_text', text: 'a\nb' });
  });
});

describe('mrkdwn', () => {
  it('keeps our own formatting', () => {
    expect(mrkdwn`*A* \`/prizedraw\` _b_ 1 > 0`.mrkdwn).toBe('*A* `/prizedraw` _b_ 1 > 0');
  });

  it('puts in numbers and other mrkdwn as they are', () => {
    expect(mrkdwn`${3} of ${mrkdwn`*${4}*`}`.mrkdwn).toBe('3 of *4*');
  });

  it('escapes Slack’s control characters, and an entity too', () => {
    const escaped = mrkdwn`${'<!channel> & &amp;'}`.mrkdwn.replaceAll('\u2060', '');
    expect(escaped).toBe('&lt;!channel&gt; &amp; &amp;amp;');
  });

  it.each(HAZARDS)('makes %j literal', (words) => {
    expect(validateLiteral(shown(mrkdwn`By ${words}, yes`), [words])).toEqual([]);
  });

  it.each(HAZARDS)('makes %j literal where it stands first', (words) => {
    expect(validateLiteral(shown(mrkdwn`${words} is in`), [words])).toEqual([]);
  });
});

describe('mention', () => {
  it('names a member', () => {
    expect(mention('U0123456789').mrkdwn).toBe('<@U0123456789>');
    expect(mention('W0123').mrkdwn).toBe('<@W0123>');
  });

  it.each([...HAZARDS, 'u0123', 'U01 23', 'C0123', 'U0123>', 'U0123\n'])('names nobody by %j', (words) => {
    expect(mention(words).mrkdwn).not.toMatch(/<[@!#]/);
    expect(validateLiteral(shown(mention(words)), [words])).toEqual([]);
  });
});

describe('githubLink', () => {
  it('links to the user', () => {
    expect(githubLink('octo-cat').mrkdwn).toBe('<https://github.com/octo-cat|octo-cat>');
    expect(githubLink('a'.repeat(39)).mrkdwn).toBe(`<https://github.com/${'a'.repeat(39)}|${'a'.repeat(39)}>`);
  });

  it('makes no link of what is too long for a login', () => {
    expect(githubLink('a'.repeat(40)).mrkdwn).toBe(`${'a'.repeat(38)}…`);
  });

  it.each(HAZARDS)('does not let %j lead elsewhere', (words) => {
    for (const login of [words, `${words} ${'x'.repeat(40)}`, words.repeat(40)]) {
      const link = githubLink(login);
      for (const [address] of link.mrkdwn.matchAll(/<[^>]*/g)) {
        expect(address).toMatch(/^<https:\/\/github\.com\/[^/?#|<>]*\|/);
      }
      expect(validateLiteral(shown(link), [login])).toEqual([]);
    }
  });

  it('never fails on what is in Redis', () => {
    fc.assert(fc.property(storedText, (login) => githubLink(login).mrkdwn.isWellFormed()));
  });
});

describe('date', () => {
  it('is a time in the reader’s own time zone, with UTC for those who see none', () => {
    expect(date(new Date('2024-02-29T23:59:30.400Z')).mrkdwn).toBe(
      '<!date^1709251170^{date_short_pretty} at {time}|2024-02-29 23:59 UTC>',
    );
  });

  it('stands in our own words as it is', () => {
    expect(mrkdwn`Closes ${date(new Date(0))}`.mrkdwn).toBe(
      'Closes <!date^0^{date_short_pretty} at {time}|1970-01-01 00:00 UTC>',
    );
  });
});

describe('join', () => {
  it('puts a separator between', () => {
    expect(join([mrkdwn`a`, mrkdwn`${'*'}`], '\n').mrkdwn).toBe('a\n\u2060*\u2060');
    expect(join([], '\n').mrkdwn).toBe('');
  });
});
