import { describe, expect, it } from 'vitest';
import { type ConfigResult, parseConfig, parseRedisSettings, secretsOf } from '../src/config.ts';

const NEEDED = {
  SLACK_BOT_TOKEN: 'xoxb-1-abc',
  SLACK_APP_TOKEN: 'xapp-1-abc',
  PRIZEDRAW_ADMIN_CHANNEL: 'C0ADMIN',
  PRIZEDRAW_ANNOUNCE_CHANNEL: 'G0ANNOUNCE',
};
type Env = Readonly<Record<string, string>>;
const result = (env: Env): ConfigResult => parseConfig({ ...NEEDED, ...env });
const problemsOf = (env: Env): readonly string[] => {
  const parsed = result(env);
  return parsed.ok ? [] : parsed.problems;
};

describe('the settings of several servers of Redis', () => {
  it.each(['prizedraw', '{}', 'prize{draw'])(
    'are refused for a Redis Cluster with the prefix %s, without braces',
    (prefix) => {
      const env = { REDIS_URL: 'redis+cluster://:word@a:7000,b:7001', PRIZEDRAW_KEY_PREFIX: prefix };
      const problem = /^PRIZEDRAW_KEY_PREFIX must have a part in braces, such as \{prizedraw\}: /;
      expect(problemsOf(env)).toEqual([expect.stringMatching(problem)]);
      // Others are named at the same time.
      expect(problemsOf({ ...env, PORT: 'x' })).toHaveLength(2);
      expect(parseRedisSettings({ ...NEEDED, ...env })).toBeUndefined();
    },
  );

  it('are taken with a prefix in braces for a Redis Cluster, and with any for sentinels', () => {
    for (const [url, prefix] of [
      ['redis+cluster://:word@a:7000,b:7001', '{prizedraw}'],
      ['rediss+sentinel://:word@a,b/mymaster/0?sentinel_password=other', 'prizedraw'],
    ] as const) {
      const env = { REDIS_URL: url, PRIZEDRAW_KEY_PREFIX: prefix };
      expect(result(env)).toMatchObject({ ok: true, config: { redisUrl: url, keyPrefix: prefix } });
      expect(parseRedisSettings({ ...NEEDED, ...env })).toMatchObject({ redisUrl: url, keyPrefix: prefix });
    }
  });

  it('have secrets: the passwords of the servers, and those of sentinels', () => {
    const url = 'redis+sentinel://:p%40ss@a,b/mymaster?sentinel_password=other';
    const parsed = result({ REDIS_URL: url });
    const secrets = parsed.ok ? secretsOf(parsed.config) : [];
    expect(secrets.toSorted()).toEqual(['other', 'other', 'p%40ss', 'p@ss', 'xapp-1-abc', 'xoxb-1-abc']);
  });
});
