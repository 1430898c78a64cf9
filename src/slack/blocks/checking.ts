import type { RichTextBlock } from '@slack/types';
import type { Rank } from '../../draw/fair/allot.ts';
import type { Step } from '../../draw/fair/check.ts';
import type { Proof, Unproven } from '../../draw/fair/proof.ts';
import { short } from '../../draw/fair/short.ts';
import { MARKS } from '../../draw/fair/verdict.ts';
import type { CheckedProof, PickedElsewhere } from '../../draw/last-proof.ts';
import { DISPLAY, LIMITS } from './limits.ts';
import { counted, list, literalSection, message, note, section } from './parts.ts';
import { fallback, type Message, type Mrkdwn, mrkdwn, shorten, words } from './text.ts';

const NONE = mrkdwn`There is no record of a pick yet: no winners have been picked since the bot has been here.`;

/** That there is nothing to check, and why. */
export function noProofText(proof: Unproven | PickedElsewhere | undefined): Mrkdwn {
  if (proof === undefined) return NONE;
  if (proof.source !== 'spop') {
    return mrkdwn`Another program picked the last winners, not this bot: there is no record of that, and nobody can check it. A record that somebody saved before is of an earlier draw.`;
  }
  return mrkdwn`The last winners were picked by Redis’s SPOP, as PRIZEDRAW_RANDOMNESS asks for: nobody can check that.`;
}

/**
 * What checking the last pick came to: a mark for each step, and how this person's tickets ranked.
 * @param proof the record that was checked
 */
export function checkedAnswer(proof: Proof, checked: CheckedProof): Message {
  const { steps, ranks } = checked;
  const said = conclusion(checked);
  return message(
    said,
    section(said),
    list(wrongFirst(steps).map(marked), 'steps'),
    literalSection(ranksText(ranks, proof)),
    section(mrkdwn`${compareText(proof)}To check it without this bot, save what \`/prizedraw proof\` gives.`),
  );
}

function conclusion({ verdict, out }: CheckedProof): Mrkdwn {
  if (verdict === 'wrong') return mrkdwn`❌ *The pick does not check out.* Tell an organiser what is marked below.`;
  if (out === 'others') {
    return mrkdwn`⚠️ *Other winners are out than those of this record.* Another program has picked since, or somebody has changed them: ask an organiser. The record itself checks out.`;
  }
  if (verdict === 'unproven') {
    return mrkdwn`⚠️ *The winners follow from the record*, but its seed is the bot’s own, not drand’s: nobody can check that it was not chosen.`;
  }
  return mrkdwn`✅ *The pick was right.* Everything was done again and came out the same.`;
}

function marked({ what, verdict }: Step): string {
  return `${MARKS[verdict]} ${what}`;
}

/** What is wrong must not be among those that do not fit. */
function wrongFirst(steps: readonly Step[]): readonly Step[] {
  return (['wrong', 'unproven', 'right'] as const).flatMap((each) => steps.filter(({ verdict }) => verdict === each));
}

/** What only people can check: that the numbers were there before the round. */
function compareText({ source, entrants, entrantsDigest, prizesDigest, round }: Proof): Mrkdwn {
  if (source === 'local' || round === null) return words('');
  return mrkdwn`Compare with what was posted before the pick: ${counted(entrants, 'entrant')} \`${short(entrantsDigest)}\`, prizes \`${short(prizesDigest)}\`, drand round ${round}.\n`;
}

function ranksText(ranks: readonly Rank[], { entrants, winners }: Proof): string {
  if (ranks.length === 0) {
    return 'You did not enter this draw through Slack. To see how a ticket ranked: /prizedraw verify your-github-id';
  }
  return ranks
    .map(({ login, rank }) => {
      if (rank === undefined) return `${login} was not in the draw.`;
      const prize = winners.find((winner) => winner.login === login)?.prize;
      const end = prize === undefined ? '; the lowest win' : `, and won: ${shorten(prize, DISPLAY.prize)}`;
      return `${login} was in the draw. Its ticket ranked ${rank.toLocaleString('en')} of ${entrants.toLocaleString('en')}${end}.`;
    })
    .join(' ');
}

/** Characters of the text in one message, beside our own words. */
const PAGE = LIMITS.messageText - 700;

/**
 * The record and its entrants, as a text to save, in at most as many messages as one request may be answered with.
 * @param lines the lines of the text; undefined: too many for Slack
 */
export function proofAnswer(proof: Proof, lines: readonly string[] | undefined): readonly Message[] {
  const pages = lines && pagesOf(lines);
  if (pages === undefined || pages.length > LIMITS.responses) {
    return [
      note(
        mrkdwn`The record of this pick and its list of ${counted(proof.entrants, 'entrant')} are too long for Slack. An organiser can save them where the bot runs, with \`node dist/cli/export-proof.js > proof.txt\`. \`/prizedraw verify\` checks them here.`,
      ),
    ];
  }
  const how = mrkdwn`Save this as one file, such as proof.txt, and check it with \`npm run verify -- proof.txt\`, in a copy of prizedraw, or with a few lines of your own (docs/fairness.md has them).`;
  return pages.map((page, index) => {
    const part = pages.length > 1 ? words(`Part ${index + 1} of ${pages.length}, to be put together. `) : words('');
    return {
      text: fallback(mrkdwn`The record of the last pick.`),
      blocks: [section(mrkdwn`${part}${how}`), verbatim(page)],
    };
  });
}

function verbatim(text: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

/** Whole lines to a page; undefined where one line alone is too long. */
function pagesOf(lines: readonly string[]): readonly string[] | undefined {
  const pages: string[] = [];
  let page = '';
  for (const line of lines) {
    if (line.length > PAGE) return undefined;
    if (page !== '' && page.length + line.length + 1 > PAGE) {
      pages.push(page);
      page = '';
    }
    page += page === '' ? line : `\n${line}`;
  }
  return [...pages, page];
}
