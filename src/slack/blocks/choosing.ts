import type { KnownBlock } from '@slack/types';
import type { DrawEntry } from '../../draw/registry.ts';
import { LIMITS } from './limits.ts';
import { buttons, context, counted, message, section } from './parts.ts';
import { channelLink, cut, date, type Message, mrkdwn, words } from './text.ts';

/** What can be done for each of several draws. */
export interface Choice {
  /** As typed, without `/prizedraw`. */
  readonly name: string;
  readonly label: string;
}

/** Characters that the value of a button may have. Source: docs.slack.dev, "Button element". */
const VALUE = 2000;

/**
 * The draws that could be meant, each with a button that does what was typed.
 * @param rest what was typed after the subcommand
 */
export function chooseAnswer(entries: readonly DrawEntry[], { name, label }: Choice, rest: string, now: Date): Message {
  const room = LIMITS.messageBlocks - 2;
  const shown = entries.slice(0, entries.length > room ? room - 1 : room);
  const left = entries.length - shown.length;
  const said = mrkdwn`There are ${counted(entries.length, 'draw')} that could be meant. Which one? You can also say it, as in \`/prizedraw ${words(name)} in #channel\`.`;
  return message(
    said,
    section(said),
    ...shown.map((entry): KnownBlock => {
      const value = cut(`${name} ${entry.channel} ${entry.id} ${rest}`.trim(), VALUE);
      return { ...section(entryText(entry, now)), accessory: buttons.choose(label, value) };
    }),
    ...(left > 0 ? [context(mrkdwn`… and ${counted(left, 'more draw')}. Say which channel you mean.`)] : []),
  );
}

function entryText({ channel, phase, closesAt }: DrawEntry, now: Date) {
  const isOpen = phase === 'open' && (closesAt === undefined || closesAt > now.getTime());
  if (!isOpen) return mrkdwn`🎁 ${channelLink(channel)}: ${words(phase === 'won' ? 'the winners are out' : 'closed')}`;
  return closesAt === undefined
    ? mrkdwn`🎁 ${channelLink(channel)}: open`
    : mrkdwn`🎁 ${channelLink(channel)}: open, closes ${date(new Date(closesAt))}`;
}

/** Where somebody asked, and the channels whose draw an answer there is about unless it says another. */
export interface Where {
  readonly home: string;
  /** Whether there has been a draw in the channel in which it was asked, and in which. */
  readonly drawHere: string | undefined;
}

/** An answer says which draw it is about, where that could be taken for another: the home channel's, or the one here. */
export function inDraw(answer: Message, channel: string, { home, drawHere = home }: Where): Message {
  const isClear = channel === home && channel === drawHere;
  if (isClear || answer.blocks.length >= LIMITS.messageBlocks) return answer;
  return { ...answer, blocks: [context(mrkdwn`The draw in ${channelLink(channel)}`), ...answer.blocks] };
}
