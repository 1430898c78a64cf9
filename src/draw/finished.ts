import type { DrawContext } from './context.ts';
import type { Win } from './types.ts';

/** A draw whose winners were out when the bot started the next one. */
export interface FinishedDraw {
  /** The ID that the bot had given it; of another program's draw, the one before's; empty where there was none. */
  readonly drawId: string;
  readonly wins: readonly Win[];
}

export interface FinishedDraws {
  /** In the order in which they were. */
  readonly draws: readonly FinishedDraw[];
  /**
   * Forgets these, and none that has come since.
   * @throws when Redis does not answer
   */
  forget(): Promise<void>;
}

/**
 * Reads the winners who made place for the next draw, of each draw since they were last forgotten.
 * @throws when Redis does not answer
 */
export async function finished({ redis, keys }: DrawContext): Promise<FinishedDraws> {
  const items = await redis.lrange(keys.finished, 0, -1);
  const draws: FinishedDraw[] = [];
  for (let index = 0; index < items.length; ) {
    const [head = '', count = '0'] = items.slice(index, index + 2);
    const until = index + 2 + 2 * Math.max(0, Number(count));
    const wins: Win[] = [];
    for (let at = index + 2; at + 1 < Math.min(until, items.length); at += 2) {
      wins.push({ prize: items[at] ?? '', login: items[at + 1] ?? '' });
    }
    draws.push({ drawId: head.replace(/^draw /, ''), wins });
    index = until;
  }
  return {
    draws,
    forget: async () => {
      const [first] = items;
      if (first !== undefined) await redis.drawForget(keys.finished, items.length, first);
    },
  };
}
