import { describe, expect, it } from 'vitest';
import { type Config, parseConfig } from '../../src/config.ts';
import { exampleAsItStands, exampleInFull, settingsRead } from '../support/project/settings.ts';

const SETTINGS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'PRIZEDRAW_ADMIN_CHANNEL',
  'PRIZEDRAW_ANNOUNCE_CHANNEL',
  'REDIS_URL',
  'PRIZEDRAW_KEY_PREFIX',
  'PRIZEDRAW_ENTRIES_PER_MEMBER',
  'PRIZEDRAW_RANDOMNESS',
  'PRIZEDRAW_DRAND_URLS',
  'GITHUB_TOKEN',
  'GITHUB_API_URL',
  'SLACK_API_URL',
  'PORT',
  'LOG_LEVEL',
];

const CHANNELS = { PRIZEDRAW_ADMIN_CHANNEL: 'C0123456789', PRIZEDRAW_ANNOUNCE_CHANNEL: 'G0123456789' };
const TOKENS = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_APP_TOKEN: 'xapp-1-abc' };

function configOf(env: Readonly<Record<string, string>>): Config {
  const result = parseConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

describe('the settings', () => {
  it('are those that the bot promises', () => {
    expect(settingsRead().toSorted()).toEqual(SETTINGS.toSorted());
  });
});

describe('.env.example', () => {
  it('has every setting, and no other', () => {
    expect(Object.keys(exampleInFull()).toSorted()).toEqual(SETTINGS.toSorted());
  });

  it('asks, as it stands, for the four settings that are needed, and for no other', () => {
    expect(exampleAsItStands()).toEqual({
      SLACK_BOT_TOKEN: 'xoxb-',
      SLACK_APP_TOKEN: 'xapp-',
      PRIZEDRAW_ADMIN_CHANNEL: '',
      PRIZEDRAW_ANNOUNCE_CHANNEL: '',
    });
  });

  it('is refused until it is filled in, with a line for each of the four', () => {
    const result = parseConfig(exampleAsItStands());
    const problems = result.ok ? [] : result.problems;
    expect(problems.map((line) => line.split(' ')[0]).toSorted()).toEqual(Object.keys(exampleAsItStands()).toSorted());
  });

  it('filled in, starts the bot with every default', () => {
    expect(configOf({ ...exampleAsItStands(), ...TOKENS, ...CHANNELS })).toEqual(configOf({ ...TOKENS, ...CHANNELS }));
  });

  it('gives the defaults as they are', () => {
    expect(configOf({ ...exampleInFull(), ...TOKENS, ...CHANNELS })).toEqual(configOf({ ...TOKENS, ...CHANNELS }));
    for (const [name, value] of Object.entries(exampleInFull())) {
      if (value === '' || name in TOKENS) continue;
      // A default that is given is the same as none.
      expect(configOf({ ...TOKENS, ...CHANNELS, [name]: value }), name).toEqual(configOf({ ...TOKENS, ...CHANNELS }));
    }
  });

  it('names a default for each setting that has one', () => {
    const withDefault = Object.entries(exampleInFull()).filter(([, value]) => value !== '' && !/^x...-$/.test(value));
    expect(Object.fromEntries(withDefault)).toEqual({
      REDIS_URL: 'redis://127.0.0.1:6379/0',
      PRIZEDRAW_KEY_PREFIX: 'prizedraw',
      PRIZEDRAW_ENTRIES_PER_MEMBER: '1',
      PRIZEDRAW_RANDOMNESS: 'drand',
      PRIZEDRAW_DRAND_URLS:
        'https://api.drand.sh,https://api2.drand.sh,https://api3.drand.sh,https://drand.cloudflare.com',
      GITHUB_API_URL: 'https://api.github.com',
      SLACK_API_URL: 'https://slack.com/api/',
      PORT: '3000',
      LOG_LEVEL: 'info',
    });
  });
});
