import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Keys } from '../draw/keys.ts';
import type { Form, Forms } from './form.ts';
import type { Turn } from './lease.ts';

const form: z.ZodType<Form> = z.object({
  splits: z.number().int(),
  look: z.enum(['full', 'bare', 'text']),
  isBesideOld: z.boolean().optional(),
});

/** How far one message has come. Times are Slack's, in milliseconds since the epoch. */
const delivery = z.object({
  /** Where it is: Slack's timestamp; undefined before it has been posted. */
  ts: z.string().optional(),
  /** Digest of what it says; empty where that is not known. */
  digest: z.string(),
  /** When it was last posted or changed. */
  updatedAt: z.number(),
  /** Since when it is being posted: it may be in the channel although no answer came. */
  pendingSince: z.number().optional(),
  /** How far the channel has been looked through for it, the newest first: to the message with this timestamp. */
  lookedTo: z.string().optional(),
  /** How it is sent, where Slack refused it whole; every later change is made in this form, too. */
  form: form.optional(),
  /** What it says that nobody may miss, as `gistOf` has it. */
  gist: z.string().optional(),
  /** A message, by its timestamp, whose place this one takes: it could not be changed. */
  old: z.string().optional(),
});
export type Delivery = z.infer<typeof delivery>;

/** What is kept of a message that is not there, and is not being posted: its form, and the one whose place it is to take. */
export function unposted(state: Delivery | undefined): Delivery | undefined {
  if (state?.form === undefined && state?.old === undefined) return undefined;
  const { form, old } = state;
  return { digest: '', updatedAt: 0, ...(form && { form }), ...(old && { old }) };
}

/** Messages that may be there twice: a call can take effect long after its answer was given up. */
const sweep = z.object({
  /** Since when messages may have come that nobody knows of. */
  since: z.number(),
  /** When to look through the channel, and how often more after that. */
  at: z.number(),
  more: z.number().int(),
  /** How far the channel has been looked through, the newest first: to the message with this timestamp. */
  lookedTo: z.string().optional(),
});
export type Sweep = z.infer<typeof sweep>;

/** The field of the sweep; no message has this name. */
const SWEEP = 'sweep';

/** The state of delivery of a draw's messages, as it stands in Redis: each message by itself. */
export class Deliveries {
  readonly #turn: Turn;
  readonly #key: string;
  readonly #messages: Map<string, Delivery>;
  #sweep: Sweep | undefined;

  private constructor(turn: Turn, key: string, messages: Map<string, Delivery>, planned: Sweep | undefined) {
    this.#turn = turn;
    this.#key = key;
    this.#messages = messages;
    this.#sweep = planned;
  }

  /**
   * Reads it.
   * @throws when Redis does not answer, or holds what is not ours
   */
  static async load(redis: Redis, keys: Keys, id: string, turn: Turn): Promise<Deliveries> {
    const key = keys.draw(id).messages;
    const { [SWEEP]: planned, ...messages } = await redis.hgetall(key);
    const parsed = Object.entries(messages).map(([part, json]) => [part, delivery.parse(JSON.parse(json))] as const);
    return new Deliveries(
      turn,
      key,
      new Map(parsed),
      planned === undefined ? undefined : sweep.parse(JSON.parse(planned)),
    );
  }

  get(part: string): Delivery | undefined {
    return this.#messages.get(part);
  }

  get sweep(): Sweep | undefined {
    return this.#sweep;
  }

  /** How those messages are sent that Slack refused whole. */
  get forms(): Forms {
    return new Map(
      [...this.#messages].flatMap(([part, { form }]) => (form === undefined ? [] : [[part, form] as const])),
    );
  }

  /** Every message that has been posted or is being posted. */
  get parts(): ReadonlyMap<string, Delivery> {
    return this.#messages;
  }

  /**
   * Keeps how far a message has come, in Redis too.
   * @throws TurnEnded; when Redis does not answer
   */
  async put(part: string, state: Delivery | undefined): Promise<void> {
    await this.#turn.write(this.#key, { [part]: state === undefined ? '' : JSON.stringify(state) });
    if (state === undefined) this.#messages.delete(part);
    else this.#messages.set(part, state);
  }

  /**
   * Keeps when to look for messages that are there twice; undefined: there is nothing to look for.
   * @throws TurnEnded; when Redis does not answer
   */
  async planSweep(planned: Sweep | undefined): Promise<void> {
    await this.#turn.write(this.#key, { [SWEEP]: planned === undefined ? '' : JSON.stringify(planned) });
    this.#sweep = planned;
  }
}
