import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mockRedis, redisInstalled, startRedis, type TestRedis } from '../support/redis.ts';

const skipped = !redisInstalled();
const why = skipped ? ' (skipped: redis-server is not installed here; Debian: apt-get install redis-server)' : '';

const running = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const pidOf = async (redis: TestRedis): Promise<number> =>
  Number(/process_id:(\d+)/.exec(await redis.client().info('server'))?.[1]);

describe('redisInstalled', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is false without redis-server, and an error in CI', async () => {
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('CI', '');
    expect(redisInstalled()).toBe(false);
    await expect(startRedis()).rejects.toThrow('apt-get install redis-server');
    vi.stubEnv('CI', 'true');
    expect(() => redisInstalled()).toThrow('apt-get install redis-server');
  });
});

describe.skipIf(skipped)(`a Redis of the test's own${why}`, () => {
  let redis: TestRedis | undefined;
  const start = async (...options: Parameters<typeof startRedis>): Promise<TestRedis> => {
    redis = await startRedis(...options);
    return redis;
  };
  afterEach(() => redis?.close());

  it('answers, and is gone with its clients after it was stopped', async () => {
    const server = await start();
    const client = server.client();
    expect(await client.ping()).toBe('PONG');
    expect(server.url).toBe(`redis://127.0.0.1:${server.port}/0`);
    const pid = await pidOf(server);
    await server.stop();
    await server.stop();
    expect(running(pid)).toBe(false);
    await vi.waitFor(() => expect(client.status).toBe('end'));
  });

  it('runs beside others', async () => {
    const first = await start();
    const second = await startRedis();
    try {
      await first.client().set('a', '1');
      expect(await second.client().get('a')).toBeNull();
    } finally {
      await second.close();
    }
  });

  it('takes the port it is given, and says so when it cannot have it', async () => {
    const server = await start();
    await expect(startRedis({ port: server.port })).rejects.toThrow(`port ${server.port}`);
    const { port } = server;
    await server.stop();
    const again = await start({ port });
    expect(again.port).toBe(port);
  });

  it('starts again at the same port, where its clients find it: empty, or with its data', async () => {
    for (const appendonly of [false, true]) {
      const server = await start({ appendonly });
      const client = server.client();
      await client.set('a', '1');
      await server.restart();
      expect(await client.get('a')).toBe(appendonly ? '1' : null);
      await server.close();
    }
  });

  it('freezes and goes on', async () => {
    const server = await start();
    const client = server.client();
    await client.ping();
    server.pause();
    let answered = false;
    const pong = client.ping().finally(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(answered).toBe(false);
    server.resume();
    expect(await pong).toBe('PONG');
  });

  it('is stopped while it is frozen', async () => {
    const server = await start();
    const pid = await pidOf(server);
    server.pause();
    await server.stop();
    expect(running(pid)).toBe(false);
  });

  it('counts commands', async () => {
    const server = await start();
    const client = server.client();
    await client.ping();
    await client.set('a', '1');
    await server.resetStats();
    await client.eval("redis.call('GET', KEYS[1])", 1, 'a');
    await client.get('a');
    expect(await server.commandstats()).toMatchObject({ eval: 1, get: 2 });
    expect(await server.commandstats()).not.toHaveProperty('set');
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('does not outlive a process that ends by %s', async (signal) => {
    const script = `
      import { startRedis } from ${JSON.stringify(new URL('../support/redis.ts', import.meta.url).href)};
      const redis = await startRedis();
      const [, dir] = await redis.client().config('GET', 'dir');
      console.log((await redis.client().info('server')).match(/process_id:(\\d+)/)[1], dir);
      redis.pause();
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(child.stdout, 'data');
    const [pid, dir = ''] = String(line).trim().split(' ');
    expect([running(Number(pid)), existsSync(dir)]).toEqual([true, true]);
    child.kill(signal);
    await vi.waitFor(() => expect([running(Number(pid)), existsSync(dir)]).toEqual([false, false]), { timeout: 5000 });
  });
});

describe('mockRedis', () => {
  it('is empty, and sees nothing of another', async () => {
    const [first, second] = [mockRedis(), mockRedis()];
    await first.set('a', '1');
    expect(await first.get('a')).toBe('1');
    expect(await second.keys('*')).toEqual([]);
    expect(await first.duplicate().get('a')).toBe('1');
  });

  it('runs scripts', async () => {
    const redis = mockRedis();
    expect(
      await redis.eval("redis.call('SADD', KEYS[1], ARGV[1]) return redis.call('SCARD', KEYS[1])", 1, 's', 'a'),
    ).toBe(1);
  });
});
