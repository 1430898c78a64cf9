import { expect, it } from 'vitest';
import { createDraws } from '../../src/draw/index.ts';
import { until } from '../support/fixtures/bot.ts';
import { FakeBeacon, FakeProfiles, KEYS, recordKeys } from '../support/fixtures/draw.ts';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import { channel, postedIn, saysRaw } from '../support/fixtures/several-draws.ts';

const NOT_READ = 'What is kept of a draw cannot be read';
const SOON = { timeout: 20_000 };

/** The lines of the log about draws that cannot be read. */
const notRead = ({ bot }: Fixture): string[] => bot.log.filter((line) => line.includes(NOT_READ));

/** A whole draw in the home channel, from its opening to its winners. */
async function wholeDraw(fixture: Fixture, prize: string): Promise<void> {
  expect(await fixture.says('olivia', `start "${prize}"`, 'admin')).toContain('The draw is open');
  const home = `in <#${fixture.bot.slack.channels.announce}|home>`;
  expect(await saysRaw(fixture, 'ada', `enter ada ${home}`)).toContain('You are in');
  await fixture.announced(prize);
  expect(await saysRaw(fixture, 'olivia', `pick ${home}`, 'admin')).toContain('Picked 1 winner');
  await until(async () => {
    const winners = (await fixture.announcements())
      .map(readText)
      .filter((said) => said.includes('And the winners are'));
    return winners.some((said) => said.includes(prize)) || undefined;
  });
}

withBot(
  'what a newer version of the bot has left',
  (fixture) => {
    it.each([
      ['a phase', { phase: 'scheduled' }],
      ['a field in another form', { origin: 'the web' }],
    ])(
      'as %s of a draw stops no other draw, is said once, and is gone on with when it can be read',
      async (_what, newer) => {
        const { redis } = fixture();
        const rust = await channel(fixture(), 'rust');
        await saysRaw(fixture(), 'olivia', `start "A crab" in <#${rust}|rust>`, 'admin');
        expect(await saysRaw(fixture(), 'linus', `enter linus in <#${rust}|rust>`)).toContain('You are in');
        await postedIn(fixture(), rust, 'A crab', '1 person has entered');
        const { record } = await recordKeys(redis, rust);
        const id = (await redis.hget(record, 'id')) ?? '';
        const before = await redis.hmget(record, ...Object.keys(newer));
        const entry = (await redis.hget(KEYS.draws, rust)) ?? '';
        await redis.hset(record, newer);
        if ('phase' in newer) await redis.hset(KEYS.draws, rust, `${id} scheduled `);
        await redis.zadd(KEYS.due, Date.now(), id);

        await wholeDraw(fixture(), `A boat of ${Object.keys(newer)}`);
        await expect.poll(() => notRead(fixture()).filter((line) => line.includes(id)), SOON).toHaveLength(1);
        expect(await saysRaw(fixture(), 'ada', `status in <#${rust}|rust>`)).toContain('prize draw is open');
        if ('phase' in newer) {
          for (const [name, text] of [
            ['ada', 'enter grace'],
            ['olivia', 'close'],
            ['olivia', 'pick'],
          ] as const) {
            expect(await saysRaw(fixture(), name, `${text} in <#${rust}|rust>`, 'admin')).toContain(
              'run by a newer version',
            );
          }
        }
        await wholeDraw(fixture(), `A ship of ${Object.keys(newer)}`);
        expect(await redis.hmget(record, ...Object.keys(newer))).toEqual(Object.values(newer));
        expect(await redis.zscore(KEYS.due, id)).not.toBeNull();
        expect(notRead(fixture()).filter((line) => line.includes(id))).toHaveLength(1);

        // As the newer version does, which then ends.
        await redis.hset(
          record,
          Object.fromEntries(Object.keys(newer).map((name, index) => [name, before[index] ?? ''])),
        );
        await redis.hset(KEYS.draws, rust, entry);
        expect(await saysRaw(fixture(), 'grace', `enter grace in <#${rust}|rust>`)).toContain('You are in');
        await postedIn(fixture(), rust, 'A crab', '2 people have entered');
      },
      120_000,
    );

    it('of how far a message has come is never taken for nothing: it is not posted twice', async () => {
      const { redis, bot } = fixture();
      await fixture().says('olivia', 'start "A kite"', 'admin');
      const { ts } = await fixture().announced('A kite');
      const { messages, record } = await recordKeys(redis, bot.slack.channels.announce);
      const id = (await redis.hget(record, 'id')) ?? '';
      await until(async () => ((await redis.hget(messages, 'draw'))?.includes(ts) ? true : undefined));
      const before = (await redis.hget(messages, 'draw')) ?? '';
      await redis.hset(messages, 'draw', JSON.stringify({ at: ts }));
      await fixture().says('ada', 'enter ada');
      await fixture().says('olivia', 'close', 'admin');
      await expect.poll(() => notRead(fixture()).filter((line) => line.includes(id)), SOON).toHaveLength(1);
      const rust = await channel(fixture(), 'rust');
      await saysRaw(fixture(), 'olivia', `start "A lobster" in <#${rust}|rust>`, 'admin');
      await postedIn(fixture(), rust, 'A lobster');
      await redis.hset(messages, 'draw', before);
      await fixture().announced('This draw is closed');
      const kites = (await fixture().announcements()).filter((message) => readText(message).includes('A kite'));
      expect(kites.map((message) => message.ts)).toEqual([ts]);
    }, 60_000);

    it('as something that is due is left for it', async () => {
      const { redis } = fixture();
      await redis.zadd(KEYS.due, 1, 'reminder 7');
      await wholeDraw(fixture(), 'A comb');
      await until(async () => (Number(await redis.zscore(KEYS.due, 'reminder 7')) > 1 ? true : undefined));
      expect(Number(await redis.zscore(KEYS.due, 'reminder 7'))).toBeGreaterThan(Date.now() - 20_000);
    }, 60_000);

    it('as a pick under way is given up when nobody carries it out, and shown; then it can be picked', async () => {
      const { redis, bot } = fixture();
      const home = bot.slack.channels.announce;
      await fixture().says('olivia', 'start "A cello"', 'admin');
      await fixture().says('ada', 'enter ada');
      // Nobody carries it out while it is made one that this version cannot read.
      await redis.set(KEYS.lease, 'another 1', 'PX', 60_000);
      const newer = createDraws({
        redis,
        profiles: new FakeProfiles(),
        home,
        randomness: 'drand',
        beacon: new FakeBeacon(),
      });
      await newer.home.askForPick('U1');
      const { commitment } = await recordKeys(redis, home);
      const json = JSON.stringify({ ...JSON.parse((await redis.get(commitment)) ?? ''), version: 9 });
      await redis.set(commitment, json);
      await redis.del(KEYS.lease);

      expect(await fixture().says('olivia', 'pick', 'admin')).toContain('A newer version of this bot is picking');
      await until(async () => ((await redis.exists(commitment)) === 0 ? true : undefined), { patience: 30_000 });
      const panel = await fixture().says('olivia', 'admin', 'admin');
      expect(panel).toContain('a newer version of this bot had begun it, and has gone');
      const said = (): boolean => bot.log.some((line) => /"level":"error".*A pick was given up/.test(line));
      await until(() => said() || undefined);
      expect(await fixture().says('olivia', 'pick', 'admin')).toContain('Picked 1 winner');
      expect(await fixture().says('olivia', 'admin', 'admin')).not.toContain('given up');
    }, 60_000);
  },
  { leftToNewer: 1_500 },
);
