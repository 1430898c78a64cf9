import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Lease } from '../../src/announcements/lease.ts';
import { createDraws } from '../../src/draw/index.ts';
import { type Asked, Replicas } from '../../src/draw/replicas.ts';
import { createRedis } from '../../src/redis.ts';
import { mockRedis, redisInstalled, startRedis } from '../support/redis.ts';

const line = (index: number, { state = 'online', lag = 0 } = {}): string =>
  `slave${index}:ip=127.0.0.1,port=${7000 + index},state=${state},offset=1,lag=${lag}`;
const REPLICATION = (...lines: string[]): string =>
  ['# Replication', 'role:master', `connected_slaves:${lines.length}`, ...lines, 'master_replid:0'].join('\r\n');

/** A server that answers when the test says so. */
class Server extends EventEmitter {
  readonly asked: string[] = [];
  info = vi.fn(async () => {
    this.asked.push('INFO');
    return this.replication;
  });
  wait = vi.fn(() => {
    this.asked.push('WAIT');
    return new Promise<number>((resolve, reject) => this.waiting.push({ resolve, reject }));
  });
  replication: string;
  readonly waiting: { readonly resolve: (replicas: number) => void; readonly reject: (error: Error) => void }[] = [];

  constructor(...lines: string[]) {
    super();
    this.replication = REPLICATION(...lines);
  }

  /** Lets what is under way go on. */
  async settle(): Promise<void> {
    await new Promise(setImmediate);
  }
}

const of = (server: Server): Replicas => Replicas.of(server as unknown as Asked);

describe('a step that waits for replicas', () => {
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['there is none', []],
    ['it has only begun to copy', [line(0, { state: 'wait_bgsave' })]],
    ['it was not heard of for a while', [line(0, { lag: 3 })]],
  ])('waits for nothing where %s, and asks that once', async (_, lines) => {
    const server = new Server(...lines);
    for (let count = 0; count < 20; count++) await of(server).have();
    expect(server.asked).toEqual(['INFO']);
  });

  it('waits behind a script that the server may not know, which is sent once more; later, in the same round trip', async () => {
    const server = new Server(line(0));
    let answer = (_reply: string): void => {};
    const script = (): Promise<string> => new Promise((resolve) => (answer = resolve));
    const first = of(server).haveAfter('enter', script());
    await server.settle();
    expect(server.asked.filter((asked) => asked === 'WAIT')).toHaveLength(0);
    answer('entered');
    await server.settle();
    server.waiting[0]?.resolve(1);
    expect(await first).toBe('entered');
    const second = of(server).haveAfter('enter', script());
    await server.settle();
    expect(server.asked.filter((asked) => asked === 'WAIT')).toHaveLength(2);
    server.waiting[1]?.resolve(1);
    answer('entered');
    await second;
  });

  it('waits for all that keep up, as any may take over; for one that does not, the next ones do not wait', async () => {
    const server = new Server(line(0, { state: 'wait_bgsave' }), line(1), line(2));
    const done = of(server).have();
    await server.settle();
    expect(server.wait).toHaveBeenLastCalledWith(2, 200);
    server.waiting[0]?.resolve(1);
    await done;
    const next = of(server).have();
    await server.settle();
    expect(server.wait).toHaveBeenLastCalledWith(1, 200);
    server.waiting[1]?.resolve(1);
    await next;
  });

  it('has those that come meanwhile wait once, together, and after it', async () => {
    const server = new Server(line(0));
    const first = of(server).have();
    await server.settle();
    const others = Array.from({ length: 100 }, () => of(server).have());
    await server.settle();
    expect(server.asked).toEqual(['INFO', 'WAIT']);
    server.waiting[0]?.resolve(1);
    await first;
    await server.settle();
    expect(server.asked).toEqual(['INFO', 'WAIT', 'WAIT']);
    server.waiting[1]?.resolve(1);
    await Promise.all(others);
    const next = of(server).have();
    await server.settle();
    expect(server.asked).toEqual(['INFO', 'WAIT', 'WAIT', 'WAIT']);
    server.waiting[2]?.resolve(1);
    await next;
  });

  it('is over all the same where none keeps up, and the next ones do not wait until they are counted again', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const server = new Server(line(0));
    const steps = [of(server).have(), of(server).have()];
    await server.settle();
    server.waiting[0]?.resolve(0);
    await Promise.all([...steps, of(server).have()]);
    expect(server.asked).toEqual(['INFO', 'WAIT']);
    vi.advanceTimersByTime(501);
    const again = of(server).have();
    await server.settle();
    expect(server.asked).toEqual(['INFO', 'WAIT', 'INFO', 'WAIT']);
    server.waiting[1]?.resolve(1);
    await again;
  });

  it('fails where the connection is lost meanwhile: what it wrote may be lost, too', async () => {
    const server = new Server(line(0));
    const first = of(server).have();
    await server.settle();
    const second = of(server).have();
    await server.settle();
    for (const index of [0, 1]) {
      server.waiting[index]?.reject(new Error('Connection is closed.'));
      await expect(index === 0 ? first : second).rejects.toThrow('Connection is closed.');
      await server.settle();
    }
  });

  it('counts them anew on each connection', async () => {
    const server = new Server();
    await of(server).have();
    server.replication = REPLICATION(line(0));
    await of(server).have();
    server.emit('close');
    const step = of(server).have();
    await server.settle();
    expect(server.asked).toEqual(['INFO', 'INFO', 'WAIT']);
    server.waiting[0]?.resolve(1);
    await step;
  });

  it('waits for none where its user may not ask, or not wait', async () => {
    const forbidden = new Error("NOPERM this user has no permissions to run the 'wait' command");
    const server = new Server(line(0));
    const step = of(server).have();
    await server.settle();
    server.waiting[0]?.reject(forbidden);
    await step;
    const other = new Server(line(0));
    other.info.mockRejectedValue(forbidden);
    await of(other).have();
    expect(other.asked).toEqual([]);
  });

  it('is each one of which somebody is told: a start, an entry, a close, a commitment, a pick, a delivery', async () => {
    const redis = mockRedis();
    const profiles = { lookUp: async () => ({ kind: 'unreachable' as const }) };
    const draws = createDraws({ redis, profiles, prefix: 'prizedraw', home: 'C0HOME' });
    await redis.set(draws.keys.profile('ada'), JSON.stringify({ login: 'ada', type: 'User' }));
    const have = vi.spyOn(Replicas.prototype, 'have');
    const waits = async (work: () => Promise<unknown>): Promise<number> => {
      have.mockClear();
      await work();
      return have.mock.calls.length;
    };
    expect(await waits(() => draws.home.start(['A mug']))).toBe(1);
    expect(await waits(() => draws.home.enter('ada'))).toBe(1);
    expect(await waits(() => draws.home.status())).toBe(0);
    expect(await waits(() => draws.home.close())).toBe(1);
    // What is committed to, and the winners.
    expect(await waits(() => draws.home.pick())).toBe(2);
    const lease = new Lease(redis, draws.keys, { fields: [], maySet: true });
    // The turn, and what is written in it.
    expect(await waits(() => lease.during((turn) => turn.write('a', { b: 'c' })))).toBe(2);
    have.mockRestore();
  });
});

describe.skipIf(!redisInstalled())('a server with a replica', () => {
  it('is waited for, on each connection', async () => {
    const server = await startRedis();
    const replica = await startRedis();
    await server.client().config('SET', 'repl-diskless-sync-delay', '0');
    await replica.client().replicaof('127.0.0.1', server.port);
    await vi.waitFor(async () => expect(await server.client().wait(1, 100)).toBe(1), 10_000);
    const redis = createRedis(server.url, 'prizedraw');
    await redis.connect();
    for (const time of [1, 2]) {
      await server.resetStats();
      await Promise.all([redis.incr('steps'), Replicas.of(redis).have()]);
      expect(await server.commandstats()).toMatchObject({ wait: 1 });
      if (time === 2) break;
      const closed = once(redis, 'close');
      redis.disconnect(true);
      await closed;
      await vi.waitFor(() => expect(redis.status).toBe('ready'), 5_000);
    }
    redis.disconnect();
    await replica.close();
    await server.close();
  }, 30_000);
});
