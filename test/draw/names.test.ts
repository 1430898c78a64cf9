import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalOrder, parsePrizes } from '../../src/draw/prizes.ts';
import { decodeEntities } from '../../src/slack/listeners/text.ts';

/** One of each. */
const single = (names: readonly string[]) => names.map((name) => ({ name, quantity: 1 }));

describe('parsePrizes', () => {
  it('trims, drops blank ones and keeps the order', () => {
    expect(parsePrizes(single([' T-shirt ', '', ' \t', 'Book', 'Sticker']))).toEqual({
      kind: 'ok',
      prizes: ['T-shirt', 'Book', 'Sticker'],
    });
  });

  it('takes names that differ in case only for two prizes', () => {
    expect(parsePrizes(single(['Sticker', 'sticker']))).toEqual({ kind: 'ok', prizes: ['Sticker', 'sticker'] });
  });

  it('refuses a prize given twice, by name, each name once', () => {
    expect(parsePrizes(single(['Mug', 'Book', ' Mug', 'Mug ', 'Book', 'Cap']))).toEqual({
      kind: 'twice',
      prizes: ['Mug', 'Book'],
    });
  });

  it.each([[[]], [['']], [[' ', '\n']]])('finds no prizes in %j', (given) => {
    expect(parsePrizes(single(given))).toEqual({ kind: 'none' });
  });

  it.each([
    'A\nmug',
    'A\r\nmug',
    'A\rmug',
    'A\tmug',
    'A\u0000mug',
    'A\u001bmug',
    'A\u0085mug',
    'A\u2028mug',
    'A\u2029mug',
  ])('refuses %j, by name', (prize) => {
    expect(parsePrizes(single(['Book', prize, 'Cap']))).toEqual({ kind: 'unprintable', prizes: [prize] });
  });

  it('returns unique, trimmed, non-empty prizes or none at all', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (given) => {
        const result = parsePrizes(single(given));
        if (result.kind !== 'ok') return;
        expect(new Set(result.prizes).size).toBe(result.prizes.length);
        for (const prize of result.prizes) expect(prize).toBe(prize.trim());
        expect(result.prizes).not.toContain('');
      }),
    );
  });
});

describe('naturalOrder', () => {
  it('orders numbers by their value', () => {
    expect(['Sticker 10', 'Sticker 9', 'Sticker 2', 'Book', 'Sticker 1'].toSorted(naturalOrder)).toEqual([
      'Book',
      'Sticker 1',
      'Sticker 2',
      'Sticker 9',
      'Sticker 10',
    ]);
  });

  it('is a total order in which no two names are alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(naturalOrder(a, b) === 0).toBe(a === b);
        expect(Math.sign(naturalOrder(a, b)) + Math.sign(naturalOrder(b, a))).toBe(0);
      }),
    );
  });

  it('gives one order, whatever order the names come in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 12 }), (names) => {
        expect(names.toReversed().toSorted(naturalOrder)).toEqual(names.toSorted(naturalOrder));
      }),
    );
  });
});

describe('decodeEntities', () => {
  it.each([
    ['&lt;script&gt;', '<script>'],
    ['Salt &amp; Pepper', 'Salt & Pepper'],
    ['&amp;lt;', '&lt;'],
    ['&amp;amp;', '&amp;'],
    ['&quot;&#39;&nbsp;', '&quot;&#39;&nbsp;'],
    ['& &lt', '& &lt'],
    ['', ''],
  ])('makes %s into %s', (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });

  it('gives back what was typed, once', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('&', '<', '>', 'l', 't', 'a', 'm', 'p', ';', 'x') }), (typed) => {
        const sent = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        expect(decodeEntities(sent)).toBe(typed);
      }),
    );
  });
});
