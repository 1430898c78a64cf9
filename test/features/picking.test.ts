import { expect, it } from 'vitest';
import { inWorld, readText, STATES, shownOf } from './support/world.ts';

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);

inWorld('a pick', (world) => {
  const pick = (): Promise<string> => world().says('olivia', 'pick', 'admin');

  it.each([true, false])('moves each pair out of its sets when there are more prizes (open: %s)', async (open) => {
    const prizes = numbered('Prize ', 5);
    await world().write({ open, prizes, entrants: ['ken', 'barbara', 'radia'] });
    expect(await pick()).toContain('Picked 3 winners from 3 entrants');
    const { redis } = world();
    const won = await redis.hgetall('prizedraw:winners');
    expect(Object.values(won).toSorted()).toEqual(['barbara', 'ken', 'radia']);
    expect([...Object.keys(won), ...(await redis.smembers('prizedraw:prizes'))].toSorted()).toEqual(prizes);
    expect(await redis.exists('prizedraw:is_open', 'prizedraw:entrants')).toBe(0);
  });

  it.each([true, false])('leaves neither prizes nor entrants when there are more people (open: %s)', async (open) => {
    const entrants = numbered('user', 5);
    await world().write({ open, prizes: ['A', 'B', 'C'], entrants });
    expect(await pick()).toContain('Picked 3 winners from 5 entrants');
    const { redis } = world();
    const won = await redis.hgetall('prizedraw:winners');
    expect(Object.keys(won).toSorted()).toEqual(['A', 'B', 'C']);
    expect(new Set(Object.values(won)).size).toBe(3);
    for (const login of Object.values(won)) expect(entrants).toContain(login);
    expect(await redis.exists('prizedraw:is_open', 'prizedraw:entrants', 'prizedraw:prizes')).toBe(0);
  });

  it('throws away the winners that another program has cached, and writes the new ones', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    await world().redis.set('prizedraw:winners_json', '[{"name":"Old","prize":"Old","image":"https://old.example/1"}]');
    await pick();
    expect(await world().says('ada', 'winners')).not.toContain('Old');
    const { redis } = world();
    const cache: unknown = JSON.parse((await redis.get('prizedraw:winners_json')) ?? '');
    const names: Record<string, string> = { ken: 'Ken Thompson', barbara: 'Barbara Liskov' };
    const won = Object.entries(await redis.hgetall('prizedraw:winners')).toSorted();
    expect(cache).toEqual(
      won.map(([prize, login]) => ({ prize, name: names[login], image: expect.stringMatching(/^https?:/) })),
    );
    expect(await redis.ttl('prizedraw:winners_json')).toBe(-1);
  });

  it('adds to the winners there are, in a draw that another program has opened again', async () => {
    await world().write({ ...STATES.DRAW_OPEN_WITH_ENTRANTS, wins: [{ prize: 'First', login: 'radia' }] });
    expect(await pick()).toContain('Picked 2 winners');
    const won = await world().redis.hgetall('prizedraw:winners');
    expect(Object.keys(won).toSorted()).toEqual(['A book', 'A mug', 'First']);
    expect(won['First']).toBe('radia');
  });

  it('is refused for an open draw with no prizes, and changes nothing', async () => {
    await world().write({ open: true, entrants: ['ken'] });
    const before = await world().keys();
    expect(await pick()).toContain('no prizes left to win');
    expect(await world().keys()).toEqual(before);
  });

  it('picks once, however often it is asked', async () => {
    await world().write(STATES.DRAW_CLOSED_WITH_ENTRANTS);
    await pick();
    await world().says('ada', 'winners');
    const before = await world().keys();
    expect(await pick()).toContain('The winners are out already');
    expect(await world().says('olivia', 'close', 'admin')).toContain('over');
    expect(await world().keys()).toEqual(before);
  });

  it('ends the timer too', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    await world().redis.expire('prizedraw:is_open', 600);
    await pick();
    expect(await world().redis.exists('prizedraw:is_open')).toBe(0);
    expect(await world().says('ada', 'enter octocat')).toContain('the winners are out');
  });

  it('shows who won in the announcement, with avatar, link, prize and a mention of who is known', async () => {
    await world().write({ open: true, prizes: ['A book'] });
    await world().says('grace', 'enter grace');
    await pick();
    const shown = await world().announced('Grace Hopper');
    const text = readText(shown);
    for (const part of ['A book', 'https://github.com/grace|grace', `<@${world().member('grace').id}>`]) {
      expect(text).toContain(part);
    }
    expect(JSON.stringify(shown)).toContain('Avatar of Grace Hopper');
  });
});

inWorld('the control panel after another program’s step', (world) => {
  it.each([
    ['Close draw', STATES.DRAW_OPEN_WITH_ENTRANTS, 'closed already'],
    ['Pick winners', STATES.DRAW_CLOSED_WITH_ENTRANTS, 'nobody to pick'],
  ])('says at “%s” how it is now', async (label, keys, said) => {
    await world().write(keys);
    const panel = await world().type('olivia', 'admin', 'admin');
    await world().redis.del('prizedraw:is_open');
    if (label === 'Pick winners') await world().redis.del('prizedraw:entrants');
    const after = await shownOf(await world().member('olivia').click(label, panel));
    expect(readText(after)).toContain(said);
  });
});
