import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { until } from '../../support/fixtures/bot.ts';
import { type ProcessFixture, type Running, says } from '../../support/process/fixture.ts';
import { freePort } from '../../support/workspace/loopback.ts';

/** Starts a draw and begins to enter it, where GitHub takes its time; `answer` is what the person is told. */
async function entering({ server, github }: ProcessFixture, { member }: Running): Promise<{ answer: Promise<string> }> {
  await server.client().flushdb();
  await says(member('olivia'), 'start "A book"', 'admin');
  github.requests.length = 0;
  github.behave('grace', { delay: 1_000 });
  const answer = says(member('grace'), 'enter grace');
  answer.catch(() => {});
  await until(() => (github.requests.some(({ path }) => path === '/users/grace') ? true : undefined));
  return { answer };
}

/** The end of the process, at a signal. */
export function endings(fixture: () => ProcessFixture): void {
  afterEach(() => fixture().github.heal());

  it.each([
    ['SIGTERM', 'SIGTERM'],
    // Ctrl+C under `npm start`: the terminal signals the whole group, and npm passes its own on.
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGINT'],
  ] as const)(
    'still finishes what is in hand when %s is followed by %s',
    async (first, second) => {
      const running = await fixture().started();
      const { answer } = await entering(fixture(), running);
      const ending = running.end(first);
      await sleep(200);
      running.program.signal(second);
      expect(await answer).toContain('You are in the draw');
      expect((await ending).status).toBe(0);
      expect(await fixture().server.client().smembers('prizedraw:entrants')).toEqual(['grace']);
    },
    30_000,
  );

  it('takes nothing new while it ends', async () => {
    const running = await fixture().started();
    const { answer } = await entering(fixture(), running);
    const ending = running.end();
    const refused = () =>
      fetch(`${running.url}/healthz`).then(
        () => undefined,
        () => true,
      );
    await until(refused, { patience: 1_000, what: 'new connections to be refused' });
    expect(await answer).toContain('You are in the draw');
    expect((await ending).status).toBe(0);
  }, 30_000);

  it('ends in time though GitHub never answers', async () => {
    const running = await fixture().started();
    const { github, server } = fixture();
    await server.client().flushdb();
    await says(running.member('olivia'), 'start "A book"', 'admin');
    github.behave('linus', { hang: true });
    github.requests.length = 0;
    const answer = says(running.member('linus'), 'enter linus');
    await until(() => (github.requests.some(({ path }) => path === '/users/linus') ? true : undefined));
    const { status, ms } = await running.end();
    expect(await answer).toContain('GitHub');
    expect({ status, inTime: ms < 10_000 }).toEqual({ status: 0, inTime: true });
  }, 30_000);

  it('ends in time while Redis is frozen', async () => {
    const { server } = fixture();
    const running = await fixture().started();
    server.pause();
    try {
      const { status, ms } = await running.end();
      expect({ status, inTime: ms < 10_000 }).toEqual({ status: 0, inTime: true });
    } finally {
      server.resume();
    }
  }, 30_000);

  it('ends in time though GitHub, Redis and Slack all fall silent with a request in hand', async () => {
    const { server, slack } = fixture();
    const running = await fixture().started();
    const { answer } = await entering(fixture(), running);
    const heal = slack.proxy.fault(() => true, { kind: 'hang' });
    server.pause();
    try {
      const { status, ms } = await running.end();
      expect(await answer).toContain('Sorry, something went wrong');
      expect({ status, inTime: ms < 10_000 }).toEqual({ status: 0, inTime: true });
    } finally {
      server.resume();
      heal();
    }
  }, 30_000);

  it('keeps the password of a Redis that is away out of everything it writes', async () => {
    const redis = `redis://someone:recognisable-secret@127.0.0.1:${await freePort()}/0`;
    const { program, end, member } = await fixture().started({ REDIS_URL: redis }, 503);
    expect(await says(member('ada'), 'status')).toContain('Sorry, something went wrong');
    expect((await end()).status).toBe(0);
    expect(program.stdout()).toContain('To start one: redis-server');
    expect(program.stdout() + program.stderr()).not.toContain('recognisable-secret');
    for (const line of program.stdout().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
  }, 30_000);
}
