import { describe, expect, it } from 'vitest';
import { enterDialog, noticeDialog, type StartTyped, startDialog } from '../../src/slack/blocks/dialogs.ts';
import { note } from '../../src/slack/blocks/parts.ts';
import { mrkdwn } from '../../src/slack/blocks/text.ts';
import { parseRef } from '../../src/slack/draw-ref.ts';
import { validateView } from '../support/block-kit.ts';
import { objects, visibleText } from '../support/workspace/read.ts';

/** The element of the field with this label. */
function field(view: unknown, label: string): unknown {
  return objects(view).find((each) => each['type'] === 'input' && visibleText(each['label']) === label)?.['element'];
}

const GITHUB_ID = 'Your GitHub ID';
const PRIZES = 'Prizes, one a line';
const DURATION = 'How long it is open';
const ANNOUNCE_IN = 'Announce in';

const DRAW = { channel: 'C0123456789', id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11' };
const NOTHING = { prizes: undefined, duration: undefined, announceIn: undefined };
const EMPTY = { from: 'C0ADMIN', typed: NOTHING };
const filledIn = (typed: Partial<StartTyped>) => ({ from: 'C0ADMIN', typed: { ...NOTHING, ...typed } });

describe('the dialog that asks for a GitHub ID', () => {
  it('is empty at first', () => {
    expect(field(enterDialog(DRAW), GITHUB_ID)).not.toHaveProperty('initial_value');
    expect(enterDialog(DRAW)).toMatchObject({ title: { text: 'Enter the draw' }, submit: { text: 'Enter' } });
  });

  it('keeps what was typed, and says what is wrong with it', () => {
    const view = enterDialog(DRAW, '@ada lovelace', 'That is not a possible GitHub ID.');
    expect(field(view, GITHUB_ID)).toMatchObject({ initial_value: '@ada lovelace' });
    expect(visibleText(view)).toMatch(/^Enter the draw[\s\S]*That is not a possible GitHub ID\./);
  });

  it('knows which draw it is for', () => {
    expect(parseRef(enterDialog(DRAW).private_metadata ?? '')).toEqual(DRAW);
    const unknown = { channel: 'C0123456789', id: undefined };
    expect(parseRef(enterDialog(unknown, 'ada', 'No.').private_metadata ?? '')).toEqual(unknown);
  });

  it('keeps no half of an emoji of what is too long', () => {
    expect(validateView(enterDialog(DRAW, `${'x'.repeat(199)}😀`))).toEqual([]);
  });
});

describe('the dialog that starts a draw', () => {
  it('offers until closed by hand, and 15 minutes to 7 days', () => {
    const { options = [], initial_option } = Object(field(startDialog(EMPTY), DURATION));
    expect(options.map(visibleText)).toEqual([
      'Until closed by hand',
      '15 minutes',
      '30 minutes',
      '45 minutes',
      '1 hour',
      '1 hour 15 minutes',
      '1 hour 30 minutes',
      '1 hour 45 minutes',
      '2 hours',
      '3 hours',
      '4 hours',
      '6 hours',
      '8 hours',
      '12 hours',
      '1 day',
      '2 days',
      '3 days',
      '5 days',
      '7 days',
    ]);
    expect(visibleText(initial_option)).toBe('Until closed by hand');
  });

  it('knows where it was asked for', () => {
    expect(JSON.parse(startDialog(EMPTY).private_metadata ?? '')).toEqual({ channel: 'C0ADMIN' });
  });

  it('asks for a channel, public or private, and no conversation with a person or a bot', () => {
    expect(field(startDialog(EMPTY), ANNOUNCE_IN)).toEqual({
      type: 'conversations_select',
      action_id: 'value',
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    });
  });

  it('takes prizes on lines of their own, and says how several of a kind are given', () => {
    expect(visibleText(startDialog(EMPTY))).toContain('Several of a kind: 3x Sticker');
    expect(field(startDialog(EMPTY), PRIZES)).toMatchObject({ multiline: true, max_length: 3000 });
    expect(field(startDialog(EMPTY), PRIZES)).not.toHaveProperty('initial_value');
  });

  it('keeps what was filled in, and says what is wrong with it', () => {
    const view = startDialog(
      filledIn({ prizes: 'Mug\nMug', duration: '45', announceIn: 'C0OTHER' }),
      'Given twice: “Mug”.',
    );
    expect(field(view, PRIZES)).toMatchObject({ initial_value: 'Mug\nMug' });
    expect(field(view, DURATION)).toMatchObject({ initial_option: { text: { text: '45 minutes' }, value: '45' } });
    expect(field(view, ANNOUNCE_IN)).toMatchObject({ initial_conversation: 'C0OTHER' });
    expect(visibleText(view)).toContain('Given twice: “Mug”.');
  });

  it('falls back on until closed by hand for a duration that it does not offer', () => {
    const view = startDialog(filledIn({ duration: '44' }));
    expect(visibleText(Object(field(view, DURATION)).initial_option)).toBe('Until closed by hand');
  });

  it('keeps no half of an emoji of what is too long', () => {
    expect(validateView(startDialog(filledIn({ prizes: `${'x'.repeat(2999)}😀` })))).toEqual([]);
  });
});

describe('a dialog that only says something', () => {
  it('has nothing to submit', () => {
    const view = noticeDialog('You are in', note(mrkdwn`*Said.*`));
    expect(view).not.toHaveProperty('submit');
    expect(visibleText(view)).toBe('You are in\nDone\n*Said.*');
  });
});
