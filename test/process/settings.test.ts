import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { type Program, run } from '../support/process/program.ts';
import { ROOT } from '../support/project/sources.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';
import { freePort } from '../support/workspace/loopback.ts';

/** Each setting wrong; what looks like a secret can be recognised. */
const WRONG = {
  SLACK_BOT_TOKEN: 'xoxp-recognisable-secret',
  SLACK_APP_TOKEN: 'xoxb-recognisable-secret',
  SLACK_SIGNING_SECRET: 'recognisable-secret in two words',
  PRIZEDRAW_ADMIN_CHANNEL: '#organisers',
  PRIZEDRAW_ANNOUNCE_CHANNEL: 'recognisable-secret',
  REDIS_URL: 'redis://:recognisable-secret%@localhost',
  PRIZEDRAW_KEY_PREFIX: 'recognisable-secret:',
  GITHUB_TOKEN: 'ghp_recognisable-secret, I think',
  GITHUB_API_URL: 'recognisable-secret@github.com',
  SLACK_API_URL: 'ftp://user:recognisable-secret@slack.com/api/',
  PORT: '65536',
  LOG_LEVEL: 'recognisable-secret',
};

/** Ends the program where it runs in spite of its settings. */
async function refusal(program: Program): Promise<{ status: number | null; named: readonly (string | undefined)[] }> {
  await until(() => program.stdout() + program.stderr() || undefined, {
    what: 'a word of the program',
    patience: 20_000,
  });
  if (program.stdout() !== '') program.signal('SIGTERM');
  const { status } = await program.ended();
  const lines = program.stderr().trim().split('\n').slice(1, -1);
  return { status, named: lines.map((line) => /^ {2}([A-Z_]+) /.exec(line)?.[1]) };
}

describe('the built program, wrongly configured', () => {
  it('names every problem at once, one a line, without a secret, and ends with status 1', async () => {
    const program = run({
      SLACK_BOT_TOKEN: 'xoxp-recognisable-secret',
      SLACK_APP_TOKEN: 'recognisable-secret',
      PRIZEDRAW_ADMIN_CHANNEL: '#organisers',
      REDIS_URL: 'http://:recognisable-secret@localhost',
      PORT: '3000 please',
      LOG_LEVEL: 'loud',
      GITHUB_API_URL: 'github.com',
    });
    expect((await program.ended()).status).toBe(1);
    expect(program.stdout()).toBe('');
    const lines = program.stderr().trim().split('\n');
    const named = lines.slice(1, -1).map((line) => /^ {2}([A-Z_]+) /.exec(line)?.[1]);
    expect(named).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'PRIZEDRAW_ADMIN_CHANNEL',
      'PRIZEDRAW_ANNOUNCE_CHANNEL',
      'REDIS_URL',
      'GITHUB_API_URL',
      'PORT',
      'LOG_LEVEL',
    ]);
    expect(lines.at(-1)).toContain('.env.example');
    expect(program.stderr()).not.toMatch(/recognisable-secret|^\s+at /m);
  });

  it('asks for one of the two secrets of Slack', async () => {
    const program = run({
      SLACK_BOT_TOKEN: 'xoxb-1',
      PRIZEDRAW_ADMIN_CHANNEL: 'C0ADMIN',
      PRIZEDRAW_ANNOUNCE_CHANNEL: 'C0ANNOUNCE',
    });
    expect((await program.ended()).status).toBe(1);
    expect(program.stderr()).toContain('SLACK_APP_TOKEN (for Socket Mode, the simplest) or SLACK_SIGNING_SECRET');
  });

  it('names each of its settings where all are wrong, in .env too, and shows none', async () => {
    const envFile = Object.entries(WRONG).map(([name, value]) => `${name}='${value}'`);
    const programs = [run(WRONG), run({}, envFile.join('\n'))];
    for (const program of programs) {
      expect(await refusal(program)).toEqual({ status: 1, named: expect.arrayContaining(Object.keys(WRONG)) });
      expect(program.stdout() + program.stderr()).not.toMatch(/recognisable-secret|organisers|^\s+at /m);
    }
    expect(programs[1]?.stderr()).toBe(programs[0]?.stderr());
  });

  it('names what is missing where nothing is set', async () => {
    const program = run({});
    expect(await refusal(program)).toEqual({
      status: 1,
      named: ['SLACK_BOT_TOKEN', 'PRIZEDRAW_ADMIN_CHANNEL', 'PRIZEDRAW_ANNOUNCE_CHANNEL', 'SLACK_APP_TOKEN'],
    });
    expect(program.stdout()).toBe('');
  });

  it.each([
    // Copied from a description as it stands; no header can hold it.
    ['SLACK_BOT_TOKEN', 'xoxb-…'],
    ['SLACK_APP_TOKEN', 'xapp-…'],
    ['GITHUB_TOKEN', 'ghp_…'],
    // Redis numbers its databases: with a name, the draw would be kept in database 0, which is another one's.
    ['REDIS_URL', 'redis://127.0.0.1:6379/draws'],
    // No request can be made to such an address, and the reason given for that holds the password.
    ['SLACK_API_URL', 'http://user:recognisable-secret@127.0.0.1:9/api/'],
  ])('does not start where %s is %s', async (name, value) => {
    const program = run({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'abc',
      SLACK_API_URL: 'http://127.0.0.1:9/api/',
      PRIZEDRAW_ADMIN_CHANNEL: 'C0ADMIN',
      PRIZEDRAW_ANNOUNCE_CHANNEL: 'C0ANNOUNCE',
      PORT: String(await freePort()),
      [name]: value,
    });
    expect(await refusal(program)).toEqual({ status: 1, named: [name] });
    expect(program.stdout() + program.stderr()).not.toContain('recognisable-secret');
  });
});

describe.skipIf(!redisInstalled())('node dist/cli/use-settings.js', () => {
  it('has the settings that it is given be those in use, and says what has changed', async () => {
    const server = await startRedis();
    onTestFinished(() => server.close());
    const use = (announce: string) => {
      const env = { REDIS_URL: server.url, PRIZEDRAW_ADMIN_CHANNEL: 'C0ADMIN', PRIZEDRAW_ANNOUNCE_CHANNEL: announce };
      const { status, stdout, stderr } = spawnSync('node', [join(ROOT, 'dist/cli/use-settings.js')], {
        env: { PATH: process.env['PATH'] ?? '', ...env },
        cwd: tmpdir(),
        encoding: 'utf8',
      });
      return { status, said: stdout + stderr };
    };
    expect(use('C0ONE')).toEqual({ status: 0, said: 'These settings are in use already.\n' });
    expect(use('C0TWO')).toEqual({
      status: 0,
      said: 'PRIZEDRAW_ANNOUNCE_CHANNEL is C0TWO from now on; it was C0ONE.\n',
    });
    expect(use('#two')).toEqual({
      status: 1,
      said: 'A setting is wrong or missing; npm start says which, and in what way.\n',
    });
  }, 60_000);
});
