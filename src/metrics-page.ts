import type { Redis } from 'ioredis';
import { readWaiting } from './announcements/waiting.ts';
import type { Keys } from './draw/keys.ts';
import { watchEventLoop } from './event-loop.ts';
import type { GitHub } from './github/client.ts';
import { METRICS_TYPE, type Metrics, type Usage } from './metrics.ts';
import type { RedisHealth } from './redis-health.ts';
import type { MetricsPage } from './web.ts';

export interface MetricsPageOptions {
  readonly metrics: Metrics;
  readonly github: GitHub;
  readonly redis: Redis;
  readonly health: RedisHealth;
  readonly keys: Keys;
  readonly usage: () => Usage;
}

/**
 * Makes what `GET /metrics` answers: what was counted, and what is read the moment somebody asks. Redis is waited for no longer
 * than its client's time-outs, and what it alone knows is left out where it does not answer.
 */
export function createMetricsPage({ metrics, github, redis, health, keys, usage }: MetricsPageOptions): MetricsPage & {
  stop(): void;
} {
  const eventLoop = watchEventLoop();
  return {
    type: METRICS_TYPE,
    text: async () => {
      const waiting = await readWaiting(redis, keys).catch(() => undefined);
      return metrics.text({
        allowances: github.allowances(),
        isRedisUsable: redis.status === 'ready' && health.problem() === undefined,
        waiting,
        lag: eventLoop.lag(),
        active: eventLoop.active(),
        usage: usage(),
      });
    },
    stop: () => eventLoop.stop(),
  };
}
