import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GivenPrize, groupPrizes, naturalOrder, parsePrizes } from '../../src/draw/prizes.ts';

const given = (quantity: number, name: string): GivenPrize => ({ name, quantity });
const kinds = (count: number, quantity: number): GivenPrize[] =>
  Array.from({ length: count }, (_, index) => given(quantity, `Prize ${index + 1}`));

describe('several prizes of a kind', () => {
  it.each([
    [[given(3, 'Sticker')], ['Sticker (1 of 3)', 'Sticker (2 of 3)', 'Sticker (3 of 3)']],
    [[given(1, 'Sticker')], ['Sticker']],
    [
      [given(2, ' Mug '), given(1, 'Book')],
      ['Mug (1 of 2)', 'Mug (2 of 2)', 'Book'],
    ],
    [
      [given(1, 'Mug'), given(2, 'Mug')],
      ['Mug', 'Mug (1 of 2)', 'Mug (2 of 2)'],
    ],
    [[given(0, ''), given(501, ' '), given(1, 'Book')], ['Book']],
  ])('%j are stored under names of their own', (asked, prizes) => {
    expect(parsePrizes(asked)).toEqual({ kind: 'ok', prizes });
  });

  it.each([
    [[given(3, 'Sticker'), given(1, 'Sticker (2 of 3)')], ['Sticker (2 of 3)']],
    [
      [given(2, 'Mug'), given(2, 'Mug ')],
      ['Mug (1 of 2)', 'Mug (2 of 2)'],
    ],
    [[given(1, 'Mug'), given(1, 'Mug')], ['Mug']],
  ])('%j are refused by the name to which two come', (asked, prizes) => {
    expect(parsePrizes(asked)).toEqual({ kind: 'twice', prizes });
  });

  it('are 1 to 100', () => {
    expect(parsePrizes([given(100, 'Mug')])).toMatchObject({ kind: 'ok' });
    const [none, many] = [given(0, 'Cap'), given(101, 'Mug')];
    expect(parsePrizes([none, given(2, 'Book'), many])).toEqual({ kind: 'quantity', prizes: [none, many] });
    const endless = given(Number('9'.repeat(400)), 'Mug');
    expect(parsePrizes([endless])).toEqual({ kind: 'quantity', prizes: [endless] });
  });

  it.each([
    [[...kinds(5, 100)], 500],
    [[...kinds(500, 1)], 500],
  ])('are 500 in a draw, however they are given', (asked, count) => {
    const result = parsePrizes(asked);
    expect(result.kind === 'ok' && new Set(result.prizes).size).toBe(count);
    expect(parsePrizes([...asked, given(1, 'One more')])).toEqual({ kind: 'too_many', count: count + 1 });
  });
});

describe('prizes that are listed', () => {
  it.each<[readonly string[], readonly (readonly [number, string])[]]>([
    [['Sticker (1 of 3)', 'Sticker (2 of 3)', 'Sticker (3 of 3)'], [[3, 'Sticker']]],
    // Another program has taken one.
    [['Sticker (1 of 3)', 'Sticker (3 of 3)'], [[2, 'Sticker']]],
    // One alone has the name by which it is won.
    [['Sticker (2 of 3)'], [[1, 'Sticker (2 of 3)']]],
    // Each kind in the place of its first prize.
    [
      ['Book', 'Mug (1 of 2)', 'Sticker (1 of 2)', 'Mug (2 of 2)', 'Sticker (2 of 2)'],
      [
        [1, 'Book'],
        [2, 'Mug'],
        [2, 'Sticker'],
      ],
    ],
    // Another number is another kind; so is another name.
    [
      ['Mug', 'Mug (1 of 2)', 'Mug (1 of 3)', 'Mug (2 of 2)', 'Mug (2 of 3)', 'mug (1 of 2)'],
      [
        [1, 'Mug'],
        [2, 'Mug'],
        [2, 'Mug'],
        [1, 'mug (1 of 2)'],
      ],
    ],
    [['Tea (1 of 2) (1 of 2)', 'Tea (1 of 2) (2 of 2)'], [[2, 'Tea (1 of 2)']]],
  ])('%j are put together', (prizes, groups) => {
    expect(groupPrizes(prizes)).toEqual(groups.map(([count, name]) => ({ count, name })));
  });

  it.each([
    ['a number that no quantity has', ['Mug (1 of 101)', 'Mug (2 of 101)']],
    ['more than there are', ['Mug (3 of 2)', 'Mug (4 of 2)']],
    ['a zero in front', ['Mug (01 of 2)', 'Mug (02 of 2)']],
    ['none', ['Mug (0 of 2)', 'Mug (0 of 3)']],
    ['other words', ['Mug (1 von 2)', 'Mug (2 von 2)']],
    ['no blank', ['Mug(1 of 2)', 'Mug(2 of 2)']],
    ['two blanks', ['Mug  (1 of 2)', 'Mug  (2 of 2)']],
    ['something behind', ['Mug (1 of 2)!', 'Mug (2 of 2)!']],
    ['no name', [' (1 of 2)', ' (2 of 2)']],
    ['digits of another script', ['Mug (\u0661 of \u0662)', 'Mug (\u0662 of \u0662)']],
    ['one name twice, with no number', ['Mug', 'Mug']],
  ])('are left as they stand where no start can have made their names: %s', (_what, prizes) => {
    expect(groupPrizes(prizes)).toEqual(prizes.map((name) => ({ name, count: 1 })));
  });

  it('are the kinds that were given, and all are counted, whatever another program has taken', () => {
    const asked = fc.uniqueArray(fc.record({ name: fc.string(), quantity: fc.integer({ min: 1, max: 100 }) }), {
      maxLength: 5,
      selector: ({ name }) => name.trim(),
    });
    fc.assert(
      fc.property(asked, fc.nat(), (kinds, seed) => {
        const result = parsePrizes(kinds);
        if (result.kind !== 'ok') return;
        const groups = groupPrizes(result.prizes.toSorted(naturalOrder)).map(
          ({ name, count }) => [name, count] as const,
        );
        const isThere = kinds.filter(({ name }) => name.trim() !== '');
        expect(new Map(isThere.map(({ name, quantity }) => [name.trim(), quantity]))).toEqual(new Map(groups));
        const left = result.prizes.filter((_, index) => (index * 7919 + seed) % 3 > 0);
        expect(groupPrizes(left).reduce((sum, { count }) => sum + count, 0)).toBe(left.length);
      }),
    );
  });
});
