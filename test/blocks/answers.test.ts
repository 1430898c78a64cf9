import { describe, expect, it } from 'vitest';
import type { DrawStatus } from '../../src/draw/status.ts';
import { DRAW_STATES, type DrawState } from '../../src/draw/types.ts';
import { closedAnnouncement, openAnnouncement } from '../../src/slack/blocks/announcement.ts';
import { type EnterResult, enterAnswer, isAtFault } from '../../src/slack/blocks/entering.ts';
import { entrantsAnswer } from '../../src/slack/blocks/entrants.ts';
import { helpAnswer } from '../../src/slack/blocks/help.ts';
import { controlPanel } from '../../src/slack/blocks/panel.ts';
import { statusAnswer } from '../../src/slack/blocks/status.ts';
import { mrkdwn } from '../../src/slack/blocks/text.ts';
import { buttons, images, visibleText } from '../support/workspace/read.ts';

const NOW = new Date('2024-05-06T07:08:00Z');
const CLOSES = '<!date^1714980480^{date_short_pretty} at {time}|2024-05-06 07:28 UTC>';
const profile = { login: 'Ada', name: 'Ada *Lovelace*', avatarUrl: 'https://a.example/ada' };

const status = (state: DrawState, more: Partial<DrawStatus> = {}): DrawStatus => ({
  state,
  closesIn: undefined,
  entrants: 0,
  prizes: ['Mug'],
  logins: [],
  entered: [],
  drawId: '',
  commitment: undefined,
  ...more,
});

describe('the announcement', () => {
  const draw = { prizes: ['Mug', 'Sticker 2'], entrants: 12, closesAt: new Date(NOW.getTime() + 20 * 60_000) };

  it('has the prizes, the closing time, the number of entrants and the button', () => {
    const text = visibleText(openAnnouncement(draw));
    expect(text).toContain('2 prizes to win');
    expect(text).toContain('•  Mug\n•  Sticker 2');
    expect(text).toContain(`Closes ${CLOSES}`);
    expect(text).toContain('12 people have entered');
    expect(buttons(openAnnouncement(draw))).toEqual(['Enter the draw']);
  });

  it('says that it stays open until an organiser closes it', () => {
    expect(visibleText(openAnnouncement({ ...draw, closesAt: undefined }))).toContain(
      'Open until an organiser closes it',
    );
  });

  it.each([false, true])('has no button once closed (winners out: %s)', (won) => {
    const closed = closedAnnouncement({ ...draw, entrants: 0 }, won);
    expect(buttons(closed)).toEqual([]);
    expect(visibleText(closed)).toContain('closed');
    expect(visibleText(closed)).toContain('Nobody has entered');
    expect(visibleText(closed)).not.toContain('yet');
    expect(visibleText(closed).includes('The winners are out.')).toBe(won);
  });
});

describe('what the person who enters is told', () => {
  const cases: readonly (readonly [EnterResult, RegExp])[] = [
    [{ kind: 'entered', profile }, /You are in the draw, Ada \*Lovelace\*! Entered as Ada on GitHub/],
    [{ kind: 'already_in', profile }, /Ada is already in the draw\. If it is your GitHub ID, there is nothing more/],
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

  it('takes it that nobody knows who entered an ID where nothing says so', () => {
    const unknown = enterAnswer({ kind: 'already_in', profile, by: 'unknown' });
    expect(unknown).toEqual(enterAnswer({ kind: 'already_in', profile }));
    expect(visibleText(unknown)).toContain('if it is not, enter with your own');
  });

  it('says what a possible ID has', () => {
    expect(visibleText(enterAnswer({ kind: 'not_an_id' }))).toMatch(/letters, digits, hyphens and underscores/);
  });

  it('has the avatar of who is in', () => {
    const ada = [{ image_url: 'https://a.example/ada', alt_text: 'Avatar of Ada *Lovelace*' }];
    expect(images(enterAnswer({ kind: 'entered', profile }))).toEqual(ada);
    expect(images(enterAnswer({ kind: 'already_in', profile }))).toEqual(ada);
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
      [],
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
    const answer = statusAnswer(status(state, more), [], NOW);
    expect(visibleText(answer)).toMatch(words);
    expect(buttons(answer)).toEqual(offered);
  });

  it('tells a winner which prize is theirs', () => {
    const answer = statusAnswer(status('DRAW_WON'), [{ prize: '*Mug*', login: 'ada' }], NOW);
    expect(visibleText(answer)).toContain('🎉 You won: *Mug*');
    const wins = ['A', 'B', 'C', 'D', 'E'].map((prize) => ({ prize, login: 'ada' }));
    expect(visibleText(statusAnswer(status('DRAW_WON'), wins, NOW))).toContain('🎉 You won: A, B, C and 2 more');
  });
});

describe('the control panel', () => {
  const offered: Readonly<Record<DrawState, readonly string[]>> = {
    NO_DRAW: ['Start a draw'],
    DRAW_OPEN_NO_ENTRANTS: ['Close draw'],
    DRAW_OPEN_WITH_ENTRANTS: ['Close draw', 'Pick winners'],
    DRAW_CLOSED_NO_ENTRANTS: ['Start a draw'],
    DRAW_CLOSED_WITH_ENTRANTS: ['Pick winners'],
    DRAW_WON: ['Start a draw'],
  };

  it.each(DRAW_STATES)('has the buttons that make sense in %s', (state) => {
    expect(buttons(controlPanel(status(state), NOW))).toEqual(offered[state]);
  });

  it.each(DRAW_STATES)('says what came of the last press, in %s', (state) => {
    expect(visibleText(controlPanel(status(state), NOW, mrkdwn`Said.`))).toMatch(
      /^Prize draw: control panel\nSaid\.\n/,
    );
  });

  it('has the prizes and the number of entrants', () => {
    const text = visibleText(controlPanel(status('DRAW_OPEN_WITH_ENTRANTS', { entrants: 3, prizes: ['A', 'B'] }), NOW));
    expect(text).toContain('3 people have entered');
    expect(text).toContain('•  A\n•  B');
  });
});

describe('the list of entrants', () => {
  it('counts and names them', () => {
    expect(visibleText(entrantsAnswer(['ada']))).toBe(
      '👥 1 person has entered:\n•  ada\nPick the winners among them with `/prizedraw pick`.',
    );
    expect(visibleText(entrantsAnswer(['ada', 'linus']))).toContain('👥 2 people have entered:\n•  ada\n•  linus\n');
  });

  it('says that nobody is in it', () => {
    expect(visibleText(entrantsAnswer([]))).toMatch(/^Nobody is entered/);
  });
});

describe('the help', () => {
  const lines = [{ usage: 'enter <github-id>', help: 'Enter' }];

  it('shows how each command is typed', () => {
    const text = visibleText(helpAnswer(lines)).replaceAll('\u2060', '');
    expect(text).toBe('What you can type\n`/prizedraw enter &lt;github-id&gt;`  Enter');
  });

  it('repeats what it does not know, literally', () => {
    expect(visibleText(helpAnswer(lines, '*<!here>*'))).toMatch(
      /^I do not know “\*<!here>\*”\. Here is what I do know:\n/,
    );
  });
});
