import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultFixture, startFaultFixture } from './fixture.ts';
import { makePlan, type Plan } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { tell } from './story.ts';
import type { Kind } from './strikes.ts';
import { isRight, judge, type Verdict } from './verdict.ts';

/** What came of one run: of the draws in all its channels, or why it could not be carried through. */
export interface Result {
  readonly run: number;
  readonly kind: Kind;
  readonly draws: readonly (Verdict & { readonly plan: Plan })[];
  readonly broke: string | undefined;
  readonly injected: number;
  readonly seconds: number;
}

export function isWell({ draws, broke }: Result): boolean {
  return broke === undefined && draws.every(isRight);
}

/**
 * Runs one draw in each channel, side by side, with one kind of fault.
 * @param mostStrikes how many calls of one process Slack misbehaves for at most
 */
export async function runOnce(run: number, kind: Kind, seed: number, mostStrikes: number): Promise<Result> {
  const begin = performance.now();
  // Each story has its own numbers: they are taken side by side, in any order.
  const random = (part: number): Random => randomOf(seed * 100_000 + run * 10 + part);
  const fixture = await startFaultFixture(kind.processes, random(0), mostStrikes, kind.differences);
  let draws: Result['draws'] = [];
  let broke: string | undefined;
  try {
    const stories = fixture.channels.map((channel, index) => {
      const own = random(index + 1);
      const plan = makePlan(own, `run ${run}, ${index + 1}`, channel, index === 0);
      return { fixture, plan, random: own, reach: fixture.reach };
    });
    const striking = kind.strike(fixture);
    striking.catch(() => {});
    await Promise.all(stories.map(tell));
    await striking;
    const plans = stories.map(({ plan }) => plan);
    const verdicts = await judge(fixture, plans);
    draws = plans.flatMap((plan, index) => (verdicts[index] ? [{ ...verdicts[index], plan }] : []));
  } catch (error) {
    broke = error instanceof Error ? error.message : String(error);
  } finally {
    if (broke !== undefined || !draws.every(isRight)) await keepTraces(fixture, run);
    await fixture.close();
  }
  return { run, kind, draws, broke, injected: fixture.injected, seconds: (performance.now() - begin) / 1000 };
}

/** A run in one line; what went wrong, with the plans of those draws. */
export function lineOf(result: Result): string {
  const { run, kind, draws, broke, seconds } = result;
  const head = `run ${run}, ${kind.name}`;
  if (isWell(result)) return `${head}: all ${draws.length} draws are well after ${Math.round(seconds)} s`;
  if (broke !== undefined) return `${head}: broke off after ${Math.round(seconds)} s: ${broke}`;
  const failed = draws.filter((draw) => !isRight(draw));
  return `${head}: ${failed.map(({ plan, ...verdict }) => JSON.stringify({ ...verdict, plan: shortly(plan) })).join('; ')}`;
}

function shortly({ prizes, others, ...plan }: Plan) {
  return { ...plan, prizes: prizes.length, others: others.length };
}

/** Writes down what the processes said and what they have in Redis, for whoever looks for the cause. */
async function keepTraces({ bots, redis, keys, channels, slack }: FaultFixture, run: number): Promise<void> {
  const folder = join(tmpdir(), 'prizedraw-faults');
  mkdirSync(folder, { recursive: true });
  const entries = await redis.hgetall(keys.draws).catch(() => ({}));
  const kept = await Promise.all(
    Object.values(entries).map(async (entry) => {
      const own = keys.draw(String(entry).split(' ')[0] ?? '');
      return [await redis.hgetall(own.record), await redis.hgetall(own.messages)];
    }),
  );
  const due = await redis.zrange(keys.due, 0, -1, 'WITHSCORES');
  const others = {
    entries,
    kept,
    due,
    errors: await redis.hgetall(keys.channelErrors),
    lease: await redis.get(keys.lease),
  };
  const texts = await Promise.all(channels.map((channel) => slack.messages(channel)));
  const calls = bots.map((bot) =>
    bot.slack.calls.map(({ at, path, fault, answer, body }) => ({ at, path, fault, answer, body })),
  );
  const parts = [
    ...bots.map((bot) => bot.said()),
    JSON.stringify(others, null, 1),
    JSON.stringify(texts, null, 1),
    JSON.stringify(calls, null, 1),
  ];
  writeFileSync(join(folder, `run-${run}.log`), parts.join('\n\n'));
}
