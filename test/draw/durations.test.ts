import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDuration, MAX_DURATION, MIN_DURATION, parseDuration } from '../../src/draw/duration.ts';
import { parseStart } from '../../src/slack/start-syntax.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('parseDuration', () => {
  it.each([
    ['30m', 30 * MINUTE],
    ['90m', 90 * MINUTE],
    ['2h', 2 * HOUR],
    ['1h30m', HOUR + 30 * MINUTE],
    ['1h 30m', HOUR + 30 * MINUTE],
    ['2d', 2 * DAY],
    ['1d2h3m', DAY + 2 * HOUR + 3 * MINUTE],
    [' 2D ', 2 * DAY],
    ['1H30M', HOUR + 30 * MINUTE],
    ['1m', MINUTE],
    ['30d', 30 * DAY],
    ['720h', 30 * DAY],
    ['000045m', 45 * MINUTE],
  ])('reads %s', (text, seconds) => {
    expect(parseDuration(text)).toEqual({ kind: 'ok', seconds });
  });

  it.each([
    ['', 'not_a_duration'],
    ['  ', 'not_a_duration'],
    ['30', 'not_a_duration'],
    ['m', 'not_a_duration'],
    ['30s', 'not_a_duration'],
    ['-5m', 'not_a_duration'],
    ['1.5h', 'not_a_duration'],
    ['30m1h', 'not_a_duration'],
    ['1h1h', 'not_a_duration'],
    ['two hours', 'not_a_duration'],
    ['1e3m', 'not_a_duration'],
    ['\u0663m', 'not_a_duration'],
    ['9999999m', 'not_a_duration'],
    ['0m', 'too_short'],
    ['0d0h0m', 'too_short'],
    ['31d', 'too_long'],
    ['30d1m', 'too_long'],
    ['43201m', 'too_long'],
    ['999999d', 'too_long'],
  ])('refuses "%s": %s', (text, kind) => {
    expect(parseDuration(text)).toEqual({ kind });
  });

  it('never returns anything outside of the limits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789dhm ') })), (text) => {
        const result = parseDuration(text);
        if (result.kind === 'ok') expect(result.seconds >= MINUTE && result.seconds <= 30 * DAY).toBe(true);
      }),
    );
  });
});

describe('describeDuration', () => {
  it.each([
    [-5, 'less than a minute'],
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [60_000, '1 minute'],
    [60_001, '2 minutes'],
    [89 * 60_000, '1 hour 29 minutes'],
    [90 * 60_000, '1 hour 30 minutes'],
    [59 * 60_000 + 1, '1 hour'],
    [2 * HOUR * 1000, '2 hours'],
    [DAY * 1000 - 1, '1 day'],
    [(DAY + 5 * MINUTE) * 1000, '1 day 5 minutes'],
    [(2 * DAY + 3 * HOUR + 4 * MINUTE) * 1000, '2 days 3 hours'],
    [30 * DAY * 1000, '30 days'],
  ])('says %i ms as "%s"', (milliseconds, words) => {
    expect(describeDuration(milliseconds)).toBe(words);
  });
});

/** One of each. */
const single = (names: readonly string[]) => names.map((name) => ({ name, quantity: 1 }));

describe('parseStart', () => {
  it.each([
    ['"Prize A" "Prize B" for 30m', ['Prize A', 'Prize B'], 30 * MINUTE],
    ['"Prize A"', ['Prize A'], undefined],
    ['“Prize A” “Prize B” for 1h30m', ['Prize A', 'Prize B'], HOUR + 30 * MINUTE],
    ['„Prize A“ «Prize B» for 2d', ['Prize A', 'Prize B'], 2 * DAY],
    ['”Prize A” "Prize B”', ['Prize A', 'Prize B'], undefined],
    ['"A""B"', ['A', 'B'], undefined],
    ['"A"for 2h', ['A'], 2 * HOUR],
    ['"A" FOR 1h 30m', ['A'], HOUR + 30 * MINUTE],
    ['"A" for   90m  ', ['A'], 90 * MINUTE],
    ['"Sweets for 30m" for 1h', ['Sweets for 30m'], HOUR],
    ['"\'Apostrophes\' aren’t quotes"', ["'Apostrophes' aren’t quotes"], undefined],
    ['"<b> & </b>"', ['<b> & </b>'], undefined],
    ['"" " "', ['', ' '], undefined],
    ['', [], undefined],
    ['for 30m', [], 30 * MINUTE],
    ['"A"\n"B"\nfor 30m', ['A', 'B'], 30 * MINUTE],
    ['for 30m "A"', ['A'], 30 * MINUTE],
    ['"A" for 30m "B"', ['A', 'B'], 30 * MINUTE],
  ])('reads %s', (text, prizes, seconds) => {
    expect(parseStart(text)).toEqual({ kind: 'ok', prizes: single(prizes), seconds });
  });

  it.each([
    ['Prize A', 'Prize A'],
    ['"A" Prize B', 'Prize B'],
    ['Prize A "B"', 'Prize A'],
    ['"A" and "B" for 30m', 'and'],
    ['"A" 30m', '30m'],
    ['"A" fortnight', 'fortnight'],
    ['"A" "B', '"B'],
    ['"A" "B for 30m', '"B for 30m'],
  ])('names what is stray in %s', (text, stray) => {
    expect(parseStart(text)).toEqual({ kind: 'stray', text: stray });
  });

  it.each([
    ['"A" for', 'not_a_duration', ''],
    ['"A" for ever', 'not_a_duration', 'ever'],
    ['"A" for 30', 'not_a_duration', '30'],
    ['"A" for 0m', 'too_short', '0m'],
    ['"A" for 31d', 'too_long', '31d'],
    ['"A" for 30m please', 'not_a_duration', '30m please'],
  ])('says what is wrong with the duration in %s', (text, kind, asked) => {
    expect(parseStart(text)).toEqual({ kind, text: asked });
  });

  it('returns any prizes without quotes as they were given, and never throws', () => {
    const prize = fc.string().filter((text) => !/["“”„‟«»]/.test(text));
    fc.assert(
      fc.property(fc.array(prize, { minLength: 1 }), fc.integer({ min: 1, max: 600 }), (prizes, minutes) => {
        const text = `${prizes.map((one) => `"${one}"`).join(' ')} for ${minutes}m`;
        expect(parseStart(text)).toEqual({ kind: 'ok', prizes: single(prizes), seconds: minutes * 60 });
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void parseStart(text)));
  });
});

describe('the limits of a duration', () => {
  it('are a minute and 30 days, in seconds', () => {
    expect([MIN_DURATION, MAX_DURATION]).toEqual([60, 30 * 24 * 3600]);
  });

  it('hold for whatever is parsed and described', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 * 24 * 60 }), (minutes) => {
        expect(parseDuration(`${minutes}m`)).toEqual({ kind: 'ok', seconds: minutes * 60 });
        expect(describeDuration(minutes * 60_000)).toMatch(
          /^[1-9]\d* (day|hour|minute)s?( [1-9]\d* (hour|minute)s?)?$/,
        );
      }),
    );
  });
});
