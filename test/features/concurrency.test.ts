import { expect, it } from 'vitest';
import { type Fixture, readText, shownOf, withBot } from '../support/fixtures/features.ts';

const logins = (count: number): string[] => Array.from({ length: count }, (_, index) => `user${index + 1}`);

/** Caches the profiles of many, as another program would: GitHub would be what is measured. */
async function cache(fixture: Fixture, names: readonly string[]): Promise<void> {
  const pipeline = fixture.redis.pipeline();
  for (const login of names) {
    const profile = { login, name: `Name of ${login}`, avatar_url: 'https://avatars.example/1', type: 'User' };
    pipeline.set(`prizedraw:profiles:${login}`, JSON.stringify(profile), 'EX', 3600);
  }
  await pipeline.exec();
}

const enter = async (fixture: Fixture, login: string): Promise<string> =>
  readText(await shownOf(await fixture.member('ada').command(`enter ${login}`)));

withBot(
  'many at once',
  (fixture) => {
    it('500 entries with duplicates: who is told “entered” is in, each once', async () => {
      const distinct = logins(400);
      const asked = [...distinct, ...distinct.slice(0, 100)];
      await cache(fixture(), distinct);
      await fixture().says('olivia', 'start "A book"', 'admin');
      const answers = await Promise.all(asked.map((login) => enter(fixture(), login)));
      const entered = asked.filter((_, index) => answers[index]?.includes('You are in the draw'));
      const already = answers.filter((answer) => answer.includes('is already in the draw'));
      expect(entered.toSorted()).toEqual(distinct.toSorted());
      expect(already.length).toBe(100);
      expect((await fixture().redis.smembers('prizedraw:entrants')).toSorted()).toEqual(distinct.toSorted());
    }, 60_000);

    it('entries that race a close: who is told “entered” is in, and nobody else', async () => {
      const names = logins(200);
      await cache(fixture(), names);
      await fixture().says('olivia', 'start "A book"', 'admin');
      const entering = names.map((login) => enter(fixture(), login));
      const closing = fixture().says('olivia', 'close', 'admin');
      const answers = await Promise.all(entering);
      await closing;
      const told = names.filter((_, index) => answers[index]?.includes('You are in the draw'));
      for (const answer of answers) expect(answer).toMatch(/You are in the draw|The draw is closed/);
      expect((await fixture().redis.smembers('prizedraw:entrants')).toSorted()).toEqual(told.toSorted());
    }, 60_000);

    it('ten picks at once: one is carried out, each prize is won once, nobody wins twice, nothing is lost', async () => {
      const prizes = Array.from({ length: 20 }, (_, index) => `Prize ${index + 1}`);
      await fixture().write({ open: true, prizes, entrants: logins(50) });
      const answers = await Promise.all(Array.from({ length: 10 }, () => fixture().says('olivia', 'pick', 'admin')));
      expect(answers.filter((answer) => answer.includes('Picked 20 winners from 50 entrants')).length).toBe(1);
      expect(answers.filter((answer) => answer.includes('The winners are out already')).length).toBe(9);
      const winners = await fixture().redis.hgetall('prizedraw:winners');
      expect(Object.keys(winners).toSorted()).toEqual(prizes.toSorted());
      expect(new Set(Object.values(winners)).size).toBe(20);
      expect(await fixture().redis.exists('prizedraw:is_open', 'prizedraw:prizes', 'prizedraw:entrants')).toBe(0);
    }, 60_000);

    it('entries that race a pick: who is told “entered” was drawn from', async () => {
      const names = logins(150);
      await cache(fixture(), names);
      await fixture().says('olivia', 'start "A book"', 'admin');
      await fixture().redis.sadd('prizedraw:entrants', 'user0');
      const entering = names.map((login) => enter(fixture(), login));
      const picked = await fixture().says('olivia', 'pick', 'admin');
      const answers = await Promise.all(entering);
      const told = answers.filter((answer) => answer.includes('You are in the draw')).length;
      if (picked.includes('People are entering faster')) expect(told).toBe(150);
      else expect(picked).toContain(`from ${told + 1} entrant`);
    }, 60_000);

    it('two starts at once: one draw begins, with its own prizes', async () => {
      const answers = await Promise.all(
        ['One', 'Two'].map((prize) => fixture().says('olivia', `start "${prize}"`, 'admin')),
      );
      expect(answers.filter((answer) => answer.includes('The draw is open')).length).toBe(1);
      expect(answers.filter((answer) => answer.includes('A draw is already open')).length).toBe(1);
      expect((await fixture().redis.smembers('prizedraw:prizes')).length).toBe(1);
    });
  },
  { config: { entriesPerMember: 0 } },
);
