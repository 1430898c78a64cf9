import type { Random } from './random.ts';

/** What one draw of a run is to be. */
export interface Plan {
  /** The channel's ID. */
  readonly channel: string;
  /** Whether its keys are those that other programs know. */
  readonly isHome: boolean;
  readonly prizes: readonly string[];
  /** Those who enter through Slack, and those whom another program enters. */
  readonly members: readonly string[];
  readonly others: readonly string[];
  /** Who takes each step: the bot, another program that knows nothing but the six keys, or the draw's timer. */
  readonly opens: 'bot' | 'peer';
  readonly closes: 'bot' | 'peer' | 'timer' | 'pick';
  readonly picks: 'bot' | 'peer';
}

/** Makes a plan by chance. Other programs know the home channel's draw and no other. */
export function makePlan(random: Random, name: string, channel: string, isHome: boolean): Plan {
  // From one message of winners to several.
  const count = random.percent(70) ? random.from(1, 5) : random.from(21, isHome ? 130 : 50);
  const others = Array.from({ length: random.percent(80) ? count + 3 : 1 }, (_, index) => `other${index + 1}`);
  return {
    channel,
    isHome,
    prizes: Array.from({ length: count }, (_, index) => `Prize ${index + 1} of ${name}`),
    members: ['ada', 'grace', 'linus', 'margaret'].slice(0, random.from(0, 4)),
    others,
    opens: isHome ? random.one(['bot', 'bot', 'peer']) : 'bot',
    closes: isHome ? random.one(['bot', 'peer', 'timer', 'pick']) : random.one(['bot', 'timer', 'pick']),
    picks: isHome ? random.one(['bot', 'bot', 'peer']) : 'bot',
  };
}
