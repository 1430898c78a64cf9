import type { DrawContext } from './context.ts';
import { findLatest } from './latest.ts';
import { observe } from './observe.ts';

/** Replies that every step may give: these are dealt with here, and the step is taken again. */
type Repeated = readonly ['moved'] | readonly ['unobserved'];
type TooLateReply = readonly ['too_late'];
type Reply = readonly [string, ...unknown[]];

/** How often a step is taken again before that is a fault: each time another program has changed the draw in between. */
const ATTEMPTS = 8;

/** The draw that was meant is over: another has begun in its channel, and nothing was done. */
export type AnotherDraw = readonly ['another_draw'];

/** What every step's script is given: which draw it is taken on, and until when, in seconds by Redis's clock. */
export interface StepArgs {
  readonly deadline: number;
  readonly channel: string;
  readonly draw: string;
}

/**
 * Takes a step on the channel's latest draw, in time or not at all. Where another process has begun another draw, the step is
 * taken on that one; where another program did something that the record does not say yet, that is observed first.
 * @param take sends the script, with what every step is given, and the time by Redis's clock, in milliseconds since the
 *   epoch; it is called again where the step is taken again
 * @throws when Redis does not answer, or too late
 */
export async function step<T extends Reply>(
  context: DrawContext,
  take: (args: StepArgs, now: number) => Promise<T>,
): Promise<Exclude<T, Repeated | TooLateReply> | AnotherDraw> {
  const { clock, channel, latest } = context;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (isAnother(context)) return ['another_draw'];
    const reply = await clock.inTime((deadline, now) => take({ deadline, channel, draw: latest.id }, now));
    if (isSettled(reply)) return reply;
    if (reply[0] === 'moved') await findLatest(context);
    else await observe(context, { isFinal: true });
  }
  throw new Error('Other programs change the draw again and again.');
}

/** Whether another draw is the channel's latest than the one that is meant. */
export function isAnother({ only, latest }: DrawContext): boolean {
  return only !== undefined && only !== latest.id;
}

function isSettled<T extends Reply>(reply: T): reply is Exclude<T, Repeated | TooLateReply> {
  return reply[0] !== 'moved' && reply[0] !== 'unobserved';
}
