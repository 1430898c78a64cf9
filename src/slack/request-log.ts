import type { Context } from '@slack/bolt';
import { type Log, type RequestLog, requestLog } from '../log.ts';

const REQUEST_ID = 'requestId';

/** What a receiver hands to Bolt with a request, so that the listener's lines carry the same ID as the receiver's. */
export function withRequestId(id: string): Readonly<Record<string, string>> {
  return { [REQUEST_ID]: id };
}

/** The log for the request that a listener has been given. */
export function logOf(log: Log, context: Context): RequestLog {
  const id: unknown = context[REQUEST_ID];
  return requestLog(log, typeof id === 'string' ? id : undefined);
}
