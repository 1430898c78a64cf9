import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { type Dump, dump, shared, type Written, write } from '../../draw/suite/bench.ts';
import { redisInstalled, startRedis, type TestRedis } from '../../support/redis.ts';
import { type Stage, type StageOptions, setStage, until } from '../../support/stage.ts';
import type { ChannelMessage, Shown } from '../../workspace/messages.ts';
import { type Answer, type Person, person } from '../../workspace/people.ts';
import { visibleText } from '../../workspace/read.ts';
import type { View } from '../../workspace/views.ts';
import { Checks } from './checks.ts';

/** The real bot over signed HTTP, on a real Redis, with an emulated Slack and GitHub. */
export interface World {
  readonly stage: Stage;
  readonly server: TestRedis;
  readonly redis: Redis;
  /** A member of the workspace; whatever the bot answers them is checked against Slack's limits. */
  member(name: string): Person;
  /** Types a command, and waits for what the person sees. */
  type(name: string, text: string, channel?: string): Promise<Shown>;
  /** The same, as the words they read. */
  says(name: string, text: string, channel?: string): Promise<string>;
  /** The dialog before a person, once it has opened. */
  dialog(name: string): Promise<View>;
  /** The shared keys of the draw, written as another program would. */
  write(keys: Written): Promise<void>;
  /** The shared keys, and nothing of the bot's own. */
  keys(): Promise<Dump>;
  announcements(): Promise<ChannelMessage[]>;
  announced(words: string, patience?: number): Promise<ChannelMessage>;
}

/** The six states of a draw, as other programs may have left them. */
export const STATES = {
  NO_DRAW: {},
  DRAW_OPEN_NO_ENTRANTS: { open: true, prizes: ['A book', 'A mug'] },
  DRAW_OPEN_WITH_ENTRANTS: { open: true, prizes: ['A book', 'A mug'], entrants: ['ken', 'barbara'] },
  DRAW_CLOSED_NO_ENTRANTS: { prizes: ['A book', 'A mug'] },
  DRAW_CLOSED_WITH_ENTRANTS: { prizes: ['A book', 'A mug'], entrants: ['ken', 'barbara'] },
  DRAW_WON: {
    wins: [
      { prize: 'A book', login: 'ken' },
      { prize: 'A mug', login: 'barbara' },
    ],
  },
} as const satisfies Record<string, Written>;

export type State = keyof typeof STATES;

/** Declares tests in a world of their own; each begins with an empty Redis and a GitHub that answers. */
export function inWorld(what: string, tests: (world: () => World) => void, options: StageOptions = {}): void {
  const skipped = !redisInstalled();
  describe.skipIf(skipped)(skipped ? `${what} (skipped: redis-server is not installed here)` : what, () => {
    let world: World | undefined;
    let checks: Checks | undefined;
    let end = async (): Promise<void> => {};
    const there = (): World => {
      if (world === undefined) throw new Error('The world has not been made.');
      return world;
    };

    beforeAll(async () => {
      const server = await startRedis();
      const stage = await setStage({ redisUrl: server.url, ...options });
      checks = new Checks(stage);
      world = makeWorld(stage, server, checks);
      end = async () => {
        await stage.close();
        await server.close();
      };
    });
    afterAll(() => end());
    beforeEach(async () => {
      const { github, slack } = there().stage;
      github.heal();
      for (const { view } of slack.openViews()) slack.views.shut(view.id);
      await there().redis.flushall();
    });
    afterEach(() => expect(checks?.problems()).toEqual([]));

    tests(there);
  });
}

function makeWorld(stage: Stage, server: TestRedis, checks: Checks): World {
  const redis = server.client();
  const member = (name: string): Person => person(stage.slack, checks.transport, name);
  const type = async (name: string, text: string, channel?: string): Promise<Shown> =>
    shownOf(await member(name).command(text, channel === undefined ? {} : { channel }));
  return {
    stage,
    server,
    redis,
    member,
    type,
    says: async (...typed) => readText(await type(...typed)),
    dialog: (name) => until(() => member(name).lastView(), { what: `a dialog before ${name}` }),
    write: (keys) => write(redis, keys),
    keys: async () => shared(await dump(redis)),
    announcements: stage.announcements,
    announced: stage.announced,
  };
}

/** What a person sees of an answer, wherever it came. */
export async function shownOf(answer: Answer): Promise<Shown> {
  expect(answer.ack.status).toBe(200);
  return answer.message ?? answer.later();
}

/** The words of a message or dialog, without what keeps Slack from formatting them. */
export function readText(message: unknown): string {
  return visibleText(message).replaceAll('\u2060', '');
}
