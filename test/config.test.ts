import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, LOG_LEVELS, parseConfig, secretsOf } from '../src/config.ts';

const NEEDED = {
  SLACK_BOT_TOKEN: 'xoxb-1-abc',
  SLACK_APP_TOKEN: 'xapp-1-abc',
  PRIZEDRAW_ADMIN_CHANNEL: 'C0ADMIN',
  PRIZEDRAW_ANNOUNCE_CHANNEL: 'G0ANNOUNCE',
};

const NAMES = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'PRIZEDRAW_ADMIN_CHANNEL',
  'PRIZEDRAW_ANNOUNCE_CHANNEL',
  'REDIS_URL',
  'PRIZEDRAW_KEY_PREFIX',
  'GITHUB_TOKEN',
  'GITHUB_API_URL',
  'SLACK_API_URL',
  'PORT',
  'LOG_LEVEL',
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

function configOf(env: Environment): Config {
  const result = parseConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function problemsOf(env: Environment): readonly string[] {
  const result = parseConfig(env);
  return result.ok ? [] : result.problems;
}

describe('parseConfig', () => {
  it('fills in every default', () => {
    expect(configOf(NEEDED)).toEqual({
      slack: {
        botToken: 'xoxb-1-abc',
        apiUrl: 'https://slack.com/api/',
        mode: { kind: 'socket', appToken: 'xapp-1-abc' },
      },
      adminChannel: 'C0ADMIN',
      announceChannel: 'G0ANNOUNCE',
      redisUrl: 'redis://127.0.0.1:6379/0',
      keyPrefix: 'prizedraw',
      entriesPerMember: 1,
      randomness: 'drand',
      drandUrls: [
        'https://api.drand.sh',
        'https://api2.drand.sh',
        'https://api3.drand.sh',
        'https://drand.cloudflare.com',
      ],
      github: { apiUrl: 'https://api.github.com', token: undefined },
      port: 3000,
      logLevel: 'info',
    });
  });

  it('takes every setting that is given, without blanks around it', () => {
    const env = {
      ...NEEDED,
      SLACK_APP_TOKEN: undefined,
      SLACK_SIGNING_SECRET: ' 0123456789abcdef\n',
      REDIS_URL: 'rediss://user:word@redis.example:6380/3',
      PRIZEDRAW_KEY_PREFIX: '{prizedraw}',
      PRIZEDRAW_ENTRIES_PER_MEMBER: '0',
      PRIZEDRAW_RANDOMNESS: 'spop',
      PRIZEDRAW_DRAND_URLS: 'https://a.example/, http://b.example/drand',
      GITHUB_TOKEN: 'ghp_abc',
      GITHUB_API_URL: 'https://github.example/api/v3/',
      SLACK_API_URL: 'https://slack-gov.com/api',
      PORT: '8080',
      LOG_LEVEL: 'debug',
      SOMETHING_ELSE: 'is ignored',
    };
    expect(configOf(env)).toEqual({
      slack: {
        botToken: 'xoxb-1-abc',
        apiUrl: 'https://slack-gov.com/api/',
        mode: { kind: 'http', signingSecret: '0123456789abcdef' },
      },
      adminChannel: 'C0ADMIN',
      announceChannel: 'G0ANNOUNCE',
      redisUrl: 'rediss://user:word@redis.example:6380/3',
      keyPrefix: '{prizedraw}',
      entriesPerMember: 0,
      randomness: 'spop',
      drandUrls: ['https://a.example', 'http://b.example/drand'],
      github: { apiUrl: 'https://github.example/api/v3', token: 'ghp_abc' },
      port: 8080,
      logLevel: 'debug',
    });
  });

  it('uses Socket Mode when both secrets are set', () => {
    const { slack } = configOf({ ...NEEDED, SLACK_SIGNING_SECRET: 'abc' });
    expect(slack.mode).toEqual({ kind: 'socket', appToken: 'xapp-1-abc' });
  });

  it.each(LOG_LEVELS)('knows the log level %s', (level) => {
    expect(configOf({ ...NEEDED, LOG_LEVEL: level }).logLevel).toBe(level);
  });

  it.each(['prizedraw', '{prizedraw}', 'p', 'team:draw', 'ünïcode'])('takes the key prefix %s', (prefix) => {
    expect(configOf({ ...NEEDED, PRIZEDRAW_KEY_PREFIX: prefix }).keyPrefix).toBe(prefix);
  });

  it.each(['1', '80', '65535'])('takes the port %s', (port) => {
    expect(configOf({ ...NEEDED, PORT: port }).port).toBe(Number(port));
  });

  it.each(['', ' ', '\t\n'])('takes an empty setting (%j) for one that is not given', (empty) => {
    const optional = NAMES.filter((name) => !(name in NEEDED));
    const env = { ...NEEDED, ...Object.fromEntries(optional.map((name) => [name, empty])) };
    expect(configOf(env)).toEqual(configOf(NEEDED));
    expect(problemsOf(Object.fromEntries(NAMES.map((name) => [name, empty])))).toEqual(problemsOf({}));
  });
});

describe('the problems that parseConfig names', () => {
  it.each(['SLACK_BOT_TOKEN', 'PRIZEDRAW_ADMIN_CHANNEL', 'PRIZEDRAW_ANNOUNCE_CHANNEL'])('%s is missing', (name) => {
    const problems = problemsOf({ ...NEEDED, [name]: undefined });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is missing: .+\\.$`))]);
  });

  it('neither of the two Slack secrets is given', () => {
    const problems = problemsOf({ ...NEEDED, SLACK_APP_TOKEN: '' });
    expect(problems).toEqual([expect.stringMatching(/^SLACK_APP_TOKEN .*SLACK_SIGNING_SECRET .*one of the two/)]);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-1-abc'],
    ['SLACK_BOT_TOKEN', 'xoxb-'],
    ['SLACK_BOT_TOKEN', 'xoxb-1 abc'],
    ['SLACK_BOT_TOKEN', 'Bearer xoxb-1'],
    ['SLACK_APP_TOKEN', 'xoxb-1-abc'],
    ['SLACK_APP_TOKEN', 'xapp-'],
    ['SLACK_SIGNING_SECRET', 'two words'],
    ['PRIZEDRAW_ADMIN_CHANNEL', '#organisers'],
    ['PRIZEDRAW_ADMIN_CHANNEL', 'organisers'],
    ['PRIZEDRAW_ADMIN_CHANNEL', 'D0123456789'],
    ['PRIZEDRAW_ANNOUNCE_CHANNEL', 'general'],
    ['PRIZEDRAW_ANNOUNCE_CHANNEL', 'C0123 456'],
    ['PRIZEDRAW_ANNOUNCE_CHANNEL', 'c0123456789'],
    ['PRIZEDRAW_ANNOUNCE_CHANNEL', 'https://example.slack.com/archives/C0123456789'],
    ['REDIS_URL', 'localhost'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', 'redis://127.0.0.1:port'],
    ['REDIS_URL', 'redis://'],
    ['REDIS_URL', 'redis:127.0.0.1'],
    ['REDIS_URL', 'redis+cluster://a/1'],
    ['REDIS_URL', 'redis+sentinel://a,b'],
    ['PRIZEDRAW_KEY_PREFIX', 'prize draw'],
    ['PRIZEDRAW_KEY_PREFIX', 'prizedraw:'],
    ['PRIZEDRAW_KEY_PREFIX', ':prizedraw'],
    ['PRIZEDRAW_KEY_PREFIX', ':'],
    ['GITHUB_TOKEN', 'ghp_abc def'],
    ['GITHUB_API_URL', 'api.github.com'],
    ['GITHUB_API_URL', 'ftp://api.github.com'],
    ['SLACK_API_URL', 'slack.com/api'],
    ['SLACK_API_URL', 'file:///api'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '0x50'],
    ['PORT', '1e3'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'verbose'],
    ['LOG_LEVEL', 'INFO'],
  ])('%s is %s', (name, value) => {
    const problems = problemsOf({ ...NEEDED, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must .+`))]);
    expect(problems[0]).not.toContain('\n');
  });

  it('are all named at once, each on one line of its own', () => {
    const wrong = problemsOf({
      ...Object.fromEntries(NAMES.map((name) => [name, 'quite wrong'])),
    });
    expect(wrong.map((line) => line.split(' ')[0]).toSorted()).toEqual([...NAMES].toSorted());
    for (const line of wrong) expect(line).not.toContain('\n');

    const missing = problemsOf({});
    expect(missing).toHaveLength(4);
    expect(problemsOf({ PORT: 'x' })).toHaveLength(5);
  });

  it('never hold a value that was given', () => {
    // Long and random enough that no sentence holds one by chance.
    const word = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    const secretLike = fc.oneof(
      word,
      word.map((text) => `xoxp-${text}`),
      word.map((text) => `xapp ${text}`),
      word.map((text) => `redis://:${text}@127.0.0.1:port`),
      word.map((text) => `redis+cluster://:${text}@127.0.0.1:7000/1`),
      word.map((text) => `redis+sentinel://:${text}@${text}/${text}/x?sentinel_password=${text}`),
      word.map((text) => `"${text}\n${text}"`),
    );
    const environment = fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.option(secretLike)])));
    fc.assert(
      fc.property(environment, (values) => {
        const env = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? undefined]));
        const lines = problemsOf(env).join('\n');
        for (const value of Object.values(env)) {
          for (const part of value?.match(/[A-Za-z0-9]{12,}/g) ?? []) expect(lines).not.toContain(part);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('secretsOf', () => {
  it('lists every secret, and Redis’s password as it is written and as it is meant', () => {
    const config = configOf({ ...NEEDED, GITHUB_TOKEN: 'ghp_abc', REDIS_URL: 'redis://user:p%40ss@127.0.0.1' });
    expect(secretsOf(config).toSorted()).toEqual(['ghp_abc', 'p%40ss', 'p@ss', 'xapp-1-abc', 'xoxb-1-abc']);
  });

  it('lists the signing secret in HTTP mode', () => {
    const config = configOf({ ...NEEDED, SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: '0123abcd' });
    expect(secretsOf(config).toSorted()).toEqual(['0123abcd', 'xoxb-1-abc']);
  });

  it('takes a password that is not well encoded as it stands, or parseConfig refuses it', () => {
    const result = parseConfig({ ...NEEDED, REDIS_URL: 'redis://:100%sure@127.0.0.1' });
    const secrets = result.ok ? secretsOf(result.config) : result.problems;
    expect(secrets).toContainEqual(expect.stringMatching(/100%sure|^REDIS_URL /));
  });
});
