import { setTimeout as sleep } from 'node:timers/promises';
import { person } from '../workspace/people.ts';
import { type FaultFixture, insistForGood, type Moment } from './fixture.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';

/** A draw that is being run. */
export interface Story {
  readonly fixture: FaultFixture;
  readonly plan: Plan;
  readonly random: Random;
  /** Told of each moment that the draw comes to. */
  readonly reach: (moment: Moment) => void;
}

/** Runs a draw from its start to the pick, as organisers, members and another program would; each tries until it works. */
export async function tell(story: Story): Promise<void> {
  const { fixture, plan, random, reach } = story;
  const { redis } = fixture;
  const { entrants } = fixture.keys.shared(plan.channel);
  const everybody = [...plan.members, ...plan.others];
  for (const login of everybody) {
    const json = { login, name: `Name of ${login}`, avatar_url: `https://avatars.example/${login}`, type: 'User' };
    await insistForGood(fixture, () => redis.set(fixture.keys.profile(login), JSON.stringify(json), 'EX', 3600));
  }
  reach('before the opening');
  await sleep(random.from(0, 1_000));

  await open(story);
  reach('open');
  await insistForGood(fixture, () => redis.sadd(entrants, ...plan.others));
  for (const name of plan.members) {
    await until(
      fixture,
      () => command(story, name, `enter ${name}`),
      async () => (await redis.sismember(entrants, name)) === 1,
    );
    await sleep(random.from(0, 300));
  }
  await sleep(random.from(0, 3_000));
  await close(story);
  reach('closed');
  await sleep(random.from(0, 3_000));
  reach('picking');
  await pick(story);
  reach('picked');
}

async function open(story: Story): Promise<void> {
  const { fixture } = story;
  const { redis, keys } = fixture;
  const { channel, opens, prizes, closes } = story.plan;
  const shared = keys.shared(channel);
  const isOpen = async (): Promise<boolean> => (await redis.exists(shared.isOpen)) === 1;
  const quoted = prizes.map((prize) => `"${prize}"`).join(' ');
  if (opens === 'bot') {
    // Nobody types it again before it is answered: a process that was frozen would start a second draw when it goes on.
    return until(
      fixture,
      () => command(story, 'olivia', `start ${quoted}${closes === 'timer' ? ' for 30m' : ''}`, 'admin'),
      isOpen,
      60_000,
    );
  }
  await insistForGood(fixture, () =>
    redis
      .multi()
      .del(shared.prizes, shared.entrants, shared.winners, shared.winnersJson)
      .sadd(shared.prizes, ...prizes)
      .set(shared.isOpen, 'true')
      .exec(),
  );
}

async function close(story: Story): Promise<void> {
  const { fixture } = story;
  const { redis, keys } = fixture;
  const { channel, closes } = story.plan;
  const shared = keys.shared(channel);
  const isClosed = async (): Promise<boolean> => (await redis.exists(shared.isOpen)) === 0;
  if (closes === 'bot') await until(fixture, () => command(story, 'olivia', 'close', 'admin'), isClosed);
  if (closes === 'peer') await insistForGood(fixture, () => redis.del(shared.isOpen));
  if (closes === 'timer') {
    await insistForGood(fixture, () => redis.pexpire(shared.isOpen, story.random.from(500, 3_000)));
    await until(fixture, async () => {}, isClosed);
  }
}

async function pick(story: Story): Promise<void> {
  const { fixture } = story;
  const { redis, keys } = fixture;
  const { channel, picks, prizes, members, others } = story.plan;
  const shared = keys.shared(channel);
  const isWon = async (): Promise<boolean> => (await redis.exists(shared.winners)) === 1;
  if (picks === 'bot') return until(fixture, () => command(story, 'olivia', 'pick', 'admin'), isWon);
  const entrants = [...members, ...others];
  const pairs = prizes.slice(0, entrants.length).map((prize, index) => [prize, entrants[index] ?? ''] as const);
  await insistForGood(fixture, () =>
    redis
      .multi()
      .del(shared.isOpen, shared.winnersJson, shared.entrants)
      .hset(shared.winners, new Map(pairs))
      .srem(shared.prizes, ...pairs.map(([prize]) => prize))
      .exec(),
  );
}

/** Tries until it is so, as a person does who presses again; at most 2 minutes. */
async function until(
  fixture: FaultFixture,
  attempt: () => Promise<unknown>,
  isSo: () => Promise<boolean>,
  answeredWithin = 4_000,
): Promise<void> {
  for (const end = Date.now() + 120_000; !(await insistForGood(fixture, isSo)); await sleep(200)) {
    if (Date.now() > end) throw new Error('A step could not be taken for 2 minutes.');
    await Promise.race([attempt().catch(() => {}), sleep(answeredWithin, undefined, { ref: false })]);
  }
}

/** Types a command that names the draw's channel, to any process of the bot that is up. */
async function command(
  { fixture: { slack, bots }, random, plan }: Story,
  name: string,
  text: string,
  from = 'random',
): Promise<void> {
  const [first, ...more] = bots.filter((bot) => bot.isUp());
  if (first === undefined) return;
  const { transport } = random.one([first, ...more]);
  await person(slack, transport, name).command(`${text} in <#${plan.channel}>`, { channel: from, escape: false });
}
