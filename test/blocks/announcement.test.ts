import { describe, expect, it } from 'vitest';
import type { Content, Ending, Fate } from '../../src/announcements/desired.ts';
import type { LastChange } from '../../src/draw/last-change.ts';
import { announcement } from '../../src/slack/blocks/announcement.ts';
import { parseRef } from '../../src/slack/draw-ref.ts';
import { readable } from '../support/blocks/readable.ts';
import { buttons, objects, visibleText } from '../support/workspace/read.ts';

const CLOSES = '<!date^1714980480^{date_short_pretty} at {time}|2024-05-06 07:28 UTC>';
const DRAW = { channel: 'C0123456789', id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11' };

const open = {
  kind: 'open',
  draw: DRAW.id,
  channel: DRAW.channel,
  prizes: ['Mug', 'Sticker 2'],
  entrants: 12,
  closesAt: Date.parse('2024-05-06T07:28:00Z'),
  lastChange: undefined,
} as const satisfies Content;

describe('the announcement of an open draw', () => {
  it('has the prizes, the closing time, the number of entrants and the button', () => {
    const text = visibleText(announcement(open));
    expect(text).toContain('2 prizes to win');
    expect(text).toContain('•  Mug\n•  Sticker 2');
    expect(text).toContain(`Closes ${CLOSES}`);
    expect(text).toContain('12 people have entered');
    expect(buttons(announcement(open))).toEqual(['Enter the draw']);
  });

  it('says all of that in its text, for screen readers and phones, and what to do without the button', () => {
    expect(announcement(open).text).toBe(
      [
        'A prize draw is open: 2 prizes to win.',
        '•  Mug',
        '•  Sticker 2',
        `Closes ${CLOSES}. 12 people have entered.`,
        'Enter with your GitHub ID: type `/prizedraw enter your-github-id`.',
      ].join('\n'),
    );
  });

  it('counts in its text the prizes for which there is no room there', () => {
    const { text } = announcement({ ...open, prizes: Array.from({ length: 500 }, (_, index) => `<Prize ${index}>`) });
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toMatch(/• {2}&lt;Prize 0\u2060&gt;\u2060\n[\s\S]+\n… and \d{3} more prizes\nCloses/);
  });

  it('folds nothing behind “See more”', () => {
    const sections = announcement(open).blocks.filter(({ type }) => type === 'section');
    expect(sections).toHaveLength(4);
    for (const section of sections) expect(section).toMatchObject({ expand: true });
  });

  it('has a button for this draw and no other', () => {
    const [button] = objects(announcement(open)).filter(({ type }) => type === 'button');
    expect(parseRef(String(button?.['value']))).toEqual(DRAW);
  });

  it('says that it stays open until an organiser closes it', () => {
    const text = visibleText(announcement({ ...open, closesAt: undefined }));
    expect(text).toContain('Open until an organiser closes it');
    expect(text).not.toContain('Closes');
  });
});

describe('the last change of an open draw', () => {
  it.each<[LastChange, string]>([
    [{ kind: 'later', ms: 900_000 }, '✏️ Closes 15 minutes later.'],
    [{ kind: 'timed' }, '✏️ It has a closing time now.'],
    [{ kind: 'reopened' }, `✏️ Open again until ${CLOSES}.`],
    [{ kind: 'added', prizes: ['Pen'] }, '✏️ New prize: Pen.'],
    [{ kind: 'added', prizes: ['A', 'B', 'C', 'D', 'E'] }, '✏️ New prizes: A, B, C and 2 more.'],
    [{ kind: 'dropped', prizes: ['Pen'] }, '✏️ No longer a prize: Pen.'],
    [{ kind: 'dropped', prizes: ['A', 'B'] }, '✏️ No longer prizes: A and B.'],
    [{ kind: 'removed' }, '✏️ An entrant was removed by the organisers.'],
  ])('%j is said in a line, in its text, too', (lastChange, line) => {
    const message = announcement({ ...open, lastChange });
    expect(visibleText(message).replaceAll('\u2060', '')).toContain(`12 people have entered\n${line}`);
    expect(message.text.replaceAll('\u2060', '')).toContain(`12 people have entered.\n${line}\n`);
  });

  it('is said of a draw that is open again, also where nothing closes it any more', () => {
    const text = visibleText(announcement({ ...open, closesAt: undefined, lastChange: { kind: 'reopened' } }));
    expect(text).toContain('✏️ Open again.');
  });
});

const UNCHANGED = { lastChange: undefined, reason: undefined };

describe('the announcement of a closed draw', () => {
  /** What each ending says, which no other says. */
  const endings: Readonly<Record<Ending, string>> = {
    to_be_picked: 'The winners will be announced here.',
    picked_elsewhere: 'The winners are being picked.',
    won: 'The winners are out.',
    nobody_entered: 'Nobody has entered, so nobody wins.',
    replaced: 'It ended without winners.',
    cancelled: 'It was cancelled: nobody wins.',
  };
  const all = Object.values(endings);
  const isEnding = (name: string): name is Ending => name in endings;

  it.each(Object.keys(endings).filter(isEnding))('has no button, and says what comes next: %s', (ending) => {
    const closed = announcement({ kind: 'closed', prizes: ['Mug', 'Sticker 2'], entrants: 0, ending, ...UNCHANGED });
    const text = visibleText(closed);
    expect(buttons(closed)).toEqual([]);
    expect(text).toContain('This draw is closed.');
    expect(text).toContain('•  Mug\n•  Sticker 2');
    expect(text).toContain('Nobody has entered');
    expect(text).not.toContain('yet');
    expect(closed.text).toContain('2 prizes:\n•  Mug\n•  Sticker 2');
    expect(all.filter((words) => text.includes(words))).toEqual([endings[ending]]);
    expect(all.filter((words) => closed.text.includes(words))).toEqual([endings[ending]]);
  });

  it('counts who has entered, and says once that nobody has', () => {
    const closed = { kind: 'closed', prizes: ['Mug'], entrants: 3, ending: 'to_be_picked', ...UNCHANGED } as const;
    expect(visibleText(announcement(closed))).toContain('👥 3 people have entered');
    const nobody = visibleText(announcement({ ...closed, entrants: 0, ending: 'nobody_entered' }));
    expect(nobody.match(/Nobody has entered/g)).toHaveLength(1);
  });
});

describe('the announcement of a draw that was changed after it closed', () => {
  it('says what, in a line', () => {
    const closed = { kind: 'closed', prizes: ['Mug'], entrants: 3, ending: 'to_be_picked', reason: undefined } as const;
    const message = announcement({ ...closed, lastChange: { kind: 'added', prizes: ['Mug'] } });
    expect(visibleText(message)).toContain('👥 3 people have entered\n✏️ New prize: Mug.');
    expect(message.text).toContain('3 people have entered.\n✏️ New prize: Mug.\n1 prize:');
  });
});

describe('the announcement of a draw that was cancelled', () => {
  const cancelled = {
    kind: 'closed',
    prizes: ['Mug'],
    entrants: 3,
    ending: 'cancelled',
    lastChange: undefined,
  } as const;

  it('says so, and why as it was written', () => {
    const message = announcement({ ...cancelled, reason: 'the *hall* is <closed>' });
    expect(visibleText(message)).toContain('Prize draw: cancelled');
    expect(objects(message)).toContainEqual({
      type: 'plain_text',
      text: 'Reason: the *hall* is <closed>',
      emoji: false,
    });
    expect(message.text).toContain('Reason: the');
  });

  it('shows 200 characters of the reason', () => {
    const text = visibleText(announcement({ ...cancelled, reason: 'x'.repeat(300) }));
    expect(text).toMatch(/Reason: x{199}…/);
  });

  it('says nothing of a reason where nobody gave one', () => {
    expect(JSON.stringify(announcement({ ...cancelled, reason: undefined }))).not.toContain('Reason');
  });
});

describe('the announcement of what a pick draws from', () => {
  const message = (fate: Fate) =>
    announcement({
      kind: 'drawing',
      entrants: 90,
      entrantsDigest: `ab${'0'.repeat(62)}`,
      prizes: 3,
      prizesDigest: `cd${'1'.repeat(62)}`,
      round: 1234,
      fate,
    });
  const of = (fate: Fate) => readable(message(fate));

  it('has every number, and says how to check them', () => {
    expect(of('awaited')).toBe(
      [
        '🎲 Drawing from 90 entrants for 3 prizes with drand round 1234, in a few seconds.',
        'Fixed beforehand: entrants `ab00000000000000`, prizes `cd11111111111111`. Anyone can check the pick afterwards: `/prizedraw verify`',
      ].join('\n'),
    );
  });

  it('says so in its text', () => {
    expect(message('awaited').text).toMatch(
      /^Drawing from 90 entrants for 3 prizes with <.+drand round 1234>, .+\nFixed beforehand: entrants `ab0/,
    );
  });

  it('stays as it is when its round has decided', () => {
    expect(of('used')).toBe(of('awaited'));
  });

  it('says that its round did not decide', () => {
    expect(of('withdrawn')).toContain(
      'with drand round 1234. This did not decide: the draw was changed before that round was there.',
    );
  });
});
