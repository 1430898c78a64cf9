import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as howDrawn from '../../src/slack/blocks/how-drawn.ts';
import * as inWords from '../../src/slack/blocks/in-words.ts';
import * as lastChange from '../../src/slack/blocks/last-change.ts';
import * as parts from '../../src/slack/blocks/parts.ts';
import * as prizes from '../../src/slack/blocks/prizes.ts';
import * as status from '../../src/slack/blocks/status.ts';
import * as text from '../../src/slack/blocks/text.ts';
import { forChanges } from '../support/blocks/for-changes.ts';
import { forChecking } from '../support/blocks/for-checking.ts';
import { forEverybody } from '../support/blocks/for-everybody.ts';
import { forMembers } from '../support/blocks/for-members.ts';
import { forOrganisers } from '../support/blocks/for-organisers.ts';
import { forPrizes } from '../support/blocks/for-prizes.ts';

const FOLDER = new URL('../../src/slack/blocks/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));

/** Pieces of messages, no messages themselves: they are shown to be right where they are used, and in parts and text. */
const PIECES = new Set<unknown>([
  ...Object.values(text),
  howDrawn.howText,
  inWords.person,
  inWords.prizesInWords,
  inWords.winnersInWords,
  lastChange.prizesNamed,
  parts.actions,
  parts.avatar,
  parts.boldBlock,
  parts.context,
  parts.counted,
  parts.grouped,
  parts.header,
  parts.list,
  parts.literalSection,
  parts.named,
  parts.peopleEntered,
  parts.section,
  parts.withAvatar,
  prizes.listedPrizes,
  prizes.prizeList,
  prizes.prizeText,
  // Puts together what it is given.
  parts.message,
  status.closing,
]);

const COVERED = new Set<unknown>(
  [...forEverybody, ...forMembers, ...forOrganisers, ...forPrizes, ...forChanges, ...forChecking].flatMap(
    ({ of }) => of,
  ),
);

async function functionsOf(file: string): Promise<(readonly [string, unknown])[]> {
  const loaded: unknown = await import(new URL(file, FOLDER).href);
  return Object.entries(Object(loaded)).filter(([, value]) => typeof value === 'function');
}

describe('the properties', () => {
  it.each(FILES)('speak of every function of %s', async (file) => {
    const forgotten = (await functionsOf(file)).filter(([, made]) => !COVERED.has(made) && !PIECES.has(made));
    expect(forgotten.map(([name]) => name)).toEqual([]);
  });

  it.each(FILES)('take no function of %s that returns a message, a dialog or a text for a piece', async (file) => {
    const source = readFileSync(new URL(file, FOLDER), 'utf8');
    for (const [name, made] of await functionsOf(file)) {
      if (!PIECES.has(made) || made === parts.message || file === 'text.ts') continue;
      const [, after = ''] = source.split(`export function ${name}(`);
      const declared = /\): ([^{]+) \{\n/.exec(after.split('\n}')[0] ?? '')?.[1] ?? '';
      expect(declared, name).not.toMatch(/\b(?:Message|ModalView)\b/);
    }
  });
});
