import type { Redis } from 'ioredis';
import { z } from 'zod';
import { parseJson } from '../draw/json.ts';
import type { Keys } from '../draw/keys.ts';
import { Unreadable } from '../draw/unreadable.ts';
import type { Form, Forms } from './form.ts';
import type { Turn } from './lease.ts';

const form: z.ZodType<Form> = z.object({
  splits: z.number().int(),
  look: z.enum(['full', 'bare', 'text']),
  isBesideOld: z.boolean().optional(),
});

/** How far one message has come. Times are Slack's, in milliseconds since the epoch. What a newer version adds is kept. */
const delivery = z.looseObject({
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
const sweep = z.looseObject({
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

/** The messages that this version knows of; a newer one may have others. */
const KNOWN = /^(?:draw|drawing \S+|winners [\d.]+)$/;

/** In place of what a newer version keeps of a message that it alone knows: it is at work on it, and nobody else is. */
const ANOTHERS: Delivery = { digest: '', updatedAt: 0, pendingSince: 0 };

/** The state of delivery of a draw's messages, as it stands in Redis: each message by itself. */
export class Deliveries {
  readonly #turn: Turn;
  readonly #key: string;
  readonly #id: string;
  readonly #messages = new Map<string, Delivery>();
  /** The messages of which this version cannot read how far they have come. */
  readonly #unreadable = new Set<string>();
  #sweep: Sweep | undefined;

  private constructor(turn: Turn, key: string, id: string, kept: Readonly<Record<string, string>>) {
    this.#turn = turn;
    this.#key = key;
    this.#id = id;
    for (const [part, json] of Object.entries(kept)) {
      if (part === SWEEP) continue;
      const state = parseJson(json, delivery);
      if (state) this.#messages.set(part, state);
      else this.#unreadable.add(part);
    }
    // One that a newer version has planned in another form is that version's.
    this.#sweep = kept[SWEEP] === undefined ? undefined : parseJson(kept[SWEEP], sweep);
  }

  /**
   * Reads it.
   * @throws when Redis does not answer
   */
  static async load(redis: Redis, keys: Keys, id: string, turn: Turn): Promise<Deliveries> {
    const key = keys.draw(id).messages;
    return new Deliveries(turn, key, id, await redis.hgetall(key));
  }

  /**
   * How far a message has come; undefined: it has not been begun.
   * @throws Unreadable where a newer version says that in its own way: who took that for nothing would post it again
   */
  get(part: string): Delivery | undefined {
    if (!this.#unreadable.has(part)) return this.#messages.get(part);
    if (KNOWN.test(part)) throw new Unreadable(this.#id, 'state of a message', part);
    return ANOTHERS;
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
    const kept = state && { ...foreignIn(this.#messages.get(part), delivery), ...state };
    await this.#turn.write(this.#key, { [part]: kept === undefined ? '' : JSON.stringify(kept) });
    if (kept === undefined) this.#messages.delete(part);
    else this.#messages.set(part, kept);
  }

  /**
   * Keeps when to look for messages that are there twice; undefined: there is nothing to look for.
   * @throws TurnEnded; when Redis does not answer
   */
  async planSweep(planned: Sweep | undefined): Promise<void> {
    const kept = planned && { ...foreignIn(this.#sweep, sweep), ...planned };
    await this.#turn.write(this.#key, { [SWEEP]: kept === undefined ? '' : JSON.stringify(kept) });
    this.#sweep = kept;
  }
}

/** The fields that a newer version has added. */
function foreignIn(
  kept: Readonly<Record<string, unknown>> | undefined,
  { shape }: { readonly shape: object },
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(kept ?? {}).filter(([name]) => !(name in shape)));
}
