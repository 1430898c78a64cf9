import type { EnteredBy, EnterOutcome } from '../../draw/enter.ts';
import { assertNever, type NotOpenState } from '../../draw/types.ts';
import { overText } from './organising.ts';
import { actions, buttons, context, message, named, note, withAvatar } from './parts.ts';
import { date, type Message, type Mrkdwn, mrkdwn, words } from './text.ts';

/** Everything that entering can come to, from a text that is no ID to being in. */
export type EnterResult = EnterOutcome | { readonly kind: 'not_an_id' };

/**
 * What the person who enters is told.
 * @param channel the draw's: then the answer has a button to leave it again; a dialog, where buttons cannot be answered, says how
 */
export function enterAnswer(result: EnterResult, channel?: string): Message {
  switch (result.kind) {
    case 'entered': {
      const { name, login, avatarUrl } = result.profile;
      const leave =
        channel === undefined
          ? context(mrkdwn`Changed your mind? Type \`/prizedraw leave\`.`)
          : actions(buttons.leave({ channel, id: result.draw }, login));
      const said = `✅ You are in the draw, ${name}! Entered as ${login} on GitHub. The winners will be announced; good luck.`;
      return message(mrkdwn`You are in the draw as ${login}.`, withAvatar(said, { name, image: avatarUrl }), leave);
    }
    case 'already_in': {
      const { name, login, avatarUrl } = result.profile;
      const said = `👍 ${login} is already in the draw${alreadyText(result.by)}`;
      return message(mrkdwn`${login} is already in the draw.`, withAvatar(said, { name, image: avatarUrl }));
    }
    case 'enough':
      return note(enoughText(result.logins));
    case 'not_open':
      return note(notOpenText(result.state));
    case 'another_draw':
      return note(overText());
    default:
      return note(refusalText(result));
  }
}

/** By whom the ID came in, and what that leaves to do; whoever another member is, it names nobody. */
function alreadyText(by: EnteredBy): string {
  switch (by) {
    case 'you':
      return ', entered by you. Nothing more to do; good luck.';
    case 'another':
      return ', entered by another member. If it is your GitHub ID, ask an organiser; if it is not, enter with your own.';
    case 'unknown':
      return '. If it is your GitHub ID, there is nothing more to do; if it is not, enter with your own. Good luck!';
    default:
      return assertNever(by);
  }
}

/**
 * Whether the ID is at fault: then a dialog shows the message at its field, so that it can be corrected there.
 */
export function isAtFault(result: EnterResult): result is Refusal {
  return AT_FAULT.has(result.kind);
}

const AT_FAULT: ReadonlySet<EnterResult['kind']> = new Set(['not_an_id', 'no_such_user', 'organisation', 'removed']);

type Refusal = Exclude<EnterResult, { kind: 'entered' | 'already_in' | 'enough' | 'not_open' | 'another_draw' }>;

/** Why a login was not entered, and what to do. */
export function refusalText(result: Refusal): Mrkdwn {
  switch (result.kind) {
    case 'not_an_id':
      return mrkdwn`That is not a possible GitHub ID. It has letters, digits, hyphens and underscores, 39 at most, and begins with a letter or digit, as in octocat or github.com/octocat. Check it and try again.`;
    case 'no_such_user':
      return mrkdwn`GitHub knows no such user. Check the spelling (your ID is at github.com, under your picture) and try again.`;
    case 'organisation':
      return mrkdwn`That is an organisation on GitHub, not a person. Enter with your own GitHub ID.`;
    case 'removed':
      return mrkdwn`An organiser has taken that GitHub ID out of this draw, so it cannot be entered again. If you think that is a mistake, ask an organiser.`;
    case 'limited':
      return mrkdwn`GitHub is limiting look-ups at the moment, so you are not in the draw yet. Try again ${date(result.until)}.`;
    case 'missed_too_often':
      return mrkdwn`Too many of the GitHub IDs that you gave are nobody’s, so you are not in the draw yet. Look your ID up at github.com, under your picture, and try again ${date(result.until)}.`;
    case 'unreachable':
      return mrkdwn`GitHub cannot be reached at the moment, so you are not in the draw yet. Try again in a minute.`;
    default:
      return assertNever(result);
  }
}

/** That this member has entered as often as they may. */
function enoughText(logins: readonly string[]): Mrkdwn {
  const often = words(
    logins.length === 1 ? 'everybody enters once' : `everybody enters ${logins.length} times at most`,
  );
  return mrkdwn`👍 You are in the draw already, as ${named(logins)}, and ${often}. Good luck!`;
}

/** Why nobody can enter now. */
export function notOpenText(state: NotOpenState): Mrkdwn {
  switch (state) {
    case 'NO_DRAW':
      return mrkdwn`No draw is running at the moment. Watch the announcements for the next one.`;
    case 'DRAW_CLOSED_NO_ENTRANTS':
      return mrkdwn`The draw is closed, and nobody has entered. Watch the announcements for the next one.`;
    case 'DRAW_CLOSED_WITH_ENTRANTS':
      return mrkdwn`The draw is closed: it takes no more entries. The winners will be announced soon.`;
    case 'DRAW_WON':
      return mrkdwn`The draw is over and the winners are out. See them with \`/prizedraw winners\`.`;
    default:
      return assertNever(state);
  }
}
