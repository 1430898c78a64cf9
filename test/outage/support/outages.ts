import { expect, onTestFinished } from 'vitest';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Stage, setStage, until } from '../../support/stage.ts';
import type { Answer } from '../../workspace/people.ts';
import { visibleText } from '../../workspace/read.ts';

/** Slack shows an error after 3 s. */
export const LIMIT = 3_000;

/** What the log says of a Redis that is away. */
export const AWAY = /Redis at redis:\/\/127\.0\.0\.1:\d+\/0 cannot be used/;

/** The bot on a Redis, until the test ends. */
export async function stageOn(redisUrl: string): Promise<Stage> {
  const stage = await setStage({ redisUrl });
  onTestFinished(() => stage.close());
  return stage;
}

/** The bot on a Redis, ready, until the test ends. */
export async function readyOn(redisUrl: string): Promise<Stage> {
  const stage = await stageOn(redisUrl);
  await becomes(stage, 200);
  return stage;
}

/** A Redis server, at a free port unless one is given, until the test ends. */
export async function redisAt(port?: number, appendonly = false): Promise<TestRedis> {
  const server = await startRedis(port === undefined ? { appendonly } : { port, appendonly });
  onTestFinished(() => server.close());
  return server;
}

/** Ends the server; the function returned starts it again. */
export async function down(server: TestRedis): Promise<() => Promise<void>> {
  const client = server.client();
  await client.ping();
  client.call('SHUTDOWN', 'NOSAVE').catch(() => {});
  await until(() => (client.status === 'ready' ? undefined : true));
  client.disconnect();
  return () => server.restart();
}

/** Waits until `/readyz` answers this status. */
export function becomes(stage: Stage, status: number): Promise<boolean> {
  const look = async () => ((await fetch(`${stage.url}/readyz`)).status === status ? true : undefined);
  return until(look, { what: `/readyz to answer ${status}` });
}

export function linesWith(stage: Stage, words: RegExp | string): string[] {
  return stage.log.filter((line) => (typeof words === 'string' ? line.includes(words) : words.test(line)));
}

/** What the person reads. */
export async function read(answer: Answer): Promise<string> {
  expect(answer.ack.status).toBe(200);
  return visibleText(answer.message ?? (await answer.later()));
}

/** Checks that a text is the kind error, with an ID that is in the log. */
export function expectApology(stage: Stage, said: string): void {
  expect(said).toContain('Sorry, something went wrong on our side. Try again in a minute');
  const id = /this ID: (\w+)/.exec(said)?.[1] ?? 'none';
  expect(linesWith(stage, `"request":"${id}"`).length).toBeGreaterThan(0);
}

/** Everything that needs Redis, each with a kind answer and an ID that is in the log, in time. */
export async function apologises(stage: Stage): Promise<void> {
  const asked = [
    ...['status', 'enter octocat', 'prizes', 'winners'].map((text) => stage.member('ada').command(text)),
    ...['start "B"', 'close', 'pick', 'entrants', 'admin'].map((text) =>
      stage.member('olivia').command(text, { channel: 'admin' }),
    ),
  ];
  for (const answer of await Promise.all(asked)) {
    expect(answer.ack.ms).toBeLessThan(LIMIT);
    expectApology(stage, await read(answer));
  }
}
