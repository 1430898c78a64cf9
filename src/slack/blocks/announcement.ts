import type { Content, Ending, Fate } from '../../announcements/desired.ts';
import { short } from '../../draw/fair/short.ts';
import { assertNever } from '../../draw/types.ts';
import { prizesInWords } from './in-words.ts';
import { DISPLAY } from './limits.ts';
import { actions, buttons, context, counted, header, message, peopleEntered, section } from './parts.ts';
import { prizeList } from './prizes.ts';
import { date, drandLink, fallback, type Message, mrkdwn, words } from './text.ts';
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
function openAnnouncement({ draw, channel, prizes, entrants, closesAt, look }: ContentOf<'open'>): Message {
  const closing =
    closesAt === undefined ? mrkdwn`Open until an organiser closes it` : mrkdwn`Closes ${date(new Date(closesAt))}`;
  return message(
    mrkdwn`A prize draw is open: ${counted(prizes.length, 'prize')} to win.\n${prizesInWords(prizes)}\n${closing}. ${peopleEntered(entrants)}.\n${HOW_TO_ENTER}`,
    header('🎁 A prize draw is open'),
    section(mrkdwn`*${counted(prizes.length, 'prize')} to win*`),
    prizeList(prizes, roomFor(look)),
    section(mrkdwn`🕒 ${closing}\n👥 ${peopleEntered(entrants)}`),
    actions(buttons.enter({ channel, id: draw })),
    section(mrkdwn`Enter with your GitHub ID: press the button, or type \`/prizedraw enter your-github-id\`.`),
  );
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
function closedAnnouncement({ prizes, entrants, ending, look }: ContentOf<'closed'>): Message {
  const next = words(ENDINGS[ending]);
  const people = words(peopleEntered(entrants).replace(' yet', ''));
  const isCounted = ending !== 'nobody_entered';
  return message(
    mrkdwn`The prize draw is closed. ${next}${isCounted ? mrkdwn` ${people}.` : words('')}\n${counted(prizes.length, 'prize')}:\n${prizesInWords(prizes)}`,
    header('🎁 Prize draw: closed'),
    section(mrkdwn`*${counted(prizes.length, 'prize')}*`),
    prizeList(prizes, roomFor(look)),
    section(mrkdwn`🔒 This draw is closed. ${next}${isCounted ? mrkdwn`\n👥 ${people}` : words('')}`),
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
