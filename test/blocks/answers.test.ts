import { describe, expect, it } from 'vitest';
import type { DrawStatus } from '../../src/draw/status.ts';
import type { DrawState } from '../../src/draw/types.ts';
import { type EnterResult, enterAnswer, isAtFault } from '../../src/slack/blocks/entering.ts';
import { entrantsAnswer } from '../../src/slack/blocks/entrants.ts';
import { helpAnswer } from '../../src/slack/blocks/help.ts';
import { statusAnswer } from '../../src/slack/blocks/status.ts';
import { parseRef } from '../../src/slack/draw-ref.ts';
import { buttons, images, objects, visibleText } from '../support/workspace/read.ts';

const NOW = new Date('2024-05-06T07:08:00Z');
const DRAW = { channel: 'C0123456789', id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11' };
const profile = { login: 'Ada', name: 'Ada *Lovelace*', avatarUrl: 'https://a.example/ada' };

const status = (state: DrawState, more: Partial<DrawStatus> = {}): DrawStatus => ({
  state,
  closesIn: undefined,
  entrants: 0,
  prizes: ['Mug'],
  logins: [],
  entered: [],
  drawId: '',
  phase: undefined,
  commitment: undefined,
  ...more,
});

describe('what the person who enters is told', () => {
  const cases: readonly (readonly [EnterResult, RegExp])[] = [
    [{ kind: 'entered', profile, draw: 'd1' }, /You are in the draw, Ada \*Lovelace\*! Entered as Ada on GitHub/],
    [
      { kind: 'already_in', profile, by: 'unknown' },
      /Ada is already in the draw\. If it is your GitHub ID, there is nothing more to do; if it is not, enter with your own/,
    ],
    [{ kind: 'already_in', profile, by: 'you' }, /Ada is already in the draw, entered by you\. Nothing more to do/],
    [
      { kind: 'already_in', profile, by: 'another' },
      /Ada is already in the draw, entered by another member\. If it is your GitHub ID, ask an organiser; if it is not, enter with your own\./,
    ],
    [{ kind: 'enough', logins: ['ada'] }, /You are in the draw already, as ada, and everybody enters once/],
    [{ kind: 'enough', logins: ['ada', 'eve'] }, /as ada and eve, and everybody enters 2 times at most/],
    [{ kind: 'not_open', state: 'NO_DRAW' }, /No draw is running/],
    [{ kind: 'not_open', state: 'DRAW_CLOSED_NO_ENTRANTS' }, /The draw is closed/],
    [{ kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' }, /The draw is closed/],
    [{ kind: 'not_open', state: 'DRAW_WON' }, /over and the winners are out/],
    [{ kind: 'another_draw' }, /That draw is over, and another one has begun since: nothing was done/],
    [{ kind: 'not_an_id' }, /not a possible GitHub ID/],
    [{ kind: 'no_such_user' }, /GitHub knows no such user/],
    [{ kind: 'organisation' }, /an organisation on GitHub, not a person/],
    [
      { kind: 'limited', until: new Date(NOW.getTime() + 20 * 60_000) },
      /limiting look-ups.*Try again <!date\^1714980480\^/,
    ],
    [{ kind: 'unreachable' }, /GitHub cannot be reached/],
  ];

  it.each(cases)('is told apart: %j', (result, words) => {
    const text = visibleText(enterAnswer(result));
    expect(text).toMatch(words);
    const others = cases.filter(([, other]) => String(other) !== String(words));
    for (const [, other] of others) expect(text).not.toMatch(other);
  });

  it('says what a possible ID has', () => {
    expect(visibleText(enterAnswer({ kind: 'not_an_id' }))).toMatch(/letters, digits, hyphens and underscores/);
  });

  it('has the avatar of who is in', () => {
    const ada = [{ image_url: 'https://a.example/ada', alt_text: 'Avatar of Ada *Lovelace*' }];
    expect(images(enterAnswer({ kind: 'entered', profile, draw: 'd1' }))).toEqual(ada);
    expect(images(enterAnswer({ kind: 'already_in', profile, by: 'unknown' }))).toEqual(ada);
  });

  it('belongs at the dialog’s field where the ID is at fault, and only there', () => {
    const atFault = cases.filter(([result]) => isAtFault(result)).map(([{ kind }]) => kind);
    expect(atFault).toEqual(['not_an_id', 'no_such_user', 'organisation']);
  });
});

describe('the status', () => {
  it.each([
    [
      'DRAW_OPEN_NO_ENTRANTS',
      {},
      ['Enter the draw'],
      /It stays open until an organiser closes it[\s\S]*Nobody has entered yet/,
    ],
    [
      'DRAW_OPEN_WITH_ENTRANTS',
      { entrants: 2, closesIn: 20 * 60_000 },
      ['Enter the draw'],
      /It closes in 20 minutes, <!date\^1714980480[\s\S]*2 people have entered\. You have not entered here yet/,
    ],
    [
      'DRAW_OPEN_WITH_ENTRANTS',
      { entrants: 1, logins: ['ada'], entered: ['ada'] },
      ['Leave the draw'],
      /1 person has entered\. You are in, as ada\./,
    ],
    [
      'DRAW_CLOSED_WITH_ENTRANTS',
      { entrants: 1, logins: ['ada'], entered: ['ada'] },
      [],
      /is closed[\s\S]*You are in, as ada\./,
    ],
    [
      'DRAW_CLOSED_NO_ENTRANTS',
      {},
      [],
      /is closed[\s\S]*Nobody has entered, so nobody wins\. Watch the announcements for the next draw\./,
    ],
    ['NO_DRAW', { prizes: [] }, [], /No draw is running/],
    ['DRAW_WON', { prizes: [] }, [], /the winners are out/],
  ] as const)('of %s with %j', (state, more, offered, words) => {
    const answer = statusAnswer(status(state, more), DRAW, [], NOW);
    expect(visibleText(answer)).toMatch(words);
    expect(buttons(answer)).toEqual(offered);
  });

  it('has a button for the draw that it tells of', () => {
    const [button] = objects(statusAnswer(status('DRAW_OPEN_NO_ENTRANTS'), DRAW, [], NOW)).filter(
      ({ type }) => type === 'button',
    );
    expect(parseRef(String(button?.['value']))).toEqual(DRAW);
  });

  it('tells a winner which prize is theirs', () => {
    const answer = statusAnswer(status('DRAW_WON'), DRAW, [{ prize: '*Mug*', login: 'ada' }], NOW);
    expect(visibleText(answer)).toContain('🎉 You won: *Mug*');
    const wins = ['A', 'B', 'C', 'D', 'E'].map((prize) => ({ prize, login: 'ada' }));
    expect(visibleText(statusAnswer(status('DRAW_WON'), DRAW, wins, NOW))).toContain('🎉 You won: A, B, C and 2 more');
  });
});

describe('the list of entrants', () => {
  it('counts and names them', () => {
    expect(visibleText(entrantsAnswer({ count: 1, logins: ['ada'] }))).toBe(
      '👥 1 person has entered:\n•  ada\nPick the winners among them with `/prizedraw pick`.',
    );
    expect(visibleText(entrantsAnswer({ count: 2, logins: ['ada', 'linus'] }))).toContain(
      '👥 2 people have entered:\n•  ada\n•  linus\n',
    );
  });

  it('says that nobody is in it', () => {
    expect(visibleText(entrantsAnswer({ count: 0, logins: [] }))).toMatch(/^Nobody is entered/);
  });
});

describe('whoever is in the draw', () => {
  const entered = { kind: 'entered', profile, draw: 'd1' } as const;

  it('can leave it again, by a button for that draw and that entry', () => {
    const answer = enterAnswer(entered, 'C0HOME');
    expect(buttons(answer)).toEqual(['Leave the draw']);
    expect(objects(answer)).toContainEqual(expect.objectContaining({ type: 'button', value: 'C0HOME d1 Ada' }));
  });

  it('has a button without the entry where a cached profile has no login that GitHub could have', () => {
    const odd = enterAnswer({ ...entered, profile: { ...profile, login: 'a b' } }, 'C0HOME');
    expect(objects(odd)).toContainEqual(expect.objectContaining({ type: 'button', value: 'C0HOME d1' }));
  });

  it('reads in a dialog how to leave it', () => {
    expect(buttons(enterAnswer(entered))).toEqual([]);
    expect(visibleText(enterAnswer(entered))).toContain('`/prizedraw leave`');
  });
});

describe('the help', () => {
  const lines = [{ usage: 'enter <github-id>', help: 'Enter', who: 'anyone' }] as const;

  it('shows how each command is typed', () => {
    const text = visibleText(helpAnswer(lines)).replaceAll('\u2060', '');
    expect(text).toBe(
      'What you can type\n`/prizedraw enter &lt;github-id&gt;`  Enter\nSeveral draws at once? Say at the very end which you mean: `in #channel`.',
    );
  });

  it('tells the commands of organisers from those for everybody', () => {
    const both = [...lines, { usage: 'close', help: 'Close', who: 'organisers' }] as const;
    expect(visibleText(helpAnswer(both)).replaceAll('\u2060', '')).toContain(
      '`  Enter\n*For organisers, in this channel*\n`/prizedraw close`  Close\n',
    );
  });

  it('repeats what it does not know, literally', () => {
    expect(visibleText(helpAnswer(lines, '*<!here>*'))).toMatch(
      /^I do not know “\*<!here>\*”\. Here is what I do know:\n/,
    );
  });
});
