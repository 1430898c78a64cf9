import type { Redis } from 'ioredis';
import type { Errand } from './load.ts';
import { profile } from './profile.ts';
import { CHANNELS, commandForm, signedInteraction, signedRequest, submission } from './requests.ts';

/** Something that a system is asked to do again and again. */
export interface Work {
  readonly name: string;
  /** Which server does it. */
  readonly server: string;
  /** How many errands of it, beside those of other work; 1 when left out. */
  readonly share?: number;
  readonly isRight: (answer: string) => boolean;
  /** Readies Redis, and makes errands that can be run within five minutes. */
  prepare(redis: Redis, count: number): Promise<readonly Errand[]>;
}

const PREFIX = 'prizedraw';
/** Where the systems that the bot is compared with keep theirs. */
const PLAIN = 'plain';
/** As long as the bot and the original keep profiles, in seconds. */
const TTL = 3600;

/** Nobody listens there: every answer is to come in the acknowledgement. */
const RESPONSE_URL = 'http://127.0.0.1:9/commands/T012AB3C4/1234567890123/0123456789abcdef01234567';

let made = 0;

/** So many logins that nobody has had. */
function logins(count: number): readonly string[] {
  const from = made;
  made += count;
  return Array.from({ length: count }, (_, index) => `somebody-${from + index}`);
}

async function cacheProfiles(redis: Redis, prefix: string, all: readonly string[]): Promise<void> {
  for (let from = 0; from < all.length; from += 1_000) {
    const pipeline = redis.pipeline();
    for (const login of all.slice(from, from + 1_000)) {
      pipeline.set(`${prefix}:profiles:${login}`, profile(login), 'EX', TTL);
    }
    await pipeline.exec();
  }
}

const by = (login: string) => ({
  user: `U${login.slice(9).padStart(9, '0')}`,
  channel: CHANNELS.random,
  responseUrl: RESPONSE_URL,
});

const command = (login: string, text: string): Buffer => signedRequest(commandForm(by(login), text));

const says = (words: string) => (answer: string) => answer.startsWith('HTTP/1.1 200') && answer.includes(words);

/** Entering with a profile that is cached, under one prefix or another. */
const entering = (
  name: string,
  server: string,
  prefix: string,
  ask: (login: string) => Buffer,
  answer: string,
): Work => ({
  name,
  server,
  isRight: says(answer),
  async prepare(redis, count) {
    const people = logins(count);
    await redis.set(`${PLAIN}:is_open`, 'true');
    await cacheProfiles(redis, prefix, people);
    return people.map((login) => [ask(login)]);
  },
});

const enter = (login: string): Buffer => command(login, `enter ${login}`);

const get = (login: string): Buffer => Buffer.from(`GET /enter/${login} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);

/** Work that the answer to one and the same text is. */
const asking = (name: string, text: string, answer: string): Work => ({
  name,
  server: 'bot',
  isRight: says(answer),
  prepare: async (_redis, count) => logins(count).map((login) => [command(login, text)]),
});

/** Systems to compare with: what Bolt itself costs, and what the original application does. */
export const OTHERS: readonly Work[] = [
  entering('(a) Bolt, acknowledging alone', 'bolt', PLAIN, enter, 'You are in'),
  entering('(b) Bolt, one Lua script', 'bolt-script', PLAIN, enter, 'You are in'),
  entering('(c) Express: EXISTS, GET, SADD', 'express', PLAIN, get, '"login":"somebody-'),
];

export const ENTER: Work = entering('enter, profile cached', 'bot', PREFIX, enter, 'You are in the draw');

/** Entering with profiles that GitHub is asked for. */
const unknown = (name: string, server: string, share: number): Work => ({
  name,
  server,
  share,
  isRight: says('You are in the draw'),
  prepare: async (_redis, count) => logins(count).map((login) => [enter(login)]),
});

const alreadyIn: Work = {
  name: 'enter, already in',
  server: 'bot',
  isRight: says('is already in the draw'),
  async prepare(redis, count) {
    const people = logins(count);
    await cacheProfiles(redis, PREFIX, people);
    await redis.sadd(`${PREFIX}:entrants`, ...people);
    return people.map((login) => [enter(login)]);
  },
};

const dialog: Work = {
  name: 'enter by the dialog: two requests',
  server: 'bot',
  share: 1 / 4,
  isRight: says('You are in'),
  async prepare(redis, count) {
    const people = logins(count);
    await cacheProfiles(redis, PREFIX, people);
    const [draw] = ((await redis.hget(`${PREFIX}:slack:draws`, CHANNELS.announce)) ?? '').split(' ');
    return people.map((login) => [
      command(login, 'enter'),
      signedInteraction(submission(by(login), `${CHANNELS.announce} ${draw}`, login)),
    ]);
  },
};

/** What people ask of the bot. */
export const WORKS: readonly Work[] = [
  ENTER,
  alreadyIn,
  unknown('enter, asking a GitHub of 0 ms', 'bot', 1 / 4),
  unknown('enter, asking a GitHub of 100 ms', 'bot-100', 1 / 10),
  dialog,
  asking('status', 'status', 'A cap'),
  asking('help', 'help', '/prizedraw enter'),
];

export const enteringFor = (name: string, server: string, prefix: string): Work => entering(name, server, prefix, enter, 'You are in the draw');
