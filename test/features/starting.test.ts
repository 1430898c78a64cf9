import { describe, expect, it } from 'vitest';
import { type Fixture, readText, STATES, withBot } from '../support/fixtures/features.ts';

const prizesOf = async ({ redis }: Fixture): Promise<string[]> => (await redis.smembers('prizedraw:prizes')).toSorted();

withBot('/prizedraw start', (fixture) => {
  const start = (text: string): Promise<string> => fixture().says('olivia', `start ${text}`, 'admin');

  it('starts a draw that is open until it is closed by hand', async () => {
    expect(await start('"A book" "A mug"')).toContain('The draw is open');
    expect(await fixture().keys()).toEqual({
      'prizedraw:is_open': { value: 'true', expires: false },
      'prizedraw:prizes': { value: ['A book', 'A mug'], expires: false },
    });
  });

  it.each([
    ['for 1m', 60],
    ['for 30m', 1800],
    ['for 90m', 5400],
    ['for 2h', 7200],
    ['for 1h30m', 5400],
    ['FOR 2D', 172_800],
    ['for 30d', 2_592_000],
  ])('starts a draw %s', async (duration, seconds) => {
    expect(await start(`"A book" ${duration}`)).toContain('The draw is open');
    const ttl = await fixture().redis.ttl('prizedraw:is_open');
    expect(ttl).toBeGreaterThan(seconds - 5);
    expect(ttl).toBeLessThanOrEqual(seconds);
  });

  it.each([
    '"A book" "A mug"',
    '“A book” “A mug”',
    '"A book""A mug"',
    '"  A book " "" "A mug" " "',
    '„A book“ «A mug»',
  ])('reads the prizes in %s', async (prizes) => {
    await start(prizes);
    expect(await prizesOf(fixture())).toEqual(['A book', 'A mug']);
  });

  it('takes Sticker and sticker for two prizes', async () => {
    await start('"Sticker" "sticker"');
    expect(await prizesOf(fixture())).toEqual(['Sticker', 'sticker']);
  });

  it('decodes what Slack encodes, and stores prizes as given', async () => {
    await start('"Stickers & socks" "<b> & </b>" "&amp;"');
    expect(await prizesOf(fixture())).toEqual(['&amp;', '<b> & </b>', 'Stickers & socks']);
  });

  it.each([
    ['"A book" "A mug" "A book"', 'Given twice: “A book”'],
    ['"A book" "A\nmug"', 'With a line break, a tab or another control character in it: “A\\u{a}mug”.'],
    [
      '"A\tmug" "A\u2028book"',
      'control character in it: “A\\u{9}mug”, “A\\u{2028}book”. Give each prize a name on one line.',
    ],
    ['"" " "', 'A draw needs at least one prize'],
    ['for 30m', 'A draw needs at least one prize'],
    ['A book', '“A book” stands outside of the quotes'],
    ['"A book" please', '“please” stands outside of the quotes'],
    ['"A book" for ever', '“ever” is no duration'],
    ['"A book" for 0m', '“0m” is too short'],
    ['"A book" for 31d', '“31d” is too long'],
  ])('starts nothing for %s, and says why', async (text, said) => {
    expect(await start(text)).toContain(said);
    expect(await fixture().keys()).toEqual({});
  });

  it.each([
    ['DRAW_OPEN_NO_ENTRANTS', 'A draw is already open'],
    ['DRAW_OPEN_WITH_ENTRANTS', 'A draw is already open'],
    ['DRAW_CLOSED_WITH_ENTRANTS', 'winners have not been picked yet'],
  ] as const)('is refused in the state %s, and changes nothing', async (state, said) => {
    await fixture().write(STATES[state]);
    const before = await fixture().keys();
    expect(await start('"Another"')).toContain(said);
    expect(await fixture().keys()).toEqual(before);
  });

  it.each(['DRAW_CLOSED_NO_ENTRANTS', 'DRAW_WON'] as const)('begins anew in the state %s', async (state) => {
    await fixture().write(STATES[state]);
    await fixture().redis.set('prizedraw:winners_json', '[]');
    await fixture().redis.set('prizedraw:profiles:ken', '{"login":"ken"}', 'EX', 100);
    expect(await start('"Another"')).toContain('The draw is open');
    expect(await fixture().keys()).toEqual({
      'prizedraw:is_open': { value: 'true', expires: false },
      'prizedraw:prizes': { value: ['Another'], expires: false },
      'prizedraw:profiles:ken': { value: '{"login":"ken"}', expires: true },
    });
  });
});

withBot('the dialog to start a draw', (fixture) => {
  const open = async () => {
    const { ack } = await fixture().member('olivia').command('start', { channel: 'admin' });
    expect(ack.body).toBeUndefined();
    return fixture().dialog('olivia');
  };
  const fill = async (prizes: string, duration = 'Until closed by hand') =>
    fixture()
      .member('olivia')
      .submit(await open(), { 'Prizes, one a line': prizes, 'How long it is open': duration });

  it('starts a draw', async () => {
    const ack = await fill(' A book \n\nA mug\n');
    expect(readText(ack.body)).toContain('The draw is open');
    expect(await prizesOf(fixture())).toEqual(['A book', 'A mug']);
    expect(await fixture().redis.ttl('prizedraw:is_open')).toBe(-1);
  });

  it.each([
    ['15 minutes', 900],
    ['1 hour 45 minutes', 6300],
    ['7 days', 604_800],
  ])('starts a draw for %s', async (duration, seconds) => {
    await fill('A book', duration);
    const ttl = await fixture().redis.ttl('prizedraw:is_open');
    expect(ttl).toBeGreaterThan(seconds - 5);
    expect(ttl).toBeLessThanOrEqual(seconds);
  });

  it.each([
    [' \n ', 'A draw needs at least one prize'],
    ['A book\nA mug\nA book', 'Given twice: “A book”'],
    [
      'A book\nA\tmug\nA\rcap',
      'With a line break, a tab or another control character in it: “A\\u{9}mug”, “A\\u{d}cap”.',
    ],
  ])('says at its field what is wrong with the prizes', async (prizes, said) => {
    const ack = await fill(prizes);
    expect(ack.body).toEqual({
      response_action: 'errors',
      errors: { prizedraw_prizes: expect.stringContaining(said) },
    });
    expect(await fixture().keys()).toEqual({});
  });

  it('keeps the form, and so what was typed, when a draw is open already', async () => {
    const view = await open();
    await fixture().write(STATES.DRAW_OPEN_NO_ENTRANTS);
    const ack = await fixture().member('olivia').submit(view, { 'Prizes, one a line': 'A car' });
    expect(ack.body).toMatchObject({ errors: { prizedraw_prizes: expect.stringContaining('already open') } });
  });
});

describe('the text of 100 prizes', () => {
  withBot('is', (fixture) => {
    it('taken whole, and shown as far as Slack allows', async () => {
      const prizes = Array.from({ length: 100 }, (_, index) => `A prize with quite a long name, number ${index + 1}`);
      await fixture().says('olivia', `start ${prizes.map((prize) => `"${prize}"`).join(' ')}`, 'admin');
      expect((await prizesOf(fixture())).length).toBe(100);
      const shown = readText(await fixture().announced('100 prizes to win'));
      expect(shown).toMatch(/… and \d+ more prizes/);
    });
  });
});
