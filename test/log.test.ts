import { LogLevel } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOG_LEVELS } from '../src/config.ts';
import { boltLogger, createLog, type Log, requestLog } from '../src/log.ts';

const SECRETS = ['xoxb-1-botToken', 'sign1ng-s3cret', 'pass"word\\with/all', 'p%40ss-word'];

/** A log whose lines are kept. */
function listen(level: (typeof LOG_LEVELS)[number] = 'trace', secrets: readonly string[] = SECRETS) {
  const lines: string[] = [];
  const log = createLog(level, secrets, { write: (line: string) => void lines.push(line) });
  const parsed = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line));
  return { log, lines, parsed };
}

/** A line must be valid JSON, and hold no secret in any of the ways in which one could be written. */
function expectNoSecret(lines: readonly string[], secrets: readonly string[] = SECRETS): void {
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(() => JSON.parse(line)).not.toThrow();
    for (const secret of secrets) {
      expect(line).not.toContain(secret);
      expect(line).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  }
}

const WAYS: ReadonlyArray<readonly [string, (log: Log, secret: string) => void]> = [
  ['a message', (log, secret) => log.info(`before ${secret} after`)],
  ['a message’s arguments', (log, secret) => log.info('with %s and %j', secret, { secret })],
  ['a field', (log, secret) => log.warn({ field: secret }, 'message')],
  ['a nested field and a list', (log, secret) => log.warn({ a: { b: [secret, { c: secret }] } })],
  ['a field’s name', (log, secret) => log.warn({ [secret]: 1 })],
  ['a child’s bindings', (log, secret) => log.child({ bound: secret }).error('message')],
  ['an error’s message', (log, secret) => log.error({ err: new Error(`about ${secret}`) }, 'failed')],
  ['an error alone', (log, secret) => log.error(new Error(`about ${secret}`))],
  ['an error’s code', (log, secret) => log.error({ err: Object.assign(new Error('x'), { code: secret }) })],
  ['an error’s name', (log, secret) => log.error({ err: Object.assign(new Error('x'), { name: secret }) })],
  ['a thrown string', (log, secret) => log.error({ err: secret })],
  [
    'an error’s enumerable properties',
    (log, secret) =>
      log.error({ err: Object.assign(new Error('x'), { command: { args: [secret] }, config: { token: secret } }) }),
  ],
  [
    'a cause of a cause',
    (log, secret) =>
      log.error({ err: new Error('a', { cause: new Error('b', { cause: new Error(secret, { cause: secret }) }) }) }),
  ],
  ['text from Bolt', (log, secret) => boltLogger(log).error('from Bolt', secret, new Error(secret))],
  ['debugging text from Bolt', (log, secret) => boltLogger(log).debug(`{"x":"${secret}"}`)],
  ['JSON text', (log, secret) => log.info(JSON.stringify({ secret }))],
  ['an address', (log, secret) => log.info(`redis://user:${secret}@127.0.0.1:6379/0`)],
];

describe('no secret is in the log', () => {
  it.each(WAYS)('in %s', (_way, write) => {
    for (const secret of SECRETS) {
      const { log, lines } = listen();
      write(log, secret);
      expectNoSecret(lines);
    }
  });

  it('whatever the secrets are, and whichever way they come', () => {
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 10, maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(secret, { minLength: 1, maxLength: 4 }), (secrets) => {
        const { log, lines } = listen('trace', secrets);
        for (const [way, write] of WAYS) {
          // JSON in JSON escapes a secret twice; a secret with a quote in it is not looked for in that form.
          if (way !== 'JSON text') for (const one of secrets) write(log, one);
        }
        expectNoSecret(lines, secrets);
      }),
      { numRuns: 50 },
    );
  });

  it('not even the rest of one whose beginning is another', () => {
    const { log, lines } = listen('info', ['abcdefgh', 'abcdefghijklmnop']);
    log.info('abcdefghijklmnop');
    expect(lines.join()).not.toContain('ijklmnop');
  });

  it.each([
    ['a bot token', 'xoxb-123-456-abcDEF'],
    ['a user token', 'xoxp-123-456-abcDEF'],
    ['a rotated token', 'xoxe.xoxb-1-abcDEF'],
    ['an app-level token', 'xapp-1-A012-345-abcdef'],
    ['a response address', 'https://hooks.slack.com/commands/T012/345/abcDEF'],
    ['a GovSlack response address', 'https://hooks.slack-gov.com/actions/T012/345/abcDEF'],
    ['a socket’s address', 'wss://wss-primary.slack.com/link/?ticket=abc-def&app_id=1'],
  ])('nor %s, known or not', (_what, text) => {
    for (const write of [
      (log: Log) => log.info(`see ${text} here`),
      (log: Log) => log.info({ url: text }),
      (log: Log) => boltLogger(log).warn(JSON.stringify({ url: text })),
      (log: Log) => log.error({ err: new Error(`failed: ${text}`) }),
    ]) {
      const { log, lines } = listen('trace', []);
      write(log);
      expectNoSecret(lines, [text]);
      expect(lines.join()).not.toMatch(/abcDEF|abc-def|345/);
    }
  });

  it('nor Slack’s verification token in a request’s JSON', () => {
    const { log, lines } = listen('trace', []);
    log.info(JSON.stringify({ token: 'gIkuvaNzQIHg97ATvDxqgjtO', type: 'block_actions' }));
    log.info({ token: 'gIkuvaNzQIHg97ATvDxqgjtO' });
    boltLogger(log).debug(`body: {"token": "gIkuvaNzQIHg97ATvDxqgjtO"}`);
    expectNoSecret(lines, ['gIkuvaNzQIHg97ATvDxqgjtO']);
  });
});

describe('a line of the log', () => {
  it('is JSON with time, level by name and message, and says what an error was', () => {
    const { log, parsed } = listen();
    log.error({ err: Object.assign(new TypeError('outer', { cause: new Error('inner') }), { code: 'E1' }) }, 'failed');
    expect(parsed()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: 'error',
        msg: 'failed',
        err: {
          type: 'TypeError',
          message: 'outer',
          code: 'E1',
          stack: expect.stringContaining('log.test.ts'),
          cause: { type: 'Error', message: 'inner', stack: expect.any(String) },
        },
      },
    ]);
  });

  it('leaves out an error’s other properties', () => {
    const { log, lines } = listen();
    log.error({ err: Object.assign(new Error('x'), { command: { name: 'set', args: ['private'] } }) });
    expect(lines.join()).not.toContain('private');
  });

  it('is written for an error that is its own cause', () => {
    const { log, lines } = listen();
    const error = new Error('x');
    error.cause = error;
    expect(() => log.error({ err: error }, 'failed')).not.toThrow();
    expect(lines).toHaveLength(1);
  });

  it('is only written from the level on', () => {
    const { log, lines } = listen('warn');
    log.info('quiet');
    log.warn('loud');
    expect(lines).toHaveLength(1);
    const silent = listen('silent');
    silent.log.fatal('quiet');
    expect(silent.lines).toEqual([]);
  });
});

describe('requestLog', () => {
  it('puts the request’s ID in every line of its own, and in no other', () => {
    const { log, parsed } = listen();
    log.info('before');
    const request = requestLog(log);
    request.info('at once');
    boltLogger(request).error('by Bolt');
    request.child({ draw: 'x' }).warn('of a part');
    log.info('after');
    expect(request.requestId).toMatch(/^[0-9a-f]{8}$/);
    expect(parsed().map(({ msg, request: id }) => [msg, id])).toEqual([
      ['before', undefined],
      ['at once', request.requestId],
      ['by Bolt', request.requestId],
      ['of a part', request.requestId],
      ['after', undefined],
    ]);
  });

  it('gives each request another ID, unless it has one', () => {
    const { log } = listen();
    expect(new Set(Array.from({ length: 100 }, () => requestLog(log).requestId)).size).toBe(100);
    expect(requestLog(log, 'abcd').requestId).toBe('abcd');
  });

  it('says no secret either', () => {
    for (const [, write] of WAYS) {
      const { log, lines } = listen();
      write(requestLog(log), SECRETS[0] ?? '');
      expectNoSecret(lines);
    }
  });
});

describe('boltLogger', () => {
  it('writes at our levels, Bolt’s information as debugging', () => {
    const { log, parsed } = listen();
    const bolt = boltLogger(log);
    bolt.debug('a', 1);
    bolt.info('b');
    bolt.warn('c');
    bolt.error('d', new Error('e'));
    expect(parsed().map(({ level, msg }) => [level, msg])).toEqual([
      ['debug', 'a 1'],
      ['debug', 'b'],
      ['warn', 'c'],
      ['error', 'd e'],
    ]);
  });

  it.each(LOG_LEVELS)('tells a level that Slack’s clients know at %s, and keeps it', (level) => {
    const bolt = boltLogger(listen(level).log);
    const before = bolt.getLevel();
    expect(Object.values(LogLevel)).toContain(before);
    bolt.setLevel(LogLevel.DEBUG);
    bolt.setName('x');
    expect(bolt.getLevel()).toBe(before);
  });
});
