import type { Content } from './desired.ts';
import { ChannelError, type Messenger } from './messenger.ts';

/** What Slack is asked for. */
export type Call = 'post' | 'update' | 'delete' | 'look_up' | 'clock';

/** Why a call came to nothing: Slack asks to wait; it is not known whether it was done; this message is refused, or every one. */
export type Reason = 'limited' | 'unsure' | 'message' | 'refused';

/** Told what becomes of messages in channels, by whoever counts it. No method throws. */
export interface MessageCounts {
  posted(kind: Content['kind']): void;
  edited(kind: Content['kind']): void;
  deleted(): void;
  /** A call came to nothing, and is made again later, or with a smaller message. */
  retried(call: Call, reason: Reason): void;
}

/** The same messenger, which also tells what becomes of each call. */
export function counted(messenger: Messenger, counts: MessageCounts): Messenger {
  const noting = <T>(call: Call, work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (error instanceof ChannelError && isRetried(call, error)) counts.retried(call, reasonOf(error));
      throw error;
    });
  return {
    async post(channel, content, ...rest) {
      const ts = await noting('post', messenger.post(channel, content, ...rest));
      counts.posted(content.kind);
      return ts;
    },
    async update(channel, ts, content, ...rest) {
      const change = await noting('update', messenger.update(channel, ts, content, ...rest));
      if (change === 'done') counts.edited(content.kind);
      return change;
    },
    async remove(...asked) {
      const removal = await noting('delete', messenger.remove(...asked));
      if (removal === 'gone') counts.deleted();
      return removal;
    },
    between: (...asked) => noting('look_up', messenger.between(...asked)),
    clock: (channel) => noting('clock', messenger.clock(channel)),
  };
}

/** A message that Slack plainly refuses to delete stays where it is. */
function isRetried(call: Call, { isUnsure, retryAfter }: ChannelError): boolean {
  return call !== 'delete' || isUnsure || retryAfter !== undefined;
}

function reasonOf({ isUnsure, retryAfter, isOfMessage }: ChannelError): Reason {
  if (retryAfter !== undefined) return 'limited';
  if (isUnsure) return 'unsure';
  return isOfMessage ? 'message' : 'refused';
}
