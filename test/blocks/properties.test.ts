import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../src/slack/ids.ts';
import { validateAck, validateLiteral, validateMessage, validateView } from '../support/block-kit.ts';
import { forChanges } from '../support/blocks/for-changes.ts';
import { forChecking } from '../support/blocks/for-checking.ts';
import { forEverybody } from '../support/blocks/for-everybody.ts';
import { forMembers } from '../support/blocks/for-members.ts';
import { forOrganisers } from '../support/blocks/for-organisers.ts';
import { forPrizes } from '../support/blocks/for-prizes.ts';
import { isReadable, readable } from '../support/blocks/readable.ts';
import type { Rendered } from '../support/blocks/renderings.ts';

/** Marks of Slack's own syntax. */
const MARKUP = /<[!@#]|&(?:amp|lt|gt);|`/;

/** A counterexample is good enough after this time, in milliseconds, though it be not the smallest. */
const LONG_ENOUGH = 5_000;

/** Shorter ones stand in our own words by chance. */
const TELLING = 4;

function refusedBySlack({ messages = [], views = [], errors = [] }: Rendered): string[] {
  return few([
    ...messages.flatMap(validateMessage),
    ...views.flatMap((view) => [...validateView(view), ...validateAck({ response_action: 'update', view })]),
    ...errors.flatMap((text) =>
      validateAck({ response_action: 'errors', errors: { [FIELDS.prizes]: text } }, [FIELDS.prizes]),
    ),
  ]);
}

function notLiteral({ messages = [], views = [], foreign }: Rendered): string[] {
  const telling = foreign.filter((words) => words.length >= TELLING);
  return few([...messages, ...views].flatMap((candidate) => validateLiteral(candidate, telling)));
}

function unreadable({ messages = [], views = [], shows = [] }: Rendered): string[] {
  const text = [...messages, ...views].map(readable).join('\n');
  return few(shows.filter((words) => !isReadable(words, text)));
}

/** As many as one reads. */
function few(problems: readonly string[]): string[] {
  return [...new Set(problems)].slice(0, 5);
}

describe.each([...forEverybody, ...forMembers, ...forOrganisers, ...forPrizes, ...forChanges, ...forChecking])(
  '$name',
  ({ rendered }) => {
    const always = (check: (made: Rendered) => void): void =>
      fc.assert(fc.property(rendered, check), { interruptAfterTimeLimit: LONG_ENOUGH });

    it('keeps within what Slack takes', () => {
      always((made) => {
        expect(refusedBySlack(made)).toEqual([]);
      });
    });

    it('lets what others wrote name nobody, make no link and no formatting', () => {
      always((made) => {
        expect(notLiteral(made)).toEqual([]);
      });
    });

    it('shows what others wrote as they wrote it, at most shortened', () => {
      always((made) => {
        expect(unreadable(made)).toEqual([]);
      });
    });

    it('has no markup in a text for a dialog’s field, where Slack shows plain text', () => {
      always(({ errors = [], foreign }) => {
        if (foreign.length === 0) for (const text of errors) expect(text).not.toMatch(MARKUP);
      });
    });
  },
);
