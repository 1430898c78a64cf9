import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { startGitHub, type TestGitHub } from '../../support/github.ts';
import { redisInstalled, startRedis } from '../../support/redis.ts';
import { type RunningBot, runBot, SCOPES, until } from '../../support/stage.ts';
import type { ChannelMessage } from '../../workspace/messages.ts';
import { commandPayload } from '../../workspace/payloads.ts';
import { type Person, person } from '../../workspace/people.ts';
import { visibleText } from '../../workspace/read.ts';
import type { ResponseAddress } from '../../workspace/responses.ts';
import { type Slack, startSlack } from '../../workspace/slack.ts';
import { type SocketMode, startSocketMode } from '../../workspace/socket.ts';
import type { View } from '../../workspace/views.ts';

/** The bot over Socket Mode, on a real Redis, with an emulated Slack and GitHub. */
export interface Linked {
  readonly slack: Slack;
  readonly github: TestGitHub;
  readonly redis: Redis;
  /** The address of its server. */
  readonly redisUrl: string;
  readonly socket: SocketMode;
  readonly running: RunningBot;
  member(name: string): Person;
  /** Types a command, and waits for the words of its first answer. */
  says(name: string, text: string, channel?: string): Promise<string>;
  /** Sends a command of which nobody knows whether it will be acknowledged. */
  type(name: string, text: string, channel?: string): Promise<Typed>;
  dialog(name: string): Promise<View>;
  /** Waits until this bot asks GitHub for somebody: their entry is then in hand. */
  lookedUp(login: string): Promise<void>;
  /** Waits until `/readyz` answers this status. */
  ready(status: number, patience?: number): Promise<void>;
  /** Waits for an announcement that says `words`. */
  announced(words: string): Promise<ChannelMessage>;
  /** The announcements that say `words`. */
  announcements(words: string): Promise<ChannelMessage[]>;
  /** Stops the bot and starts another, in between with what `meanwhile` does. */
  restart(meanwhile?: () => void): Promise<void>;
}

/** A command on its way. */
export interface Typed {
  readonly payload: Record<string, unknown>;
  readonly response: ResponseAddress;
  /** What the person reads first: in the acknowledgement or at the response address. */
  answer(): Promise<string>;
}

/** Declares tests, each with an empty Redis and a freshly connected bot. */
export function overSocketMode(what: string, tests: (linked: () => Linked) => void): void {
  const skipped = !redisInstalled();
  describe.skipIf(skipped)(skipped ? `${what} (skipped: redis-server is not installed here)` : what, () => {
    let surroundings: Surroundings | undefined;
    let linked: Linked | undefined;
    let running: RunningBot | undefined;
    const there = (): Linked => {
      if (linked === undefined) throw new Error('The bot has not been started.');
      return linked;
    };
    const set = (): Surroundings => {
      if (surroundings === undefined) throw new Error('Nothing has been set up.');
      return surroundings;
    };
    const run = async (): Promise<void> => {
      running = await connect(set());
      linked = link(set(), running, async (meanwhile) => {
        await running?.stop();
        meanwhile?.();
        await run();
      });
    };

    beforeAll(async () => {
      surroundings = await setUp();
    });
    afterAll(() => set().close());
    beforeEach(async () => {
      const { slack, github, redis } = set();
      github.heal();
      for (const { view } of slack.openViews()) slack.views.shut(view.id);
      for (const { ts } of await slack.messages(slack.channels.announce)) {
        await slack.deleteMessage(slack.channels.announce, ts).catch(() => {});
      }
      await redis.flushall();
      await run();
      await there().ready(200);
    });
    afterEach(() => running?.stop());

    tests(there);
  });
}

type Surroundings = Awaited<ReturnType<typeof setUp>>;

async function setUp() {
  const server = await startRedis();
  const slack = await startSlack({ scopes: SCOPES });
  const github = await startGitHub({ organisations: ['the-company'] });
  const socket = await startSocketMode(slack);
  return {
    slack,
    github,
    socket,
    redisUrl: server.url,
    redis: server.client(),
    close: async () => {
      await socket.close();
      await github.close();
      await slack.close();
      await server.close();
    },
  };
}

function connect({ slack, github, redisUrl }: Surroundings): Promise<RunningBot> {
  const mode = { kind: 'socket', appToken: slack.appToken } as const;
  return runBot({
    slack,
    github,
    redisUrl,
    config: { slack: { botToken: slack.botToken, apiUrl: slack.apiUrl, mode } },
  });
}

function link(surroundings: Surroundings, running: RunningBot, restart: Linked['restart']): Linked {
  const { slack, github, socket } = surroundings;
  const earlier = github.requests.length;
  const member = (name: string): Person => person(slack, socket, name);
  const announcements = async (words: string): Promise<ChannelMessage[]> =>
    (await slack.messages(slack.channels.announce)).filter((message) => visibleText(message).includes(words));
  return {
    ...surroundings,
    running,
    restart,
    member,
    async says(name, text, channel = 'random') {
      const answer = await member(name).command(text, { channel });
      return readText(answer.message ?? (await answer.later()));
    },
    async type(name, text, channel = slack.channels.random) {
      const { id } = member(name);
      const response = slack.openResponse();
      const occasion = { name, user: id, triggerId: await slack.triggerId(id), responseUrl: response.url };
      const payload = commandPayload(occasion, slack, channel, '/prizedraw', text);
      const acknowledged = socket.send('slash_commands', payload).then(({ body }) => readText(body));
      acknowledged.catch(() => {});
      return {
        payload,
        response,
        answer: () => Promise.any([acknowledged.then(notEmpty), response.next().then(readText)]),
      };
    },
    dialog: (name) => until(() => member(name).lastView(), { what: `a dialog before ${name}` }),
    async lookedUp(login) {
      const look = () => github.requests.slice(earlier).find(({ path }) => path.includes(login));
      await until(look, { what: `a look-up of ${login}` });
    },
    async ready(status, patience = 10_000) {
      const look = async () => ((await fetch(`${running.url}/readyz`)).status === status ? true : undefined);
      await until(look, { patience, what: `/readyz to answer ${status}` });
    },
    announcements,
    announced: (words) => until(async () => (await announcements(words)).at(-1), { what: words }),
  };
}

/** The words of a message or dialog, without what keeps Slack from formatting them. */
export function readText(message: unknown): string {
  return visibleText(message).replaceAll('\u2060', '');
}

function notEmpty(text: string): string {
  if (text === '') throw new Error('The acknowledgement says nothing.');
  return text;
}
