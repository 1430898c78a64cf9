import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelError } from '../../src/announcements/messenger.ts';
import { refusal } from '../support/announcements/channel.ts';
import { type WorkerFixture, workerFixture } from '../support/announcements/worker.ts';
import { KEYS, recordKeys } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

let redis: Redis;
let fixture: WorkerFixture;

beforeEach(() => {
  redis = mockRedis();
  fixture = workerFixture(redis);
});
afterEach(() => fixture.worker.stop());

const errors = (): string[] => fixture.said.filter((line) => line.startsWith('error'));
const shown = (): string[] => fixture.channel.messages.map(({ channel, part }) => `${channel} ${part}`).toSorted();

describe('the worker', () => {
  it('announces every draw, each in its channel', async () => {
    for (const channel of ['C0HOME', 'C1', 'C2']) await fixture.draws.in(channel).start(['A cap']);
    fixture.worker.start();
    await vi.waitFor(() => expect(shown()).toEqual(['C0HOME draw', 'C1 draw', 'C2 draw']), 10_000);
  });

  it('looks for what it posted right before the connection to Redis was lost: a replica may not have it', async () => {
    await fixture.draws.in('C1').start(['A cap']);
    fixture.worker.start();
    await vi.waitFor(() => expect(shown()).toEqual(['C1 draw']), 10_000);
    const [draw = ''] = Object.values(await redis.hgetall(KEYS.draws)).map((entry) => entry.split(' ')[0]);
    const { messages } = KEYS.draw(draw);
    await vi.waitFor(async () => expect(await redis.hget(messages, 'draw')).toContain('"ts"'), 10_000);
    await redis.del(messages);
    redis.emit('close');
    await redis.zadd(KEYS.due, 0, draw);
    await vi.waitFor(async () => expect(await redis.hget(messages, 'sweep')).toContain('"since"'), 10_000);
  });

  it('carries a draw through when it is nudged', async () => {
    fixture.worker.start();
    const draw = fixture.draws.in('C1');
    await draw.start(['A cap']);
    await draw.enter('ada');
    await draw.pick();
    fixture.worker.nudge();
    await vi.waitFor(() => expect(shown()).toEqual(['C1 draw', 'C1 winners 1']), 10_000);
  });

  it('posts in other channels what one channel does not take', async () => {
    for (const channel of ['C1', 'C2']) await fixture.draws.in(channel).start(['A cap']);
    const { post } = fixture.channel;
    fixture.channel.post = async (channel, ...rest) => {
      if (channel === 'C1') throw refusal('The bot is not in C1.');
      return post.call(fixture.channel, channel, ...rest);
    };
    fixture.worker.start();
    await vi.waitFor(() => expect(shown()).toEqual(['C2 draw']), 10_000);
    expect(await fixture.worker.problems()).toEqual([{ channel: 'C1', problem: 'The bot is not in C1.' }]);
  });

  it('posts in other channels while one takes its time, and begins nothing in that one twice', async () => {
    await fixture.draws.in('C1').start(['A cap']);
    const { post } = fixture.channel;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let slow = 0;
    fixture.channel.post = async (channel, ...rest) => {
      if (channel === 'C1') {
        slow++;
        await released;
      }
      return post.call(fixture.channel, channel, ...rest);
    };
    fixture.worker.start();
    await vi.waitFor(() => expect(slow).toBe(1), 10_000);
    // Begun only now, while the turn waits for the other channel.
    await fixture.draws.in('C2').start(['A mug']);
    await fixture.draws.in('C1').close();
    await vi.waitFor(() => expect(shown()).toEqual(['C2 draw']), 10_000);
    expect(slow).toBe(1);
    release();
    await vi.waitFor(() => expect(fixture.channel.shown).toEqual(['draw: open', 'draw: closed']), 10_000);
    expect(slow).toBe(1);
  }, 30_000);

  it('keeps the order of the draws in a channel, whatever the clock said', async () => {
    const draw = fixture.draws.in('C1');
    for (const prize of ['A cap', 'A mug', 'A pen']) {
      await draw.start([prize]);
      await draw.enter('ada');
      await draw.pick();
      // As if each had begun before the one before it.
      const { drawId } = await draw.status();
      await redis.hset(KEYS.draw(drawId).record, 'created_at', 9_000 - (await redis.zcard(KEYS.history)));
    }
    // Only the last is due now.
    const { drawId } = await draw.status();
    for (const id of await redis.zrange(KEYS.history, 0, -1)) {
      await redis.zadd(KEYS.due, Date.now() + (id === drawId ? -1_000 : 60_000), id);
    }
    fixture.worker.start();
    await vi.waitFor(() => expect(fixture.channel.messages).toHaveLength(6), 15_000);
    const prizes = fixture.channel.messages.flatMap(({ content }) => (content.kind === 'closed' ? content.prizes : []));
    expect(prizes).toEqual(['A cap', 'A mug', 'A pen']);
  }, 30_000);

  it('posts the next draw where Slack refuses a message of the one before as it is', async () => {
    const draw = fixture.draws.in('C1');
    await draw.start(['A cap']);
    const { post } = fixture.channel;
    fixture.channel.post = async (channel, content, ...rest) => {
      if (content.kind !== 'open') {
        const how = { isUnsure: false, retryAfter: undefined, isOfMessage: true, cause: undefined };
        throw new ChannelError('Slack refused it: msg_blocks_too_long.', how);
      }
      return post.call(fixture.channel, channel, content, ...rest);
    };
    await draw.enter('ada');
    await draw.pick();
    await draw.start(['A mug']);
    fixture.worker.start();
    await vi.waitFor(() => expect(fixture.channel.shown).toEqual(['draw: open']), 10_000);
    expect(await fixture.worker.problems()).toEqual([]);
    const told = (): string[] => errors().filter((line) => line.includes('msg_blocks_too_long'));
    // Of the one before, the announcement and the winners: neither waits for the other.
    expect(told()).toHaveLength(2);
    // Whatever happens to the next draw has the refused one tried no sooner.
    await draw.enter('grace');
    await vi.waitFor(() => expect(fixture.channel.messages[0]?.content).toMatchObject({ entrants: 1 }), 15_000);
    expect(told()).toHaveLength(2);
  }, 30_000);

  it('says once that a channel takes nothing, and once that it does again', async () => {
    await fixture.draws.in('C1').start(['A cap']);
    fixture.channel.problems.push('refused', 'refused', 'refused');
    fixture.worker.start();
    await vi.waitFor(() => {
      fixture.worker.nudge();
      expect(shown()).toEqual(['C1 draw']);
    }, 15_000);
    await vi.waitFor(() => expect(fixture.said).toContain('info: Announcing works again.'));
    expect(errors()).toEqual(['error: The channel takes nothing. Announcing is tried again until it works.']);
    expect(await fixture.worker.problems()).toEqual([]);
  });

  it('announces the other draws, and says once what is wrong, where a record cannot be read', async () => {
    for (const channel of ['C1', 'C2']) await fixture.draws.in(channel).start(['A cap']);
    await redis.hset((await recordKeys(redis, 'C1')).record, 'prizes', 'no JSON');
    fixture.worker.start();
    await vi.waitFor(() => expect(shown()).toEqual(['C2 draw']), 10_000);
    await fixture.draws.in('C3').start(['A cap']);
    fixture.worker.nudge();
    await vi.waitFor(() => expect(shown()).toEqual(['C2 draw', 'C3 draw']), 10_000);
    expect(errors()).toEqual([
      'error: What is kept of a draw cannot be read; it is left to a newer version of the bot',
    ]);
  });

  it('announces what another program has started, once it is told', async () => {
    fixture.worker.start();
    await redis.sadd(KEYS.prizes, 'A cap');
    await redis.set(KEYS.isOpen, 'true');
    fixture.worker.changed('C0HOME');
    await vi.waitFor(() => expect(shown()).toEqual(['C0HOME draw']), 10_000);
  });

  it('leaves to the next process what it has not begun when it is stopped', async () => {
    const draw = fixture.draws.in('C1');
    await draw.start(['A cap']);
    await draw.enter('ada');
    await draw.pick();
    let stopping: Promise<void> | undefined;
    fixture.channel.meanwhile = () => {
      stopping ??= fixture.worker.stop();
    };
    fixture.worker.start();
    await vi.waitFor(() => expect(stopping).toBeDefined(), 10_000);
    await stopping;
    expect(shown()).toEqual(['C1 draw']);
    const next = workerFixture(redis);
    next.worker.start();
    await vi.waitFor(() => expect(next.channel.calls).toEqual(['post winners 1']), 10_000);
    await next.worker.stop();
  });

  it('announces the last draw’s winners, and other draws, where a key of the next one is of a wrong type', async () => {
    const draw = fixture.draws.in('C1');
    await draw.start(['A cap']);
    await draw.enter('ada');
    await draw.pick();
    const shared = KEYS.shared('C1');
    await redis.del(shared.prizes);
    await redis.rpush(shared.prizes, 'not a set');
    await fixture.draws.in('C2').start(['A kite']);
    fixture.worker.start();
    await vi.waitFor(() => expect(shown()).toEqual(['C1 draw', 'C1 winners 1', 'C2 draw']), 15_000);
    expect(errors().filter((line) => line.includes('something else than it should'))).not.toEqual([]);
  }, 30_000);
});
