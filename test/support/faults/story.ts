import { setTimeout as sleep } from 'node:timers/promises';
import { person } from '../workspace/people.ts';
import { type FaultFixture, insist } from './fixture.ts';

/** What a draw of one run is to be. */
export interface Plan {
  readonly prizes: readonly string[];
  /** Those who enter through Slack, and those whom another program enters. */
  readonly members: readonly string[];
  readonly others: readonly string[];
  /** Who takes each step: the bot, another program that knows nothing but the six keys, or the draw's timer. */
  readonly opens: 'bot' | 'peer';
  readonly closes: 'bot' | 'peer' | 'timer' | 'pick';
  readonly picks: 'bot' | 'peer';
}

/** Makes a plan by chance. */
export function makePlan({ random }: FaultFixture, run: number): Plan {
  // Up to 49 winners are one message.
  const count = random.percent(70) ? random.from(1, 5) : random.from(60, 130);
  const others = Array.from({ length: random.percent(80) ? count + 3 : 1 }, (_, index) => `other${index + 1}`);
  return {
    prizes: Array.from({ length: count }, (_, index) => `Prize ${index + 1} of run ${run}`),
    members: ['ada', 'grace', 'linus', 'margaret'].slice(0, random.from(0, 4)),
    others,
    opens: random.one(['bot', 'bot', 'peer']),
    closes: random.one(['bot', 'peer', 'timer', 'pick']),
    picks: random.one(['bot', 'bot', 'peer']),
  };
}

/** Runs a draw from its start to the pick, as organisers, members and another program would; each tries until it works. */
export async function tell(fixture: FaultFixture, plan: Plan): Promise<void> {
  const { redis, random } = fixture;
  const everybody = [...plan.members, ...plan.others];
  for (const login of everybody) {
    const json = { login, name: `Name of ${login}`, avatar_url: `https://avatars.example/${login}`, type: 'User' };
    await insist(() => redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json), 'EX', 3600));
  }
  fixture.reach('before the opening');
  await sleep(random.from(0, 1_000));

  await open(fixture, plan);
  fixture.reach('open');
  await insist(() => redis.sadd('prizedraw:entrants', ...plan.others));
  for (const name of plan.members) {
    await until(
      () => command(fixture, name, `enter ${name}`),
      async () => {
        return (await redis.sismember('prizedraw:entrants', name)) === 1;
      },
    );
    await sleep(random.from(0, 300));
  }
  await sleep(random.from(0, 3_000));
  await close(fixture, plan);
  fixture.reach('closed');
  await sleep(random.from(0, 3_000));
  fixture.reach('picking');
  await pick(fixture, plan);
  fixture.reach('picked');
}

async function open(fixture: FaultFixture, { opens, prizes, closes }: Plan): Promise<void> {
  const { redis } = fixture;
  const isOpen = async (): Promise<boolean> => (await redis.exists('prizedraw:is_open')) === 1;
  const quoted = prizes.map((prize) => `"${prize}"`).join(' ');
  if (opens === 'bot') {
    await until(
      () => command(fixture, 'olivia', `start ${quoted}${closes === 'timer' ? ' for 30m' : ''}`, 'admin'),
      isOpen,
    );
  } else {
    await insist(() =>
      redis
        .multi()
        .del('prizedraw:prizes', 'prizedraw:entrants', 'prizedraw:winners', 'prizedraw:winners_json')
        .sadd('prizedraw:prizes', ...prizes)
        .set('prizedraw:is_open', 'true')
        .exec(),
    );
  }
}

async function close(fixture: FaultFixture, { closes }: Plan): Promise<void> {
  const { redis, random } = fixture;
  const isClosed = async (): Promise<boolean> => (await redis.exists('prizedraw:is_open')) === 0;
  if (closes === 'bot') await until(() => command(fixture, 'olivia', 'close', 'admin'), isClosed);
  if (closes === 'peer') await insist(() => redis.del('prizedraw:is_open'));
  if (closes === 'timer') {
    await insist(() => redis.pexpire('prizedraw:is_open', random.from(500, 3_000)));
    await until(async () => {}, isClosed);
  }
}

async function pick(fixture: FaultFixture, { picks, prizes, members, others }: Plan): Promise<void> {
  const { redis } = fixture;
  const isWon = async (): Promise<boolean> => (await redis.exists('prizedraw:winners')) === 1;
  if (picks === 'bot') return until(() => command(fixture, 'olivia', 'pick', 'admin'), isWon);
  const entrants = [...members, ...others];
  const pairs = prizes.slice(0, entrants.length).map((prize, index) => [prize, entrants[index] ?? ''] as const);
  await insist(() =>
    redis
      .multi()
      .del('prizedraw:is_open', 'prizedraw:winners_json', 'prizedraw:entrants')
      .hset('prizedraw:winners', new Map(pairs))
      .srem('prizedraw:prizes', ...pairs.map(([prize]) => prize))
      .exec(),
  );
}

/** Tries until it is so, as a person does who presses again; at most 2 minutes. */
async function until(attempt: () => Promise<unknown>, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !(await insist(isSo)); await sleep(200)) {
    if (Date.now() > end) throw new Error('A step could not be taken for 2 minutes.');
    await Promise.race([attempt().catch(() => {}), sleep(4_000, undefined, { ref: false })]);
  }
}

/** Types a command, to any process of the bot that is up. */
async function command(
  { slack, bots, random }: FaultFixture,
  name: string,
  text: string,
  channel = 'random',
): Promise<void> {
  const [first, ...more] = bots.filter((bot) => bot.isUp());
  if (first === undefined) return;
  await person(slack, random.one([first, ...more]).transport, name).command(text, { channel });
}
