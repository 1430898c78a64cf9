import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenPrize } from '../../src/draw/prizes.ts';
import { parsePrizeLines } from '../../src/slack/prizes-syntax.ts';
import { parseStart } from '../../src/slack/start-syntax.ts';

const given = (quantity: number, name: string): GivenPrize => ({ name, quantity });

describe('quantities in a typed start', () => {
  it.each([
    ['3x "Sticker"', [given(3, 'Sticker')]],
    ['3 x "Sticker"', [given(3, 'Sticker')]],
    ['"Sticker" x3', [given(3, 'Sticker')]],
    ['"Sticker" x 3', [given(3, 'Sticker')]],
    ['3X "Sticker"', [given(3, 'Sticker')]],
    ['3 × "Sticker"', [given(3, 'Sticker')]],
    ['3x“Sticker”', [given(3, 'Sticker')]],
    ['1x "Sticker"', [given(1, 'Sticker')]],
    ['0x "Sticker"', [given(0, 'Sticker')]],
    ['101x "Sticker"', [given(101, 'Sticker')]],
    ['"A" 3x "B"', [given(1, 'A'), given(3, 'B')]],
    ['"A" x3 "B"', [given(3, 'A'), given(1, 'B')]],
    ['"A" x3 4x "B"', [given(3, 'A'), given(4, 'B')]],
    ['"A"x3"B"2x"C"', [given(3, 'A'), given(1, 'B'), given(2, 'C')]],
    ['2x "A"\n3x "B"', [given(2, 'A'), given(3, 'B')]],
    ['"3x Sticker"', [given(1, '3x Sticker')]],
  ])('%s', (text, prizes) => {
    expect(parseStart(text)).toEqual({ kind: 'ok', prizes });
    expect(parseStart(`${text} for 30m`)).toEqual({ kind: 'ok', prizes, seconds: 1800 });
    expect(parseStart(`${text} in <#C0123|general> for 30m`)).toEqual({
      kind: 'ok',
      prizes,
      seconds: 1800,
      channel: 'C0123',
    });
  });

  it.each([
    ['"Sticker" 3x', '3x'],
    ['x3 "Sticker"', 'x3'],
    ['3x for 30m', '3x for 30m'],
    ['-3x "Sticker"', '-3x'],
    ['1.5x "Sticker"', '1.5x'],
    ['3 "Sticker"', '3'],
    ['x "Sticker"', 'x'],
    ['"Sticker" x', 'x'],
    ['"A" x 3 x "B"', 'x'],
    ['"A" x34x "B"', 'x34x'],
    ['three x "Sticker"', 'three x'],
    ['3y "Sticker"', '3y'],
    ['"A" x3for 30m', 'x3for 30m'],
  ])('%s has something that is none', (text, stray) => {
    expect(parseStart(text)).toEqual({ kind: 'stray', text: stray });
  });

  it.each(['3x "Sticker" x3', '3x "Sticker" x4 for 30m', '"A" 2x "Sticker" x3 2x "B"'])('%s has two', (text) => {
    expect(parseStart(text)).toEqual({ kind: 'two_quantities', text: 'Sticker' });
  });

  it.each([
    ['3x "A" for 30m for 1h', 'for'],
    ['3x "A" in C0123 for 30m in C0124', 'in'],
  ])('%s has a clause twice', (text, clause) => {
    expect(parseStart(text)).toEqual({ kind: 'twice', text: clause });
  });
});

describe('quantities in the dialog', () => {
  it.each([
    ['3x Sticker', given(3, 'Sticker')],
    ['  3x   Sticker ', given(3, '  Sticker')],
    ['100x A', given(100, 'A')],
    ['0x A', given(0, 'A')],
    ['1x 3x Sticker', given(1, '3x Sticker')],
    ['3x "Sticker"', given(3, '"Sticker"')],
  ])('%s', (line, prize) => {
    expect(parsePrizeLines(line)).toEqual([prize]);
  });

  it.each(['2x4 plank', '3 x Sticker', '3X Sticker', '3× Sticker', 'Sticker x3', 'x3 Sticker', '3x', '3xSticker'])(
    '%s is a prize',
    (line) => {
      expect(parsePrizeLines(line)).toEqual([given(1, line)]);
    },
  );

  it('stand on lines of their own', () => {
    expect(parsePrizeLines('3x Sticker\r\n2x4 plank\n\n2x Mug')).toEqual([
      given(3, 'Sticker'),
      given(1, '2x4 plank'),
      given(1, ''),
      given(2, 'Mug'),
    ]);
  });
});

describe('whatever is printed', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/["“”„‟«»]/.test(text));
  const quantity = fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 200 }));
  const space = fc.constantFrom(' ', '  ', '\n', '\t');
  const around = fc.constantFrom(['"', '"'], ['“', '”'], ['„', '“'], ['«', '»']);

  /** A prize as somebody may type it. */
  const prize = fc
    .tuple(fc.record({ name, quantity }), around, fc.constantFrom('before', 'before, apart', 'behind'))
    .map(([of, [open, close], where]) => {
      const quoted = `${open}${of.name}${close}`;
      const typed: Readonly<Record<typeof where, string>> = {
        before: `${of.quantity}x ${quoted}`,
        'before, apart': `${of.quantity} x ${quoted}`,
        behind: `${quoted} x${of.quantity}`,
      };
      return { of, text: of.quantity === 1 && where === 'behind' ? quoted : typed[where] };
    });

  const seconds = fc.option(
    fc.tuple(fc.nat(2), fc.nat(23), fc.integer({ min: 1, max: 59 })).map(([days, hours, minutes]) => ({
      value: ((days * 24 + hours) * 60 + minutes) * 60,
      text: `for ${days > 0 ? `${days}d` : ''}${hours > 0 ? `${hours}h` : ''}${minutes}m`,
    })),
    { nil: undefined },
  );
  const channel = fc.option(
    fc.tuple(fc.stringMatching(/^[CG]\d[A-Z0-9]{2,9}$/), fc.constantFrom('bare', 'link', 'name')).map(([id, form]) => ({
      value: id,
      text: { bare: `in ${id}`, link: `in <#${id}>`, name: `in <#${id}|for-30m>` }[form],
    })),
    { nil: undefined },
  );

  it('as a start command is read as the same again', () => {
    fc.assert(
      fc.property(
        fc.array(prize, { minLength: 1, maxLength: 6 }),
        seconds,
        channel,
        fc.boolean(),
        space,
        (prizes, duration, where, isReversed, between) => {
          const clauses = [duration, where].flatMap((clause) => (clause ? [clause.text] : []));
          const parts = [...prizes.map(({ text }) => text), ...(isReversed ? clauses.toReversed() : clauses)];
          expect(parseStart(parts.join(between))).toEqual({
            kind: 'ok',
            prizes: prizes.map(({ of }) => of),
            seconds: duration?.value,
            channel: where?.value,
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('as lines of the dialog is read as the same again', () => {
    const oneLine = name.map((text) => text.replace(/[\r\n]/g, '').trim()).filter((text) => text !== '');
    const line = fc.record({ name: oneLine, quantity });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (prizes) => {
        const printed = prizes.map((one) =>
          one.quantity === 1 && !/^\d+x /.test(one.name) ? one.name : `${one.quantity}x ${one.name}`,
        );
        expect(parsePrizeLines(printed.join('\n'))).toEqual(prizes);
      }),
      { numRuns: 1_000 },
    );
  });

  it('at random never throws', () => {
    const part = fc.oneof(fc.constantFrom('"', 'x', '3', ' ', '\n', 'for', 'in', '×', '3x ', ' x3', '30m'), name);
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (text) => {
          parseStart(text);
          parsePrizeLines(text);
        },
      ),
    );
  });
});
