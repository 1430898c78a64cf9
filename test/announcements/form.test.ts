import { describe, expect, it } from 'vitest';
import { type Content, desired } from '../../src/announcements/desired.ts';
import { type Form, pieces, smaller, WHOLE } from '../../src/announcements/form.ts';
import { record, winners } from '../support/announcements/records.ts';

const formsOf = (forms: Readonly<Record<string, Form>>) => new Map(Object.entries(forms));
const split = (splits: number): Form => ({ splits, look: 'full' });
const shown = (forms: Readonly<Record<string, Form>>): string[] =>
  pieces('w', [1, 2, 3, 4, 5, 6, 7, 8], formsOf(forms)).map(({ part, things }) => `${part}: ${things.join('')}`);

/** Every form of a message after the first, in order. */
function ladder(content: Content, splits = 0): Form[] {
  const forms: Form[] = [];
  for (let form: Form | undefined = split(splits); form; form = smaller(form, content)) forms.push(form);
  return forms.slice(1);
}

describe('the forms of a message', () => {
  it('become smaller step by step, and end', () => {
    const [open] = desired(record(), { winners: [], inTime: null });
    expect(open && ladder(open.content).map(({ look }) => look)).toEqual(['bare', 'text']);
    const [, few] = desired(record({ phase: 'won' }), { winners: winners(5), inTime: null });
    expect(few && ladder(few.content, 2)).toEqual([
      { splits: 2, look: 'bare' },
      { splits: 2, look: 'text' },
    ]);
  });

  it('are halves first, where there is more than a handful of winners', () => {
    const [, many] = desired(record({ phase: 'won' }), { winners: winners(6), inTime: null });
    expect(many && smaller(WHOLE, many.content)).toEqual(split(1));
  });
});

describe('the pieces of a message', () => {
  it('are one as long as it is whole', () => {
    expect(shown({})).toEqual(['w: 12345678']);
  });

  it('keep the order, and miss and double nothing, however it was divided', () => {
    expect(shown({ w: split(1) })).toEqual(['w: 1234', 'w.1: 5678']);
    expect(shown({ w: split(2) })).toEqual(['w: 12', 'w.2: 34', 'w.1: 5678']);
    expect(shown({ w: split(2), 'w.1': split(1) })).toEqual(['w: 12', 'w.2: 34', 'w.1: 56', 'w.1.1: 78']);
  });

  it('are never empty', () => {
    expect(pieces('w', [1, 2], formsOf({ w: split(5) }))).toHaveLength(2);
  });

  it('have a look each', () => {
    const forms = formsOf({ w: split(1), 'w.1': { splits: 0, look: 'text' } });
    expect(pieces('w', [1, 2], forms).map(({ form }) => form.look)).toEqual(['full', 'text']);
  });
});

describe('the messages about winners', () => {
  it('are numbered as they are divided, and hold every winner once', () => {
    const forms = formsOf({ 'winners 1': split(1), 'winners 1.1': { splits: 0, look: 'bare' } });
    const all = desired(record({ phase: 'won', isAnnounced: false }), { winners: winners(25), inTime: null }, forms);
    expect(all.map(({ part }) => part)).toEqual(['winners 1', 'winners 1.1', 'winners 2']);
    const contents = all.flatMap(({ content }) => (content.kind === 'winners' ? [content] : []));
    expect(contents.map(({ page, pages, total }) => `${page} of ${pages}, ${total}`)).toEqual([
      '0 of 3, 25',
      '1 of 3, 25',
      '2 of 3, 25',
    ]);
    expect(contents.flatMap((content) => content.winners)).toEqual(winners(25));
    expect(contents.map(({ look }) => look)).toEqual([undefined, 'bare', undefined]);
  });
});
