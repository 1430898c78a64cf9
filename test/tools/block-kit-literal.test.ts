import { describe, expect, it } from 'vitest';
import { image, message, modal, mrkdwn, plain, rich, richSection, section } from '../support/block-kit/samples.ts';
import { validateLiteral } from '../support/block-kit.ts';

describe('validateLiteral', () => {
  const shown = (text: string, more: object = {}) => message(section({ text: mrkdwn(text, more) }));

  it.each<[string, string, RegExp]>([
    ['a mention', '<!channel>', /unescaped </],
    ['a mention in other words', 'Mug <@U1> and more', /unescaped </],
    ['a link', '<https://evil.example|Mug>', /unescaped </],
    ['bold', '*bold*', /formatted by its \*/],
    ['italic in other words', 'a _b_ c', /formatted by its _/],
    ['struck', '~no~', /formatted by its ~/],
    ['code', '`x`', /formatted by its `/],
    ['a quotation', '> said', /begins a quotation/],
    ['an address', 'https://evil.example', /becomes a link/],
    ['a name for everybody', 'hi @here', /becomes a link/],
    ['a channel', '#general', /becomes a link/],
    ['a bare address', 'see evil.com', /becomes a link/],
    ['an emoji code', 'a :tada: b', /has an emoji code/],
  ])('refuses %s in mrkdwn', (_, words, problem) => {
    const expected = [expect.stringMatching(problem)];
    expect(validateLiteral(shown(words), [words])).toEqual(expected);
    expect(validateLiteral({ text: words }, [words])).toEqual(expected);
    expect(validateLiteral(modal({ blocks: [section({ fields: [mrkdwn(words)] })] }), [words])).not.toEqual([]);
  });

  it('refuses it in the text beside blocks', () => {
    expect(validateLiteral({ text: 'Won: *Mug*', blocks: [section()] }, ['*Mug*'])).toHaveLength(1);
    expect(validateLiteral({ text: 'Won: <!here>', blocks: [section()] }, ['<!here>'])).toHaveLength(1);
  });

  it('refuses it escaped, shortened, within our own formatting, or with half a pair from us', () => {
    expect(validateLiteral(shown('&lt;*a*&gt;'), ['<*a*>'])).toHaveLength(1);
    expect(validateLiteral(shown('&gt; a'), ['> a'])).toHaveLength(1);
    expect(validateLiteral(shown('Won: *Mug* for every…'), ['*Mug* for everybody'])).toHaveLength(1);
    expect(validateLiteral(shown('*Won: _Mug_ 1*'), ['_Mug_'])).toHaveLength(1);
    expect(validateLiteral(shown('*Won: Mug* 1'), ['Mug* 1'])).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['escaped', shown('&lt;!channel&gt; &amp; more'), '<!channel> & more'],
    ['kept apart by word joiners', shown('\u2060*\u2060bold\u2060*\u2060'), '*bold*'],
    ['in plain text', message(section({ text: plain('*<!channel>*') })), '*<!channel>*'],
    ['in rich text', message(rich(richSection({ type: 'text', text: '*<!channel>*' }))), '*<!channel>*'],
    ['in an alternative text', message(image({ alt_text: '*a*' })), '*a*'],
    ['a single mark', shown('5 * 3 and snake_case_name and a*b*c'), '5 * 3 and snake_case_name and a*b*c'],
    ['an address in a link of ours', shown('<https://github.com/www.evil|www.evil.example>'), 'www.evil'],
    ['a mark in the address of a link of ours', shown('<https://github.com/*a*|\u2060*\u2060a\u2060*\u2060>'), '*a*'],
    ['in our own formatting', shown('*Won: Mug*, see `/prizedraw winners`, <@U1>'), 'Mug'],
    ['an address as it stands', shown('https://a.example', { verbatim: true }), 'https://a.example'],
    ['an address in a notification', { text: 'https://a.example', blocks: [section()] }, 'https://a.example'],
    ['an emoji code in a notification', { text: ':tada:', blocks: [section()] }, ':tada:'],
    ['a time of day', shown('at 10:30:15'), 'at 10:30:15'],
    ['not there', shown('*Words*'), '*bold*'],
    ['empty', shown('*Words*'), ''],
  ])('takes what is %s', (_, candidate, words) => {
    expect(validateLiteral(candidate, [words])).toEqual([]);
  });
});
