import { describe, expect, it } from 'vitest';
import { STATES, type State, withBot } from '../support/fixtures/features.ts';

/** What each change says in each state; of a draw that another program has opened, closed or picked. */
const SAYS: Readonly<Record<string, Readonly<Record<State, string>>>> = {
  'extend 30m': {
    NO_DRAW: 'No draw is running, so there is nothing to change',
    DRAW_OPEN_NO_ENTRANTS: 'The draw has a closing time now',
    DRAW_OPEN_WITH_ENTRANTS: 'The draw has a closing time now',
    DRAW_CLOSED_NO_ENTRANTS: 'The draw is open again, until',
    DRAW_CLOSED_WITH_ENTRANTS: 'The draw is open again, until',
    DRAW_WON: 'The draw is over and the winners are out, so nothing was changed',
  },
  'add "A pen"': {
    NO_DRAW: 'No draw is running, so there is nothing to change',
    DRAW_OPEN_NO_ENTRANTS: 'Added: A pen. The draw has 3 prizes now.',
    DRAW_OPEN_WITH_ENTRANTS: 'Added: A pen. The draw has 3 prizes now.',
    DRAW_CLOSED_NO_ENTRANTS: 'Added: A pen. The draw has 3 prizes now.',
    DRAW_CLOSED_WITH_ENTRANTS: 'Added: A pen. The draw has 3 prizes now.',
    DRAW_WON: 'The draw is over and the winners are out, so nothing was changed',
  },
  'drop "A mug"': {
    NO_DRAW: 'No draw is running, so there is nothing to change',
    DRAW_OPEN_NO_ENTRANTS: 'Dropped: A mug. The draw has 1 prize now.',
    DRAW_OPEN_WITH_ENTRANTS: 'Dropped: A mug. The draw has 1 prize now.',
    DRAW_CLOSED_NO_ENTRANTS: 'Dropped: A mug. The draw has 1 prize now.',
    DRAW_CLOSED_WITH_ENTRANTS: 'Dropped: A mug. The draw has 1 prize now.',
    DRAW_WON: 'The draw is over and the winners are out, so nothing was changed',
  },
  'remove ken': {
    NO_DRAW: 'No draw is running, so there is nothing to change',
    DRAW_OPEN_NO_ENTRANTS: 'ken is not in the draw',
    DRAW_OPEN_WITH_ENTRANTS: 'ken is out of the draw, and cannot be entered in it again. Nobody was told',
    DRAW_CLOSED_NO_ENTRANTS: 'ken is not in the draw',
    DRAW_CLOSED_WITH_ENTRANTS: 'ken is out of the draw, and cannot be entered in it again. Nobody was told',
    DRAW_WON: 'The draw is over and the winners are out, so nothing was changed',
  },
  cancel: {
    NO_DRAW: 'No draw is running, so there is nothing to change',
    DRAW_OPEN_NO_ENTRANTS: 'The draw is cancelled: nobody wins',
    DRAW_OPEN_WITH_ENTRANTS: 'The draw is cancelled: nobody wins',
    DRAW_CLOSED_NO_ENTRANTS: 'The draw is cancelled: nobody wins',
    DRAW_CLOSED_WITH_ENTRANTS: 'The draw is cancelled: nobody wins',
    DRAW_WON: 'The draw is over and the winners are out, so nothing was changed',
  },
  'leave ken': {
    NO_DRAW: 'No draw is running at the moment, so there is none to leave',
    DRAW_OPEN_NO_ENTRANTS: 'ken is not in the draw',
    DRAW_OPEN_WITH_ENTRANTS: 'ken was not entered by you',
    DRAW_CLOSED_NO_ENTRANTS: 'The draw is closed, so entries stay as they are',
    DRAW_CLOSED_WITH_ENTRANTS: 'The draw is closed, so entries stay as they are',
    DRAW_WON: 'The draw is over and the winners are out',
  },
};

/** What a refusal begins with, and nothing else. */
const REFUSED = /No draw|is over|is not in|was not entered|is closed, so/;

withBot('a change of a draw in each of its states', (fixture) => {
  describe.each(Object.entries(SAYS))('%s', (typed, said) => {
    const states = Object.keys(STATES).filter((state): state is State => state in STATES);

    it.each(states)('in the state %s', async (state) => {
      await fixture().write(STATES[state]);
      const before = await fixture().keys();
      const answer = await fixture().says('olivia', typed, 'admin');
      expect(answer).toContain(said[state]);
      const after = await fixture().keys();
      if (REFUSED.test(said[state])) expect(after).toEqual(before);
      else expect(after).not.toEqual(before);
    });
  });
});

const COMMITTED = 'The winners of this draw are being picked: who takes part, and for what, is fixed.';

withBot(
  'a change of a draw whose pick waits for its round of the beacon',
  (fixture) => {
    it('is refused, and changes nothing', async () => {
      await fixture().says('olivia', 'start "A book" "A mug"', 'admin');
      await fixture().says('ada', 'enter ada');
      const panel = await fixture().type('olivia', 'admin', 'admin');
      expect(await fixture().says('olivia', 'pick', 'admin')).toContain('Drawing from 1 entrant');
      const before = await fixture().keys();
      for (const typed of ['extend 30m', 'add "A pen"', 'drop "A mug"', 'remove ada', 'cancel because of rain']) {
        expect(await fixture().says('olivia', typed, 'admin')).toContain(COMMITTED);
      }
      for (const label of ['Extend by 15 minutes', 'Cancel draw']) {
        const after = await (await fixture().member('olivia').click(label, panel)).later();
        expect(JSON.stringify(after)).toContain(COMMITTED);
      }
      expect(await fixture().says('ada', 'leave')).toContain('The draw is closed, so entries stay as they are');
      expect(await fixture().keys()).toEqual(before);
    });
  },
  { config: { randomness: 'drand' } },
);
