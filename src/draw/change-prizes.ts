import { z } from 'zod';
import type { DrawContext } from './context.ts';
import { parseJson } from './json.ts';
import { naturalOrder } from './prizes.ts';
import { type StepArgs, step } from './step.ts';

/** How often to read the record anew, because its prizes were changed between reading and writing. */
const ATTEMPTS = 8;

/** What a script is given that changes prizes: the record's prizes as they were read, and as they are to be, as JSON. */
export interface PrizesArgs extends StepArgs {
  readonly before: string;
  readonly after: string;
}

/**
 * Takes a step that changes the prizes of the channel's draw. The record lists them as JSON, which a script cannot put
 * together: it is read first, and the script changes nothing where that has been changed since.
 * @param changed the prizes as they are to be
 * @param take sends the script
 * @throws when Redis does not answer, or too late
 */
export async function changePrizes<T extends readonly [string, ...unknown[]]>(
  context: DrawContext,
  changed: (now: readonly string[]) => readonly string[],
  take: (args: PrizesArgs) => Promise<T>,
) {
  const { redis, keys, latest } = context;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const reply = await step(context, async (args) => {
      const before = (await redis.hget(keys.draw(latest.id).record, 'prizes')) ?? '';
      const after = changed(parseJson(before, z.array(z.string())) ?? []).toSorted(naturalOrder);
      return take({ ...args, before, after: JSON.stringify(after) });
    });
    if (isSettled(reply)) return reply;
  }
  throw new Error('The prizes of the draw are changed again and again.');
}

function isSettled<T extends readonly [string, ...unknown[]]>(reply: T): reply is Exclude<T, readonly ['changed']> {
  return reply[0] !== 'changed';
}
