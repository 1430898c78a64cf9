import type { Redis } from 'ioredis';
import { type Errand, type Loaded, load } from './load.ts';
import type { Server } from './processes.ts';
import { profile } from './profile.ts';
import { type By, CHANNELS, commandForm, signedInteraction, signedRequest, submission } from './requests.ts';
import type { SlackSocket } from './socket.ts';

/** What is there to be measured. */
export interface Systems {
  readonly redis: Redis;
  readonly redisUrl: string;
  /** Under the names that work has for them. */
  readonly servers: ReadonlyMap<string, Server & { readonly socket?: SlackSocket }>;
  /** Where the answers that come after the acknowledgement go. */
  readonly responseUrl: string;
}

/** Something that a server is asked to do again and again. */
export interface Work {
  readonly name: string;
  readonly server: string;
  /** How many of it, beside other work; 1 when left out. */
  readonly share?: number;
  /**
   * Readies Redis for so many, and makes the requests.
   * @returns what sends them, so many at once; within five minutes, as they are signed
   */
  prepare(systems: Systems, count: number): Promise<(atOnce: number) => Promise<Loaded>>;
}

/** The bot's keys, and those of the systems that it is compared with. */
const OURS = 'prizedraw';
const PLAIN = 'plain';

/** As long as the bot and the original keep profiles, in seconds. */
const TTL = 3600;

let made = 0;

/** So many logins that nobody has had. */
export function newcomers(count: number): readonly string[] {
  const from = made;
  made += count;
  return Array.from({ length: count }, (_, index) => `somebody-${from + index}`);
}

/** Caches profiles, as GitHub gives them. */
export async function cacheProfiles(redis: Redis, prefix: string, logins: readonly string[]): Promise<void> {
  for (let from = 0; from < logins.length; from += 1_000) {
    const pipeline = redis.pipeline();
    for (const login of logins.slice(from, from + 1_000)) {
      pipeline.set(`${prefix}:profiles:${login}`, profile(login), 'EX', TTL);
    }
    await pipeline.exec();
  }
}

/** The member who enters a login. */
export function memberOf(login: string, responseUrl: string): By {
  return { user: `U${login.replace(/\D/g, '').padStart(9, '0')}`, channel: CHANNELS.random, responseUrl };
}

/** Work over HTTP: for each newcomer an errand, whose last answer says `words`. */
function http(
  work: Pick<Work, 'name' | 'server' | 'share'>,
  isRight: (answer: string) => boolean,
  ready: (redis: Redis, logins: readonly string[]) => Promise<(by: By, login: string) => Errand>,
): Work {
  return {
    ...work,
    async prepare({ redis, servers, responseUrl }, count) {
      const logins = newcomers(count);
      const errand = await ready(redis, logins);
      const errands = logins.map((login) => errand(memberOf(login, responseUrl), login));
      const port = servers.get(work.server)?.port ?? 0;
      return (atOnce) => load(port, errands, { connections: Math.min(atOnce, count), isRight });
    },
  };
}

const says = (words: string) => (answer: string) => answer.startsWith('HTTP/1.1 200') && answer.includes(words);
/** Said at the response address, as it took longer than two seconds. */
const saysLater = (answer: string) => answer.startsWith('HTTP/1.1 200') && answer.endsWith('\r\n\r\n');

const asks = (by: By, text: string): Errand => [signedRequest(commandForm(by, text))];
const enters = (by: By, login: string): Errand => asks(by, `enter ${login}`);
const gets = (_by: By, login: string): Errand => [
  Buffer.from(`GET /enter/${login} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`),
];

const withProfiles =
  (prefix: string, errand: (by: By, login: string) => Errand) => async (redis: Redis, logins: readonly string[]) => {
    await redis.set(`${PLAIN}:is_open`, 'true');
    await cacheProfiles(redis, prefix, logins);
    return errand;
  };

const IN = says('You are in');

/** What the bot is compared with: what Bolt itself costs, and what the original application does. */
export const BOLT = http({ name: '(a) Bolt, acknowledging alone', server: 'bolt' }, IN, withProfiles(PLAIN, enters));
export const BOLT_SCRIPT = http(
  { name: '(b) Bolt, one Lua script', server: 'bolt-script' },
  IN,
  withProfiles(PLAIN, enters),
);
export const EXPRESS = http(
  { name: '(c) Express: EXISTS, GET, SADD', server: 'express' },
  says('"login":"somebody-'),
  withProfiles(PLAIN, gets),
);

export const ENTER = http({ name: 'enter, profile cached', server: 'bot' }, IN, withProfiles(OURS, enters));

const asking = (name: string, text: string, words: string): Work =>
  http({ name, server: 'bot' }, says(words), async () => (by) => asks(by, text));

const unknown = (name: string, server: string, share: number): Work =>
  http(
    { name, server, share },
    (answer) => IN(answer) || saysLater(answer),
    async () => enters,
  );

const alreadyIn = http({ name: 'enter, already in', server: 'bot' }, says('is already in'), async (redis, logins) => {
  await cacheProfiles(redis, OURS, logins);
  await redis.sadd(`${OURS}:entrants`, ...logins);
  return enters;
});

const dialog = http(
  { name: 'enter by dialog (2 requests)', server: 'bot', share: 1 / 4 },
  IN,
  async (redis, logins) => {
    await cacheProfiles(redis, OURS, logins);
    const [draw] = ((await redis.hget(`${OURS}:slack:draws`, CHANNELS.announce)) ?? '').split(' ');
    return (by, login) => [
      ...asks(by, 'enter'),
      signedInteraction(submission(by, `${CHANNELS.announce} ${draw}`, login)),
    ];
  },
);

/** What people ask of the bot beside that. */
export const OTHER_WORK: readonly Work[] = [
  alreadyIn,
  unknown('enter, GitHub takes 0 ms', 'bot', 1 / 4),
  unknown('enter, GitHub takes 100 ms', 'bot-100', 1 / 10),
  dialog,
  asking('status', 'status', 'A cap'),
  asking('help', 'help', '/prizedraw enter'),
];

/** Entering over Socket Mode. */
export function overSocket(name: string, server: string, prefix: string): Work {
  return {
    name,
    server,
    async prepare({ redis, servers, responseUrl }, count) {
      const logins = newcomers(count);
      await cacheProfiles(redis, prefix, logins);
      const payloads = logins.map((login) => commandForm(memberOf(login, responseUrl), `enter ${login}`));
      const socket = servers.get(server)?.socket;
      if (socket === undefined) throw new Error(`${server} has no socket.`);
      return (atOnce) => socket.load(payloads, Math.min(atOnce, count), (answer) => answer.includes('You are in'));
    },
  };
}

export const SOCKET_WORK: readonly Work[] = [
  overSocket('(b) Bolt over Socket Mode, one Lua script', 'bolt-socket', PLAIN),
  overSocket('enter over Socket Mode', 'bot-socket', OURS),
];
