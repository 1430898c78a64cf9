import type { Redis } from 'ioredis';
import type { DrawContext } from '../draw/context.ts';
import { parseCommitment } from '../draw/fair/proof.ts';
import { withWatch } from '../draw/own-connection.ts';
import { naturalOrder } from '../draw/prizes.ts';
import type { Log } from '../log.ts';
import type { Legacy } from './draws.ts';
import { legacyCopy, legacyKeys, parseAnnounced } from './legacy.ts';
import { type Plan, planTakeOver, type TakenOver } from './plan.ts';

/** How many entrants are asked for at once. */
const AT_ONCE = 10_000;

type Work = ReturnType<Redis['multi']>;

/**
 * Takes over what release 1 left in Redis: its draw, what it had announced of it, and what it had still to announce. All
 * of it in one transaction, and once: afterwards, the keys of release 1 are gone.
 * @param context the home channel's draw
 * @returns whether there was anything
 * @throws when Redis does not answer
 */
export async function takeOver(context: DrawContext, log: Log): Promise<boolean> {
  const { redis, keys } = context;
  const names = Object.values(legacyKeys(keys.prefix));
  if ((await redis.exists(...names)) === 0) return false;
  return withWatch(context.openConnection, [keys.draws, ...names], async (own) => {
    if ((await own.exists(...names)) === 0) return false;
    const { legacy, isUnreadable } = await readLegacy({ ...context, redis: own });
    const plan = planTakeOver(legacy);
    const work = own.multi();
    for (const draw of [...plan.doubted, ...plan.draws]) writeDraw(work, context, draw);
    const pick = parseCommitment(legacy.commitment ?? '')?.id;
    if (pick !== undefined) work.unlink(legacyCopy(keys.prefix, pick));
    await queueMoves({ ...context, redis: own }, plan, work);
    // Where something has changed meanwhile, it is looked at anew.
    if ((await work.exec()) === null) return true;
    if (isUnreadable) {
      const { announced } = legacyKeys(keys.prefix);
      log.error(`What release 1 had announced (${announced}) cannot be read: the draw is announced anew.`);
    }
    log.info({ draws: plan.draws.length }, 'Took over what release 1 had left in Redis');
    return true;
  });
}

function writeDraw(work: Work, { keys, channel }: DrawContext, draw: TakenOver): void {
  const own = keys.draw(draw.id);
  const closesAt = draw.closesAt ?? '';
  work.hset(own.record, { id: draw.id, channel, phase: draw.phase, closes_at: closesAt, revision: 1, ...draw.fields });
  if (Object.keys(draw.won).length > 0) work.hset(own.won, draw.won);
  if (Object.keys(draw.members).length > 0) work.hset(own.memberOf, draw.members);
  if (draw.shown !== undefined) work.set(own.shown, draw.shown);
  for (const [part, state] of Object.entries(draw.messages)) work.hset(own.messages, part, JSON.stringify(state));
  if (draw.sweep) work.hset(own.messages, 'sweep', JSON.stringify(draw.sweep));
  if (draw.fields.number !== undefined) work.zadd(keys.history, draw.fields.number, draw.id);
  // In the past, and in the order in which they were.
  work.zadd(keys.due, draw.fields.created_at ?? 0, draw.id);
}

/** Gives each draw what release 1 kept only once, and removes what is left. */
async function queueMoves({ redis, keys, shared, channel }: DrawContext, plan: Plan, work: Work): Promise<void> {
  const old = legacyKeys(keys.prefix);
  const there = new Set<string>();
  for (const key of Object.values(old)) if ((await redis.exists(key)) === 1) there.add(key);
  const move = (from: string, to: string): void => {
    if (there.delete(from)) work.rename(from, to);
  };
  const last = plan.draws.at(-1);
  if (last) {
    const own = keys.draw(last.id);
    const strangers = last.phase === 'won' ? [] : await strangersIn(redis, old.memberOf, shared.entrants);
    move(old.memberOf, own.memberOf);
    move(old.loginOf, own.loginOf);
    if (strangers.length > 0) work.hdel(own.memberOf, ...strangers);
    if (last.hasCommitment) move(old.commitment, own.commitment);
    work.hset(keys.draws, channel, `${last.id} ${last.phase} ${last.closesAt ?? ''}`);
    work.incr(keys.drawsVersion);
  }
  const proven = plan.draws.find(({ hasProof }) => hasProof) ?? plan.draws.findLast(({ phase }) => phase === 'won');
  if (proven) {
    move(old.proof, keys.draw(proven.id).proof);
    move(old.proofEntrants, keys.draw(proven.id).finalEntrants);
  }
  if (there.size > 0) work.unlink(...there);
}

/** Logins that members entered in an earlier draw: release 1 forgot them only when the bot itself began the next one. */
async function strangersIn(redis: Redis, memberOf: string, entrants: string): Promise<readonly string[]> {
  const logins = await redis.hkeys(memberOf);
  const strangers: string[] = [];
  for (let from = 0; from < logins.length; from += AT_ONCE) {
    const some = logins.slice(from, from + AT_ONCE);
    const areIn = await redis.smismember(entrants, ...some);
    strangers.push(...some.filter((_, index) => areIn[index] === 0));
  }
  return strangers;
}

async function readLegacy({
  redis,
  keys,
  shared,
  channel,
  clock,
}: DrawContext): Promise<{ readonly legacy: Legacy; readonly isUnreadable: boolean }> {
  const old = legacyKeys(keys.prefix);
  const [json, drawId, finished, commitment, proof] = await Promise.all([
    redis.get(old.announced),
    redis.get(old.drawId),
    redis.lrange(old.finished, 0, -1),
    redis.get(old.commitment),
    redis.get(old.proof),
  ]);
  const [ttl, prizes, entrants, wins, now] = await Promise.all([
    redis.pttl(shared.isOpen),
    redis.smembers(shared.prizes),
    redis.scard(shared.entrants),
    redis.hgetall(shared.winners),
    clock.now(),
  ]);
  const announced = parseAnnounced(json);
  return {
    isUnreadable: json !== null && announced === undefined,
    legacy: {
      announced,
      drawId: drawId ?? '',
      finished,
      commitment,
      proof,
      home: channel,
      isOpen: ttl !== -2,
      closesAt: ttl < 0 ? undefined : now + ttl,
      prizes: prizes.toSorted(naturalOrder),
      entrants,
      wins,
      now,
    },
  };
}
