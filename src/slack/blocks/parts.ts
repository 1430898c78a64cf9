import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  RichTextBlock,
  SectionBlock,
} from '@slack/types';
import { type DrawRef, refText } from '../draw-ref.ts';
import { ACTIONS } from '../ids.ts';
import { DISPLAY, LIMITS } from './limits.ts';
import { fallback, formatted, literal, type Message, type Mrkdwn, mrkdwn, plain, shorten } from './text.ts';

/** What a line of a list begins with. */
export const BULLET = '•  ';

/** A heading in our own words. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text) };
}

/** A paragraph; all of it shows at once, where Slack would fold a long one behind "See more". */
export function section(text: Mrkdwn): SectionBlock {
  return { type: 'section', text: formatted(text), expand: true };
}

/** A paragraph with others' words in it. */
export function literalSection(text: string): SectionBlock {
  return { type: 'section', text: literal(text, LIMITS.sectionText), expand: true };
}

/** A line of what others wrote, in bold, whatever it is: rich text knows no marks. */
export function boldBlock(text: string): RichTextBlock {
  const line = { type: 'text' as const, text: shorten(text, DISPLAY.inText), style: { bold: true } };
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [line] }] };
}

/** A note in small print. */
export function context(text: Mrkdwn): ContextBlock {
  return { type: 'context', elements: [formatted(text)] };
}

/**
 * A list of what others wrote, one a line; what does not fit is counted, not dropped in silence.
 * @param of what they are, in the plural
 * @param room characters that it may have
 * @param left how many more there are than the first so many items show
 */
export function list(
  items: readonly string[],
  of: string,
  room: number = DISPLAY.list,
  left: (shown: number) => number = (shown) => items.length - shown,
): SectionBlock {
  const text = listText(items, of, room, left);
  return { type: 'section', text: { type: 'plain_text', text, emoji: false }, expand: true };
}

function listText(items: readonly string[], of: string, room: number, leftOf: (shown: number) => number): string {
  const lines: string[] = [];
  let length = 0;
  for (const item of items) {
    const line = `${BULLET}${shorten(item, DISPLAY.prize)}`;
    length += line.length + 1;
    if (length > room) break;
    lines.push(line);
  }
  const left = leftOf(lines.length);
  if (left > 0) lines.push(`… and ${left.toLocaleString('en')} more ${left === 1 ? of.replace(/s$/, '') : of}`);
  return lines.join('\n') || 'None.';
}

/** A paragraph of what others wrote beside a person's avatar. */
export function withAvatar(text: string, person: { readonly name: string; readonly image: string }): SectionBlock {
  return {
    type: 'section',
    text: literal(text, DISPLAY.list),
    expand: true,
    accessory: avatar(person),
  };
}

/** A person's avatar. */
export function avatar({ name, image }: { readonly name: string; readonly image: string }) {
  return {
    type: 'image' as const,
    image_url: image,
    alt_text: shorten(`Avatar of ${name}`, DISPLAY.name),
  };
}

/**
 * Puts things into groups, in order, each as full as `fits` allows; what does not even fit alone is a group by itself.
 * @param fits whether these may be the group of that index
 * @param most groups at most; what comes after them is left out
 */
export function grouped<T>(
  items: readonly T[],
  fits: (group: readonly T[], index: number) => boolean,
  most = Number.POSITIVE_INFINITY,
): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group && fits([...group, item], groups.length - 1)) group.push(item);
    else if (groups.length < most) groups.push([item]);
    else break;
  }
  return groups;
}

/** A message of one paragraph in our own words. */
export function note(text: Mrkdwn): Message {
  return { text: fallback(text), blocks: [section(text)] };
}

/** A message of one paragraph with others' words in it. */
export function literalNote(text: string): Message {
  return {
    text: fallback(mrkdwn`${text}`),
    blocks: [literalSection(text)],
  };
}

/** The buttons, found by the text a person reads on them; each belongs to a draw. */
export const buttons = {
  enter: (draw: DrawRef | undefined): Button => button(ACTIONS.enter, 'Enter the draw', draw, 'primary'),
  start: (): Button => button(ACTIONS.start, 'Start a draw', undefined, 'primary'),
  /** @param login the entry to take back; empty: the one that whoever presses it has made */
  leave: (draw: DrawRef, login = ''): Button => ({
    ...button(ACTIONS.leave, 'Leave the draw', draw),
    // Another program may have cached a profile with anything for a login.
    value: /^[\w-]+$/.test(login) ? `${refText(draw)} ${login}` : refText(draw),
  }),
  close: (draw: DrawRef): Button => ({
    ...button(ACTIONS.close, 'Close draw', draw),
    confirm: {
      title: plain('Close the draw?'),
      text: plain('Nobody can enter after that. You can pick the winners whenever you like.'),
      confirm: plain('Close draw'),
      deny: plain('Not yet'),
    },
  }),
  pick: (draw: DrawRef): Button => ({
    ...button(ACTIONS.pick, 'Pick winners', draw, 'primary'),
    confirm: {
      title: plain('Pick the winners?'),
      text: plain('This closes the draw if it is open, and announces the winners. It cannot be undone.'),
      confirm: plain('Pick winners'),
      deny: plain('Not yet'),
    },
  }),
  extend: (draw: DrawRef): Button => button(ACTIONS.extend, 'Extend by 15 minutes', draw),
  cancel: (draw: DrawRef): Button => ({
    ...button(ACTIONS.cancel, 'Cancel draw', draw),
    confirm: {
      title: plain('Cancel the draw?'),
      text: plain('It ends without winners, and all entries are gone. It cannot be undone.'),
      confirm: plain('Cancel draw'),
      deny: plain('Keep it'),
    },
  }),
  /** Does for one draw what was typed, where several could be meant. */
  choose: (label: string, value: string): Button => ({ ...button(ACTIONS.choose, label, undefined), value }),
} as const;

/** A row of buttons. */
export function actions(...buttons: readonly Button[]): ActionsBlock {
  return { type: 'actions', elements: [...buttons] };
}

/** "1 person has entered", "12 people have entered", "Nobody has entered yet". */
export function peopleEntered(count: number): string {
  if (count === 0) return 'Nobody has entered yet';
  return count === 1 ? '1 person has entered' : `${count.toLocaleString('en')} people have entered`;
}

/** "1 prize", "3 prizes". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** "ada", "ada and grace", "ada, grace and 3 more". */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, DISPLAY.names);
  const left = names.length - shown.length;
  const all = left > 0 ? [...shown, `${left} more`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Puts a message together: our words for notifications, and the blocks. */
export function message(text: Mrkdwn, ...blocks: readonly KnownBlock[]): Message {
  return { text: fallback(text), blocks: [...blocks] };
}

function button(actionId: string, text: string, draw: DrawRef | undefined, style?: 'primary'): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(text),
    ...(draw ? { value: refText(draw) } : {}),
    ...(style ? { style } : {}),
  };
}
