import type { Draw, Draws } from '../draw/index.ts';
import type { Registry } from '../draw/registry.ts';

/** Which draw a button or dialog was shown for. */
export interface DrawRef {
  readonly channel: string;
  /** Its ID; undefined: whichever is on in the channel. */
  readonly id: string | undefined;
}

/** Source: docs.slack.dev, "Conversations API": IDs of public and private channels. */
const REF = /^([CG][A-Z0-9]{2,})(?: ([\w-]+)(?: [\w-]+)?)?$/;

/** A draw as the value of a button, or in the metadata of a dialog. */
export function refText({ channel, id }: DrawRef): string {
  return id === undefined || id === '' ? channel : `${channel} ${id}`;
}

/** Reads it, also with a login behind it; undefined where there is none, as in messages of older releases. */
export function parseRef(text: string): DrawRef | undefined {
  const [, channel, id] = REF.exec(text) ?? [];
  return channel === undefined ? undefined : { channel, id };
}

/** Whether another draw has begun in its channel since. */
export function isReplaced({ entries }: Registry, { channel, id }: DrawRef): boolean {
  return id !== undefined && entries.some((entry) => entry.channel === channel && entry.id !== id);
}

/** The draw that is meant, and no other. */
export function drawOf(draws: Draws, { channel, id }: DrawRef): Draw {
  return id === undefined ? draws.in(channel) : draws.only(channel, id);
}
