import { randomUUID } from 'node:crypto';
import type { Fields } from './json.ts';
import { type Shown, shownAs } from './messages.ts';

/** A message that only one person sees. */
export interface Whisper {
  readonly id: string;
  /** The ID of the person. */
  readonly user: string;
  readonly channel: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: Shown;
}

/** What people have on their screens beyond the channels' messages: what the bot said to them alone. */
export interface Screens {
  /** Shows a person something in a channel. */
  show(user: string, channel: string, message: Fields): void;
  /**
   * Takes what was posted at a response address.
   * @param origin the `whisper` under which a button was pressed; the bot may replace it
   */
  take(user: string, channel: string, post: Fields, origin: string | undefined): void;
  /** Everything that was said to a person alone, oldest first; each message carries its ID in `whisper`. */
  of(user: string): readonly Whisper[];
}

/** @param changed told after each change */
export function screens(changed: () => void): Screens {
  const whispers = new Map<string, Whisper>();
  const put = (id: string, user: string, channel: string, at: number, message: Fields): void => {
    whispers.set(id, { id, user, channel, at, message: { ...shownAs(channel, message), whisper: id } });
    changed();
  };
  const show: Screens['show'] = (user, channel, message) => put(randomUUID(), user, channel, Date.now(), message);
  return {
    show,
    take(user, channel, post, origin) {
      const original = origin === undefined ? undefined : whispers.get(origin);
      if (original && post['delete_original'] === true) {
        whispers.delete(original.id);
        return changed();
      }
      if (original && post['replace_original'] === true) {
        return put(original.id, user, channel, original.at, post);
      }
      show(user, channel, post);
    },
    of: (user) => [...whispers.values()].filter((whisper) => whisper.user === user),
  };
}
