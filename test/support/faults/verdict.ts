import { setTimeout as sleep } from 'node:timers/promises';
import { isFields } from '../workspace/json.ts';
import type { ChannelMessage } from '../workspace/messages.ts';
import type { Call } from '../workspace/proxy.ts';
import { buttons, visibleText } from '../workspace/read.ts';
import { type FaultFixture, insist } from './fixture.ts';
import type { Plan } from './plan.ts';
import { whatIsLeft } from './settled.ts';

/** What came of one draw, or of several. */
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

/** For so long, nothing more may be posted after that, in milliseconds. */
const QUIET = 5_000;

/** Waits until all is as it should be and stays so, or the bot has had time enough; then judges each draw. */
export async function judge(fixture: FaultFixture, plans: readonly Plan[]): Promise<readonly Verdict[]> {
  const all = (): Promise<readonly Verdict[]> => Promise.all(plans.map((plan) => verdict(fixture, plan)));
  let before = 0;
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(500)) {
    const verdicts = await all();
    if (!verdicts.every(isRight)) before = 0;
    else if (before === 0) before = Date.now();
    else if (Date.now() - before > QUIET) return verdicts;
  }
  return all();
}

export function isRight({ lost, doubled, wrong }: Verdict): boolean {
  return lost === 0 && doubled === 0 && wrong.length === 0;
}

async function verdict(fixture: FaultFixture, plan: Plan): Promise<Verdict> {
  const { slack, redis, keys, bots } = fixture;
  const { channel } = plan;
  const messages = await slack.messages(channel);
  const winners = await insist(() => redis.hgetall(keys.shared(channel).winners));
  const announced = messages.flatMap(winnersIn);
  const wanted = plan.prizes.filter((prize) => prize in winners).map((prize) => `${prize}: ${winners[prize]}`);
  const times = (each: string): number => announced.filter((other) => other === each).length;
  const openings = messages.filter((message) => /A prize draw is open|Prize draw: closed/.test(visibleText(message)));
  const drawings = messages.map((message) => visibleText(message)).filter((text) => text.includes('Drawing from'));
  const ofWinners = messages.filter((message) => winnersIn(message).length > 0);
  const posted = bots.flatMap(({ slack: { calls } }) => calls.filter((call) => arrived(call, channel))).length;

  const wrong = [...wrongOpenings(openings, plan), ...(await wrongKeys(fixture, plan, winners))];
  if (wanted.every((each) => times(each) === 1) && announced.join() !== wanted.join()) wrong.push('not in order');
  if ((await slack.messages(fixture.elsewhere)).length > 0) wrong.push('announced elsewhere');
  const left = await whatIsLeft(fixture, channel);
  if (left !== undefined) wrong.push(left);
  return {
    lost: wanted.filter((each) => times(each) === 0).length + (openings.length === 0 && plan.opens === 'bot' ? 1 : 0),
    doubled:
      wanted.reduce((sum, each) => sum + Math.max(0, times(each) - 1), 0) +
      Math.max(0, openings.length - 1) +
      (drawings.length - new Set(drawings).size),
    takenBack: Math.max(0, posted - ofWinners.length - openings.length - drawings.length),
    wrong,
  };
}

function arrived({ path, body, status, answer }: Call, channel: string): boolean {
  const isOk = status === 200 && isFields(answer) && answer['ok'] === true;
  return isOk && path.endsWith('chat.postMessage') && body['channel'] === channel;
}

/** "prize: login" for each winner that a message announces, in its order. */
function winnersIn(message: ChannelMessage): string[] {
  const wins = /\*(?<prize>.+)\*\n(?:.+\n)?<https:\/\/github\.com\/(?<login>[^|]+)\|/g;
  return [...visibleText(message).matchAll(wins)].map(({ groups = {} }) =>
    `${groups['prize']}: ${groups['login']}`.replaceAll('\u2060', ''),
  );
}

function wrongOpenings(openings: readonly ChannelMessage[], { prizes }: Plan): string[] {
  const hasThem = (message: ChannelMessage): boolean =>
    prizes.length > 10 || prizes.every((prize) => visibleText(message).includes(prize));
  const isClosed = (message: ChannelMessage): boolean =>
    buttons(message).length === 0 && visibleText(message).includes('closed');
  return [
    ...(openings.every(hasThem) ? [] : ['announced with other prizes']),
    ...(openings.every(isClosed) ? [] : ['not marked closed']),
  ];
}

/** The shared keys after a draw: each prize is won once or left, nobody waits, nothing is open. */
async function wrongKeys(
  { redis, keys }: FaultFixture,
  { channel, prizes, members, others }: Plan,
  winners: Readonly<Record<string, string>>,
): Promise<string[]> {
  const shared = keys.shared(channel);
  const entrants = members.length + others.length;
  const left = await insist(() => redis.smembers(shared.prizes));
  const wrong: string[] = [];
  if ((await insist(() => redis.exists(shared.isOpen, shared.entrants))) !== 0) wrong.push('not over');
  if ([...left, ...Object.keys(winners)].toSorted().join() !== prizes.toSorted().join()) {
    wrong.push('prizes are not what they were');
  }
  if (new Set(Object.values(winners)).size !== Math.min(entrants, prizes.length)) {
    wrong.push('another number of winners');
  }
  return wrong;
}
