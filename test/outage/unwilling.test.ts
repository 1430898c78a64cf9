import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BotFixture, until } from '../support/fixtures/bot.ts';
import {
  AWAY,
  apologises,
  becomes,
  expectApology,
  fixtureOn,
  LIMIT,
  linesWith,
  read,
  readyOn,
  redisAt,
} from '../support/fixtures/outages.ts';
import { redisInstalled, type TestRedis } from '../support/redis.ts';
import { freePort } from '../support/workspace/loopback.ts';

const skipped = !redisInstalled();

/** Ways for a Redis to answer what is read and refuse what is written; each returns how to end it. */
const UNWILLING: readonly (readonly [string, string, (redis: Redis) => Promise<() => Promise<unknown>>])[] = [
  [
    'is out of memory',
    'OOM',
    async (redis) => {
      await redis.config('SET', 'maxmemory', '1');
      return () => redis.config('SET', 'maxmemory', '0');
    },
  ],
  [
    'is a read-only copy of another',
    'READONLY',
    async (redis) => {
      await redis.replicaof('127.0.0.1', await freePort());
      return () => redis.replicaof('NO', 'ONE');
    },
  ],
];

describe.skipIf(skipped)(`Redis${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  for (const [what, reason, refuse] of UNWILLING) {
    it(`that ${what}: each step gets a kind error, none is half done, and it is said why`, async () => {
      const server = await redisAt();
      const fixture = await readyOn(server.url);
      const redis = server.client();
      const heal = await refuse(redis);
      const said = await says(fixture, 'olivia', 'start "A kite"');
      // A full Redis may take a step that first frees memory.
      if (said.includes('The draw is open')) {
        expect(Object.keys(await draw(redis))).toEqual(['is_open', 'prizes']);
      } else {
        expectApology(fixture, said);
        expect(await draw(redis)).toEqual({});
      }
      await saysWhy(fixture, reason);
      await heal();
      await becomes(fixture, 200);
      await redis.flushall();
      await says(fixture, 'olivia', 'start "A kite" "A drum"');
      await says(fixture, 'ada', 'enter ada');
      const before = await draw(redis);
      const healAgain = await refuse(redis);
      await refuses(fixture, 'grace', 'enter grace');
      await refuses(fixture, 'olivia', 'pick');
      expect(await draw(redis)).toEqual(before);
      await saysWhy(fixture, reason);
      expect(linesWith(fixture, /Redis at/).map((line) => line.includes('is back'))).toEqual([false, true, false]);
      await healAgain();
      await becomes(fixture, 200);
      expect(await says(fixture, 'olivia', 'pick')).toContain('Picked 1 winner from 1 entrant');
      await fixture.announced('And the winners are');
    }, 40_000);
  }

  it('that gets a password while the bot runs: kindly answered, and all is well when it is gone', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url.replace('redis://', 'redis://:a-wrong-password@'));
    await protect(server, 'the-right-password');
    await becomes(fixture, 503);
    await apologises(fixture);
    expect(linesWith(fixture, AWAY).length).toBeGreaterThan(0);
    expect(linesWith(fixture, AWAY).length).toBeLessThan(3);
    const allowed = new Redis(server.url.replace('redis://', 'redis://:the-right-password@'));
    onTestFinished(() => allowed.disconnect());
    await allowed.config('SET', 'requirepass', '');
    await becomes(fixture, 200);
    expect(linesWith(fixture, 'is back').length).toBe(1);
    expect(fixture.log.join('')).not.toMatch(/a-wrong-password|the-right-password/);
  }, 40_000);

  it('that gets a password while the bot runs: the log says that the password is what is wrong', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url.replace('redis://', 'redis://:a-wrong-password@'));
    await protect(server, 'the-right-password');
    await until(() => linesWith(fixture, /cannot be used \((WRONGPASS|NOAUTH)/)[0], {
      patience: 5_000,
      what: 'the log to say that the password is wrong',
    });
  }, 40_000);

  it('that wants a password when none is set: said once, in plain words', async () => {
    const server = await redisAt();
    await protect(server, 'the-right-password');
    const fixture = await fixtureOn(server.url);
    await becomes(fixture, 503);
    await apologises(fixture);
    await until(() => (linesWith(fixture, AWAY).length > 0 ? true : undefined));
    expect(linesWith(fixture, AWAY).length).toBe(1);
    expect(linesWith(fixture, AWAY)[0]).toMatch(/password|NOAUTH/);
  }, 40_000);

  it('that has no such database: nothing is written into another one', async () => {
    const server = await redisAt();
    const fixture = await fixtureOn(server.url.replace(/\/0$/, '/99'));
    const answer = await fixture.member('olivia').command('start "A kite"', { channel: 'admin' });
    expect(answer.ack.ms).toBeLessThan(LIMIT);
    await read(answer);
    expect(await server.client().keys('*')).toEqual([]);
    await until(() => (linesWith(fixture, /Redis at \S+\/99 cannot be used/).length > 0 ? true : undefined));
  }, 40_000);
});

/** From now on the server asks for a password; whoever is connected has to connect anew. */
async function protect(server: TestRedis, password: string): Promise<void> {
  const redis = server.client();
  await redis.config('SET', 'requirepass', password);
  await redis.client('KILL', 'SKIPME', 'yes');
  redis.disconnect();
}

async function says(fixture: BotFixture, name: string, text: string): Promise<string> {
  const channel = name === 'olivia' ? 'admin' : 'random';
  const answer = await fixture.member(name).command(text, { channel });
  expect(answer.ack.ms).toBeLessThan(LIMIT);
  return read(answer);
}

async function refuses(fixture: BotFixture, name: string, text: string): Promise<void> {
  expectApology(fixture, await says(fixture, name, text));
}

/** What the six keys of the draw hold, but the profiles. */
async function draw(redis: Redis): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const key of ['is_open', 'prizes', 'entrants', 'winners', 'winners_json']) {
    const content = await redis.dumpBuffer(`prizedraw:${key}`);
    if (content !== null) found[key] = content.toString('base64');
  }
  return found;
}

/** The health check, the log and the control panel say what is wrong with Redis. */
async function saysWhy(fixture: BotFixture, reason: string): Promise<void> {
  const ready = async () => {
    const { status, body } = await fetch(`${fixture.url}/readyz`).then(async (response) => ({
      status: response.status,
      body: await response.text(),
    }));
    return status === 503 && body.includes(`(${reason})`) ? true : undefined;
  };
  await until(ready, { what: `/readyz to say ${reason}` });
  expect(linesWith(fixture, AWAY).at(-1)).toContain(`(${reason})`);
  const panel = async () => {
    const said = await says(fixture, 'olivia', 'admin');
    return said.includes('Prize draw: control panel') && said.includes(`(${reason})`) ? true : undefined;
  };
  // A replica is left again and again: in between, there is no connection.
  await until(panel, { what: `the panel to say ${reason}` });
}
