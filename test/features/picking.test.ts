import { expect, it } from 'vitest';
import { readText, STATES, shownOf, withBot } from '../support/fixtures/features.ts';

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);

withBot('a pick', (fixture) => {
  const pick = (): Promise<string> => fixture().says('olivia', 'pick', 'admin');

  it.each([true, false])('moves each pair out of its sets when there are more prizes (open: %s)', async (open) => {
    const prizes = numbered('Prize ', 5);
    await fixture().write({ open, prizes, entrants: ['ken', 'barbara', 'radia'] });
    expect(await pick()).toContain('Picked 3 winners from 3 entrants');
    const { redis } = fixture();
    const won = await redis.hgetall('prizedraw:winners');
    expect(Object.values(won).toSorted()).toEqual(['barbara', 'ken', 'radia']);
    expect([...Object.keys(won), ...(await redis.smembers('prizedraw:prizes'))].toSorted()).toEqual(prizes);
    expect(await redis.exists('prizedraw:is_open', 'prizedraw:entrants')).toBe(0);
  });

  it.each([true, false])('leaves neither prizes nor entrants when there are more people (open: %s)', async (open) => {
    const entrants = numbered('user', 5);
    await fixture().write({ open, prizes: ['A', 'B', 'C'], entrants });
    expect(await pick()).toContain('Picked 3 winners from 5 entrants');
    const { redis } = fixture();
    const won = await redis.hgetall('prizedraw:winners');
    expect(Object.keys(won).toSorted()).toEqual(['A', 'B', 'C']);
    expect(new Set(Object.values(won)).size).toBe(3);
    for (const login of Object.values(won)) expect(entrants).toContain(login);
    expect(await redis.exists('prizedraw:is_open', 'prizedraw:entrants', 'prizedraw:prizes')).toBe(0);
  });

  it('throws away the winners that another program has cached, and writes the new ones', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    await fixture().redis.set(
      'prizedraw:winners_json',
      '[{"name":"Old","prize":"Old","image":"https://old.example/1"}]',
    );
    await pick();
    expect(await fixture().says('ada', 'winners')).not.toContain('Old');
    const { redis } = fixture();
    const cache: unknown = JSON.parse((await redis.get('prizedraw:winners_json')) ?? '');
    const names: Record<string, string> = { ken: 'Ken Thompson', barbara: 'Barbara Liskov' };
    const won = Object.entries(await redis.hgetall('prizedraw:winners')).toSorted();
    expect(cache).toEqual(
      won.map(([prize, login]) => ({ prize, name: names[login], image: expect.stringMatching(/^https?:/) })),
    );
    expect(await redis.ttl('prizedraw:winners_json')).toBe(-1);
  });

  it('adds to the winners there are, in a draw that another program has opened again', async () => {
    await fixture().write({ ...STATES.DRAW_OPEN_WITH_ENTRANTS, wins: [{ prize: 'First', login: 'radia' }] });
    expect(await pick()).toContain('Picked 2 winners');
    const won = await fixture().redis.hgetall('prizedraw:winners');
    expect(Object.keys(won).toSorted()).toEqual(['A book', 'A mug', 'First']);
    expect(won['First']).toBe('radia');
  });

  it('is refused for an open draw with no prizes, and changes nothing', async () => {
    await fixture().write({ open: true, entrants: ['ken'] });
    const before = await fixture().keys();
    expect(await pick()).toContain('no prizes left to win');
    expect(await fixture().keys()).toEqual(before);
  });

  it('picks once, however often it is asked', async () => {
    await fixture().write(STATES.DRAW_CLOSED_WITH_ENTRANTS);
    await pick();
    await fixture().says('ada', 'winners');
    const before = await fixture().keys();
    expect(await pick()).toContain('The winners are out already');
    expect(await fixture().says('olivia', 'close', 'admin')).toContain('over');
    expect(await fixture().keys()).toEqual(before);
  });

  it('ends the timer too', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    await fixture().redis.expire('prizedraw:is_open', 600);
    await pick();
    expect(await fixture().redis.exists('prizedraw:is_open')).toBe(0);
    expect(await fixture().says('ada', 'enter octocat')).toContain('the winners are out');
  });

  it('shows who won in the announcement, with avatar, link, prize and a mention of who is known', async () => {
    await fixture().write({ open: true, prizes: ['A book'] });
    await fixture().says('grace', 'enter grace');
    await pick();
    const shown = await fixture().announced('Grace Hopper');
    const text = readText(shown);
    for (const part of ['A book', 'https://github.com/grace|grace', `<@${fixture().member('grace').id}>`]) {
      expect(text).toContain(part);
    }
    expect(JSON.stringify(shown)).toContain('Avatar of Grace Hopper');
  });
});

withBot('the control panel after another program’s step', (fixture) => {
  it.each([
    ['Close draw', STATES.DRAW_OPEN_WITH_ENTRANTS, 'closed already'],
    ['Pick winners', STATES.DRAW_CLOSED_WITH_ENTRANTS, 'nobody to pick'],
  ])('says at “%s” how it is now', async (label, keys, said) => {
    await fixture().write(keys);
    const panel = await fixture().type('olivia', 'admin', 'admin');
    await fixture().redis.del('prizedraw:is_open');
    if (label === 'Pick winners') await fixture().redis.del('prizedraw:entrants');
    const after = await shownOf(await fixture().member('olivia').click(label, panel));
    expect(readText(after)).toContain(said);
  });
});
