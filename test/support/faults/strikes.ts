import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../workspace/faults.ts';
import type { Bot } from './bot.ts';
import type { Differences, FaultFixture, Moment } from './fixture.ts';

/** A kind of fault: how many processes of the bot take part, and what befalls them while a draw is run. */
export interface Kind {
  readonly name: string;
  readonly processes: number;
  /** In what they differ. */
  readonly differences?: Differences;
  strike(fixture: FaultFixture): Promise<void>;
}

const MOMENTS = ['before the opening', 'open', 'closed', 'picking', 'picked'] as const;

/** By then, a draw that was picked has been announced, in milliseconds. */
const ANNOUNCED_BY = 30_000;

/** Waits for a moment of the draw, and some time after that. */
export async function some(fixture: FaultFixture, moments: readonly [Moment, ...Moment[]] = MOMENTS): Promise<void> {
  await fixture.reached(fixture.random.one(moments));
  await sleep(fixture.random.from(0, 1_500));
}

/** So many characters of blocks are refused as too long: about a dozen winners, or a long list of prizes. */
export const LONG = 3_000;

export const isWrite = (path: string): boolean => /\/chat\.(?:postMessage|update)/.test(path);
const isPost = (path: string): boolean => path.includes('/chat.postMessage');

/** Slack misbehaves for some calls of each process, from the beginning. */
export function slack(name: string, fault: (fixture: FaultFixture) => Fault, matches = isWrite): Kind {
  return {
    name,
    processes: 2,
    async strike(fixture) {
      const befalls = fault(fixture);
      for (const bot of fixture.bots) {
        // Some calls pass before it, and between two of them.
        const strikes = (path: string): boolean => {
          if (!matches(path) || !fixture.random.percent(60)) return false;
          fixture.injected++;
          return true;
        };
        bot.slack.fault(strikes, befalls, fixture.random.from(2, fixture.mostStrikes));
      }
    },
  };
}

/**
 * Waits until a process posts something for the n-th time, all of them counted.
 * @param befalls what happens to that call; without, it goes on
 * @returns undefined when nobody does: of a draw that another program ran in a moment, only the winners are posted
 */
export function posting(fixture: FaultFixture, nth: number, befalls?: Fault): Promise<Bot | undefined> {
  return new Promise((resolve) => {
    void fixture.reached('picked').then(() => setTimeout(() => resolve(undefined), ANNOUNCED_BY));
    let count = 0;
    for (const bot of fixture.bots) {
      const strikes = (path: string): boolean => {
        if (!isPost(path) || ++count !== nth) return false;
        resolve(bot);
        return befalls !== undefined;
      };
      bot.slack.fault(strikes, befalls ?? { kind: 'hang' });
    }
  });
}

/** Something happens to the process that is just posting. */
export function whilePosting(
  name: string,
  processes: number,
  strike: (fixture: FaultFixture, bot: Bot) => Promise<void>,
): Kind {
  return {
    name,
    processes,
    async strike(fixture) {
      const bot = await posting(fixture, fixture.random.from(1, 5));
      if (bot === undefined) return;
      // The call takes a few milliseconds; before, within and after it.
      await sleep(fixture.random.from(0, 12));
      fixture.injected++;
      await strike(fixture, bot);
    },
  };
}

export async function killed(fixture: FaultFixture, bot: Bot): Promise<void> {
  await bot.end('SIGKILL');
  await sleep(fixture.random.from(0, 2_000));
  await bot.start();
}

export async function frozen(fixture: FaultFixture, bot: Bot): Promise<void> {
  bot.signal('SIGSTOP');
  await sleep(fixture.random.from(14_000, 20_000));
  bot.signal('SIGCONT');
}
