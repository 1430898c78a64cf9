import { beforeEach, describe, expect, it } from 'vitest';
import { ChannelErrors } from '../../src/announcements/channel-errors.ts';
import { Lease } from '../../src/announcements/lease.ts';
import { Pace } from '../../src/announcements/pace.ts';
import { failed, publishDraw, type TurnContext } from '../../src/announcements/publish-draw.ts';
import { Refusals } from '../../src/announcements/refusals.ts';
import { Suspects } from '../../src/announcements/suspects.ts';
import type { DrawRecord } from '../../src/draw/record.ts';
import { createLog } from '../../src/log.ts';
import { FakeChannel, refusal } from '../support/announcements/channel.ts';
import { commitment, provenance, record, winners } from '../support/announcements/records.ts';
import { NO_SETTINGS } from '../support/announcements/settings.ts';
import { drawFixture, KEYS } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

/** A pace that nobody waits for. */
class NoPace extends Pace {
  override async wait(): Promise<void> {}
}

const redis = mockRedis();
let channel: FakeChannel;
let suspects: Suspects;
/** When the round of the beacon appears, in milliseconds since the epoch. */
let roundTime: number;

beforeEach(async () => {
  await redis.flushall();
  channel = new FakeChannel(Date.now);
  suspects = new Suspects();
  roundTime = Date.now() + 60_000;
});

/** Does something in a turn of a process that knows nothing but what is in Redis. */
async function inTurn<T>(work: (context: TurnContext) => Promise<T>, urgent = false): Promise<T | undefined> {
  let result: T | undefined;
  await new Lease(redis, KEYS, NO_SETTINGS).during(async (turn) => {
    const errors = await ChannelErrors.load(redis, KEYS, turn);
    const draws = { ...drawFixture(redis).draws(), roundTime: () => roundTime, winnersOf: async () => winners(1) };
    const log = createLog('fatal', [], { write: () => {} });
    const rest = { pace: new NoPace(), log, turn, errors, urgent, suspects, refusals: new Refusals() };
    result = await work({ draws, redis, messenger: channel, ...rest });
  });
  return result;
}

const publish = (fields: Partial<DrawRecord>, urgent = false): Promise<number | undefined> =>
  inTurn((context) => publishDraw(context, record(fields)), urgent);

const WON = { phase: 'won', commitments: [commitment('pick-1')], provenance: provenance() } as const;
const LOOK_UPS = (): number => channel.calls.filter((call) => call === 'between').length;

/** What the message of the winners says of whether the numbers were posted in time. */
const inTime = (): unknown =>
  channel.messages.flatMap(({ content }) => (content.kind === 'winners' ? [content.how?.inTime] : []))[0];

describe('whether the numbers of a draw were posted in time', () => {
  it('is so where that was before the round existed', async () => {
    await publish({ ...WON, phase: 'committed', provenance: undefined });
    await publish(WON);
    expect(inTime()).toBe(true);
  });

  it('is not so where that was afterwards', async () => {
    roundTime = Date.now() - 60_000;
    await publish({ ...WON, phase: 'committed', provenance: undefined });
    await publish(WON);
    expect(inTime()).toBe(false);
  });

  it('is not so where they were not posted', async () => {
    await publish(WON);
    expect(inTime()).toBe(false);
    expect(channel.shown).toEqual(['draw: closed', 'winners 1: winners']);
  });

  it('is found out where the answer was lost', async () => {
    channel.problems.push(undefined, 'answer lost');
    await expect(publish({ ...WON, phase: 'committed', provenance: undefined })).rejects.toThrow('No answer.');
    await publish(WON);
    expect(inTime()).toBe(true);
  });
});

describe('whether they were, where they cannot be looked for yet', () => {
  it('is left open, and said once it is known', async () => {
    channel.problems.push(undefined, 'answer lost');
    await expect(publish({ ...WON, phase: 'committed', provenance: undefined })).rejects.toThrow('No answer.');
    channel.isBlind = true;
    await publish(WON);
    expect(inTime()).toBeNull();
    channel.isBlind = false;
    await publish(WON, true);
    expect(inTime()).toBe(true);
  });
});

describe('a channel in which nothing can be looked for', () => {
  beforeEach(async () => {
    channel.problems.push('answer lost');
    await expect(publish({ phase: 'won' })).rejects.toThrow('No answer.');
    channel.isBlind = true;
  });

  it('takes the other messages, and is asked again later', async () => {
    const again = await publish({ phase: 'won' });
    expect(channel.shown).toEqual(['draw: closed', 'winners 1: winners']);
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThanOrEqual(1_000);
    expect(Object.keys(await redis.hgetall(KEYS.channelErrors))).toEqual(['C0HOME looking up']);
  });

  it('is left alone until then, unless an organiser waits', async () => {
    await publish({ phase: 'won' });
    const before = LOOK_UPS();
    await publish({ phase: 'won' });
    expect(LOOK_UPS()).toBe(before);
    channel.isBlind = false;
    await publish({ phase: 'won' }, true);
    expect(LOOK_UPS()).toBe(before + 1);
    expect(await redis.exists(KEYS.channelErrors)).toBe(0);
  });
});

describe('a channel that takes nothing', () => {
  beforeEach(async () => {
    await inTurn((context) => failed(context, 'C0HOME', 'posting', refusal('The bot is not in it.')));
  });

  it('is left alone for a while, unless an organiser waits', async () => {
    expect(await publish({})).toBeGreaterThan(0);
    expect(channel.calls).toEqual([]);
    expect(await publish({}, true)).toBeUndefined();
    expect(channel.shown).toEqual(['draw: open']);
  });

  it('is left alone as long as Slack asks for, whoever waits', async () => {
    await inTurn((context) => failed(context, 'C0HOME', 'posting', refusal('Slow down.', 60_000)));
    expect(await publish({}, true)).toBeGreaterThan(50_000);
    expect(channel.calls).toEqual([]);
  });
});

describe('a draw of which something may have been written after a turn had ended', () => {
  it('is looked through later, once', async () => {
    suspects.add('draw-1', performance.now() - 30_000);
    const again = await publish({});
    expect(again).toBeGreaterThan(15_000);
    expect(again).toBeLessThanOrEqual(20_000);
    expect([...suspects.draws]).toEqual([]);
  });

  it('is one of which messages were posted shortly before the connection to Redis was lost', async () => {
    await publish({});
    expect([...suspects.draws]).toEqual([]);
    suspects.lost();
    expect([...suspects.draws]).toEqual(['draw-1']);
    expect(await publish({})).toBeGreaterThan(15_000);
  });
});

describe('a machine whose clock is wrong', () => {
  it.each([-7, 7])('by %i minutes, still finds the message whose answer was lost', async (minutes) => {
    // The channel's clock is Slack's.
    channel = new FakeChannel(() => Date.now() + minutes * 60_000);
    channel.problems.push('answer lost');
    await expect(publish({})).rejects.toThrow('No answer.');
    await publish({});
    expect(channel.calls).toEqual(['post draw', 'between', 'update draw']);
    expect(channel.shown).toEqual(['draw: open']);
  });
});
