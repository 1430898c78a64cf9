import type { EnterResult } from './blocks/entering.ts';

/** What became of a command, a press of a button or a dialog that was sent. */
export type RequestOutcome =
  | 'answered'
  /** There was no answer, but a dialog. */
  | 'dialog_opened'
  /** Not from this channel, or not by this process. */
  | 'refused'
  | 'too_long'
  /** With an apology. */
  | 'failed';

/** What became of an entry. */
export type EntryOutcome = EnterResult['kind'] | 'failed';

/** Told what becomes of what people ask for, by whoever counts it. No method throws. */
export interface RequestCounts {
  /** @param seconds from when it came in until its answer was known */
  command(name: string, outcome: RequestOutcome, seconds: number): void;
  button(id: string, outcome: RequestOutcome): void;
  dialog(id: string, outcome: RequestOutcome): void;
  /** @param seconds with the look-up at GitHub, where there was one */
  entry(outcome: EntryOutcome, seconds: number): void;
  /**
   * The first acknowledgement of a request was sent.
   * @param seconds from when the request had been read and its signature checked
   */
  acknowledged(seconds: number): void;
}

/** How long ago that was, in seconds; `began` by `performance.now()`. */
export function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
