import { setTimeout as sleep } from 'node:timers/promises';
import { isFields } from '../workspace/json.ts';
import type { ChannelMessage } from '../workspace/messages.ts';
import { buttons, visibleText } from '../workspace/read.ts';
import { type FaultFixture, insist } from './fixture.ts';
import type { Plan } from './story.ts';

/** What came of a run. */
export interface Verdict {
  /** Winners and announcements of the draw that are missing. */
  readonly lost: number;
  /** Those that are there more than once. */
  readonly doubled: number;
  /** Messages that were there twice for a while, until the bot took one away. */
  readonly takenBack: number;
  /** Everything else that is not as it should be. */
  readonly wrong: readonly string[];
}

/** How long the bot may take until all is as it should be, in milliseconds: it tries ever more rarely. */
const PATIENCE = 400_000;

/** Waits until all is as it should be, or the bot has had time enough, and some more; then judges what is there. */
export async function judge(fixture: FaultFixture, plan: Plan): Promise<Verdict> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(500)) {
    if ((await isSettled(fixture)) && isRight(await verdict(fixture, plan))) break;
  }
  // Nothing may be posted any more.
  await sleep(5_000);
  return verdict(fixture, plan);
}

export function isRight({ lost, doubled, wrong }: Verdict): boolean {
  return lost === 0 && doubled === 0 && wrong.length === 0;
}

/** Whether the bot believes that it is done, and doubts nothing. */
async function isSettled({ redis }: FaultFixture): Promise<boolean> {
  const json: unknown = JSON.parse((await insist(() => redis.get('prizedraw:slack:announced'))) ?? '{}');
  if (!isFields(json)) return false;
  const { phase, announcing, doubts } = json;
  return phase === 'won' && JSON.stringify([announcing, doubts]) === '[[],[]]';
}

async function verdict({ slack, redis, bots }: FaultFixture, plan: Plan): Promise<Verdict> {
  const messages = await slack.messages(slack.channels.announce);
  const winners = await insist(() => redis.hgetall('prizedraw:winners'));
  const announced = messages.flatMap(winnersIn);
  const wanted = plan.prizes.filter((prize) => prize in winners).map((prize) => `${prize}: ${winners[prize]}`);
  const times = (each: string): number => announced.filter((other) => other === each).length;
  const openings = messages.filter((message) => /A prize draw is open|Prize draw: closed/.test(visibleText(message)));
  const drawings = messages.map((message) => visibleText(message)).filter((text) => text.includes('Drawing from'));
  const posted = bots.flatMap(({ slack: { calls } }) => calls.filter(arrived)).length;

  const wrong: string[] = [];
  if (wanted.every((each) => times(each) === 1) && announced.join() !== wanted.join()) wrong.push('not in order');
  if (
    openings.some(
      (message) => !plan.prizes.every((prize) => visibleText(message).includes(prize) || plan.prizes.length > 10),
    )
  )
    wrong.push('announced with other prizes');
  if (openings.some((message) => buttons(message).length > 0 || !visibleText(message).includes('closed')))
    wrong.push('not marked closed');
  wrong.push(...(await wrongKeys({ redis }, plan, winners)));
  return {
    lost: wanted.filter((each) => times(each) === 0).length + (openings.length === 0 && plan.opens === 'bot' ? 1 : 0),
    doubled:
      wanted.reduce((sum, each) => sum + Math.max(0, times(each) - 1), 0) +
      Math.max(0, openings.length - 1) +
      drawings.length -
      new Set(drawings).size,
    takenBack: Math.max(
      0,
      posted - messages.filter((message) => winnersIn(message).length > 0).length - openings.length - drawings.length,
    ),
    wrong,
  };
}

function arrived({ path, status, answer }: { path: string; status?: number; answer?: unknown }): boolean {
  return path.endsWith('chat.postMessage') && status === 200 && isFields(answer) && answer['ok'] === true;
}

/** "prize: login" for each winner that a message announces, in its order. */
function winnersIn(message: ChannelMessage): string[] {
  const wins = /\*(?<prize>.+)\*\n(?:.+\n)?<https:\/\/github\.com\/(?<login>[^|]+)\|/g;
  return [...visibleText(message).matchAll(wins)].map(({ groups = {} }) =>
    `${groups['prize']}: ${groups['login']}`.replaceAll('\u2060', ''),
  );
}

/** The six keys after a draw: each prize is won once or left, nobody waits, nothing is open. */
async function wrongKeys({ redis }: Pick<FaultFixture, 'redis'>, plan: Plan, winners: Record<string, string>) {
  const wrong: string[] = [];
  const entrants = plan.members.length + plan.others.length;
  const left = await insist(() => redis.smembers('prizedraw:prizes'));
  if ((await insist(() => redis.exists('prizedraw:is_open', 'prizedraw:entrants'))) !== 0) wrong.push('not over');
  if ([...left, ...Object.keys(winners)].toSorted().join() !== [...plan.prizes].toSorted().join())
    wrong.push('prizes are not what they were');
  if (new Set(Object.values(winners)).size !== Math.min(entrants, plan.prizes.length))
    wrong.push('another number of winners');
  return wrong;
}
