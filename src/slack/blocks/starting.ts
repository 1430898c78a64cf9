import { oneLine } from '../../draw/fair/one-line.ts';
import { MAX_PRIZES, MAX_QUANTITY, type PrizesResult } from '../../draw/prizes.ts';
import { assertNever } from '../../draw/types.ts';
import type { ChannelCheck } from '../check-channel.ts';
import type { StartSyntax } from '../start-syntax.ts';
import { DISPLAY } from './limits.ts';
import { prizeText } from './prizes.ts';
import { shorten } from './text.ts';

/** What is wrong with the prizes, in plain text: a dialog shows it at its field. */
export function prizesProblem(result: Exclude<PrizesResult, { kind: 'ok' }>): string {
  switch (result.kind) {
    case 'none':
      return `A draw needs at least one prize, such as /prizedraw start "A book" "A mug" for 30m.`;
    case 'unprintable': {
      const names = result.prizes.map((prize) => quoted(oneLine(prize))).slice(0, 5);
      return `With a line break, a tab or another control character in it: ${names.join(', ')}. Give each prize a name on one line.`;
    }
    case 'quantity': {
      const names = result.prizes.map(({ name, quantity: count }) => quoted(prizeText({ name, count }))).slice(0, 5);
      return `There can be 1 to ${MAX_QUANTITY} of a kind, so not: ${names.join(', ')}. Change the number, or leave the prize out; for more of them, add a prize with another name.`;
    }
    case 'too_many':
      return `These are ${result.count.toLocaleString('en')} prizes, and a draw has ${MAX_PRIZES} at most. Leave out ${(result.count - MAX_PRIZES).toLocaleString('en')}, or give them in another draw.`;
    case 'twice': {
      const names = result.prizes.map(quoted).slice(0, 5);
      return `Given twice: ${names.join(', ')}. Each prize needs a name of its own. Several of a kind: ${QUANTITY_EXAMPLE}, or 3x Sticker in the dialog.`;
    }
    default:
      return assertNever(result);
  }
}

function quoted(prize: string): string {
  return `“${shorten(prize, DISPLAY.prize)}”`;
}

/** How several of a kind are typed. */
const QUANTITY_EXAMPLE = '3x "Sticker"';

/** How a draw is started by typing. */
export const START_EXAMPLE = '/prizedraw start "A book" "A mug" for 30m';

/** What is wrong with a `/prizedraw start …`, in plain text. */
export function startSyntaxText(asked: Exclude<StartSyntax, { kind: 'ok' }>): string {
  const text = shorten(asked.text, DISPLAY.prize);
  switch (asked.kind) {
    case 'stray':
      return `“${text}” stands outside of the quotes, so no draw was started. Put each prize in quotes, as in ${START_EXAMPLE}; how many there are stands before them, as in ${QUANTITY_EXAMPLE}.`;
    case 'two_quantities':
      return `How many there are of “${text}” stands there twice, so no draw was started. Say it once, as in ${QUANTITY_EXAMPLE}.`;
    case 'not_a_duration':
      return `“${text}” is no duration, so no draw was started. Say for 30m, 2h, 1h30m or 2d, as in ${START_EXAMPLE}.`;
    case 'too_short':
      return `“${text}” is too short, so no draw was started. A draw takes entries for 1 minute at least.`;
    case 'too_long':
      return `“${text}” is too long, so no draw was started. A draw takes entries for 30 days at most.`;
    case 'twice':
      return `“${text}” stands there twice, so no draw was started. Say it once, as in ${START_EXAMPLE}.`;
    case 'channel_name':
      return channelNameText(asked.text);
    default:
      return assertNever(asked);
  }
}

/** That a channel was named in a way that Slack did not turn into a channel, in plain text. */
export function channelNameText(name: string): string {
  return `Slack did not say which channel “${shorten(name, DISPLAY.name)}” is, so nothing was done. Choose it from the list that Slack shows while you type #, or give its ID, as in: in C0123456789 (the channel’s name, About, at the bottom).`;
}

/** That a command names two channels, in plain text. */
export const CHANNEL_TWICE = 'Two channels are named there, so nothing was done. Name one of them, at the very end.';

/** Why no draw can be started in a channel, in plain text. */
export function channelProblem(check: Exclude<ChannelCheck, { kind: 'ok' }>): string {
  switch (check.kind) {
    case 'not_there':
      return 'The bot is not in that channel, so no draw was started. Invite it there first: /invite @prizedraw';
    case 'archived':
      return 'That channel is archived, so no draw was started. Unarchive it, or choose another one.';
    case 'read_only':
      return 'The bot may not post in that channel, so no draw was started. Allow it there, or choose another one.';
    case 'threads_only':
      return 'That channel takes nothing but replies in threads, so no draw was started. Change that in its settings, or choose another one.';
    case 'unknown':
      return 'Slack did not say whether the bot is in that channel, so no draw was started. Try again in a minute.';
    default:
      return assertNever(check.kind);
  }
}
