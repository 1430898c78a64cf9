import type { Content, Ending, Fate } from '../../announcements/desired.ts';
import { short } from '../../draw/fair/short.ts';
import type { LastChange } from '../../draw/last-change.ts';
import { assertNever } from '../../draw/types.ts';
import { prizesInWords } from './in-words.ts';
import { lastChangeText } from './last-change.ts';
import { DISPLAY } from './limits.ts';
import {
  actions,
  buttons,
  context,
  counted,
  header,
  literalSection,
  message,
  peopleEntered,
  section,
} from './parts.ts';
import { prizeList } from './prizes.ts';
import { date, drandLink, fallback, type Message, type Mrkdwn, mrkdwn, shorten, words } from './text.ts';
import { winnersMessage } from './winners.ts';

type ContentOf<Kind extends Content['kind']> = Extract<Content, { kind: Kind }>;

/** A message of the announcements, as Slack takes it, or in the smaller form that `look` asks for. */
export function announcement(content: Content): Message {
  const message = content.isBesideOld ? besideOld(whole(content)) : whole(content);
  // An empty list of blocks takes away those that are there. Source: docs.slack.dev, `chat.update`, "blocks".
  return content.look === 'text' ? { ...message, blocks: [] } : message;
}

/** Says that an earlier message, which may have a button, counts no more. */
function besideOld({ text, blocks }: Message): Message {
  const said = mrkdwn`This takes the place of an earlier message, which Slack does not let the bot change or delete.`;
  return { text: `${text}\n${fallback(said)}`, blocks: [...blocks, context(said)] };
}

function whole(content: Content): Message {
  switch (content.kind) {
    case 'open':
      return openAnnouncement(content);
    case 'closed':
      return closedAnnouncement(content);
    case 'drawing':
      return drawingAnnouncement(content);
    case 'winners':
      return winnersMessage(content, content.how);
    default:
      return assertNever(content);
  }
}

/** The announcement while the draw takes entries, with the button. */
function openAnnouncement(content: ContentOf<'open'>): Message {
  const { draw, channel, prizes, entrants, closesAt, look } = content;
  const change = changeLine(content.lastChange, closesAt);
  const closing =
    closesAt === undefined ? mrkdwn`Open until an organiser closes it` : mrkdwn`Closes ${date(new Date(closesAt))}`;
  return message(
    mrkdwn`A prize draw is open: ${counted(prizes.length, 'prize')} to win.\n${prizesInWords(prizes)}\n${closing}. ${peopleEntered(entrants)}.${change}\n${HOW_TO_ENTER}`,
    header('🎁 A prize draw is open'),
    section(mrkdwn`*${counted(prizes.length, 'prize')} to win*`),
    prizeList(prizes, roomFor(look)),
    section(mrkdwn`🕒 ${closing}\n👥 ${peopleEntered(entrants)}${change}`),
    actions(buttons.enter({ channel, id: draw })),
    section(mrkdwn`Enter with your GitHub ID: press the button, or type \`/prizedraw enter your-github-id\`.`),
  );
}

/** A line that says what changed last; nothing where nothing has. */
function changeLine(change: LastChange | undefined, closesAt: number | undefined): Mrkdwn {
  return change === undefined ? mrkdwn`` : mrkdwn`\n✏️ ${lastChangeText(change, closesAt)}.`;
}

/** Characters of the list of prizes. */
function roomFor(look: Content['look']): number {
  return look === undefined ? DISPLAY.list : DISPLAY.bareList;
}

/** For those who have no button before them: a screen reader, a phone’s notification. */
const HOW_TO_ENTER = mrkdwn`Enter with your GitHub ID: type \`/prizedraw enter your-github-id\`.`;

/** What comes after the draw has closed, in a sentence. */
const ENDINGS: Readonly<Record<Ending, string>> = {
  to_be_picked: 'The winners will be announced here.',
  picked_elsewhere: 'The winners are being picked.',
  won: 'The winners are out.',
  nobody_entered: 'Nobody has entered, so nobody wins. Watch for the next draw.',
  replaced: 'It ended without winners. Watch for the next draw.',
  cancelled: 'It was cancelled: nobody wins.',
};

/** The same announcement once the draw has closed. */
function closedAnnouncement(content: ContentOf<'closed'>): Message {
  const { prizes, entrants, ending, look, reason } = content;
  const change = changeLine(content.lastChange, undefined);
  const why = reason === undefined ? undefined : shorten(reason, DISPLAY.reason);
  const next = words(ENDINGS[ending]);
  const people = words(peopleEntered(entrants).replace(' yet', ''));
  const isCounted = ending !== 'nobody_entered';
  return message(
    mrkdwn`The prize draw is closed. ${next}${isCounted ? mrkdwn` ${people}.` : words('')}${change}${why === undefined ? mrkdwn`` : mrkdwn`\nReason: ${why}`}\n${counted(prizes.length, 'prize')}:\n${prizesInWords(prizes, why === undefined ? undefined : 1_800)}`,
    header(ending === 'cancelled' ? '🎁 Prize draw: cancelled' : '🎁 Prize draw: closed'),
    section(mrkdwn`*${counted(prizes.length, 'prize')}*`),
    prizeList(prizes, roomFor(look)),
    section(mrkdwn`🔒 This draw is closed. ${next}${isCounted ? mrkdwn`\n👥 ${people}` : words('')}${change}`),
    ...(why === undefined ? [] : [literalSection(`Reason: ${why}`)]),
  );
}

/** That the winners are being picked, from whom, and which round of the beacon decides. */
function drawingAnnouncement(content: ContentOf<'drawing'>): Message {
  const { entrants, entrantsDigest, prizes, prizesDigest, round, fate } = content;
  const drawing = mrkdwn`Drawing from ${counted(entrants, 'entrant')} for ${counted(prizes, 'prize')} with ${drandLink(round)}${fateText(fate)}`;
  const fixed = mrkdwn`Fixed beforehand: entrants \`${short(entrantsDigest)}\`, prizes \`${short(prizesDigest)}\`. Anyone can check the pick afterwards: \`/prizedraw verify\``;
  return message(mrkdwn`${drawing}\n${fixed}`, section(mrkdwn`🎲 ${drawing}`), context(fixed));
}

function fateText(fate: Fate) {
  switch (fate) {
    case 'awaited':
    case 'used':
      return words(', in a few seconds.');
    case 'withdrawn':
      return words('. This did not decide: the draw was changed before that round was there.');
    default:
      return assertNever(fate);
  }
}
