import { describe, expect, it } from 'vitest';
import { readText, STATES, type State, shownOf, withBot } from '../support/fixtures/features.ts';
import { buttons } from '../support/workspace/read.ts';

/** What each step says in each state. */
const CLOSE: Record<State, string> = {
  NO_DRAW: 'No draw is running',
  DRAW_OPEN_NO_ENTRANTS: 'The draw is closed. Nobody has entered, so there is nobody to pick',
  DRAW_OPEN_WITH_ENTRANTS: 'The draw is closed. 2 people have entered. Pick the winners with `/prizedraw pick`',
  DRAW_CLOSED_NO_ENTRANTS: 'The draw is closed already. Nobody entered',
  DRAW_CLOSED_WITH_ENTRANTS: 'The draw is closed already. Pick the winners',
  DRAW_WON: 'The draw is over',
};

const PICK: Record<State, string> = {
  NO_DRAW: 'No draw is running',
  DRAW_OPEN_NO_ENTRANTS: 'Nobody has entered yet, so there is nobody to pick. The draw stays open.',
  DRAW_OPEN_WITH_ENTRANTS: 'Picked 2 winners from 2 entrants',
  DRAW_CLOSED_NO_ENTRANTS: 'Nobody entered, so there is nobody to pick',
  DRAW_CLOSED_WITH_ENTRANTS: 'Picked 2 winners from 2 entrants',
  DRAW_WON: 'The winners are out already',
};

/** What can be changed in a draw that is on. */
const CHANGES = ['Extend by 15 minutes', 'Cancel draw'];

const BUTTONS: Record<State, string[]> = {
  NO_DRAW: ['Start a draw'],
  DRAW_OPEN_NO_ENTRANTS: ['Close draw', ...CHANGES],
  DRAW_OPEN_WITH_ENTRANTS: ['Close draw', 'Pick winners', ...CHANGES],
  DRAW_CLOSED_NO_ENTRANTS: ['Start a draw', ...CHANGES],
  DRAW_CLOSED_WITH_ENTRANTS: ['Pick winners', ...CHANGES],
  DRAW_WON: ['Start a draw'],
};

const states = Object.keys(STATES).filter((state): state is State => state in CLOSE);

withBot('an organiser', (fixture) => {
  describe.each(states)('in the state %s', (state) => {
    it('closes', async () => {
      await fixture().write(STATES[state]);
      const { 'prizedraw:is_open': _, ...others } = await fixture().keys();
      expect(await fixture().says('olivia', 'close', 'admin')).toContain(CLOSE[state]);
      expect(await fixture().keys()).toEqual(others);
    });

    it('picks', async () => {
      await fixture().write(STATES[state]);
      const before = await fixture().keys();
      expect(await fixture().says('olivia', 'pick', 'admin')).toContain(PICK[state]);
      if (!state.endsWith('WITH_ENTRANTS')) return expect(await fixture().keys()).toEqual(before);
      const { 'prizedraw:winners': winners, 'prizedraw:winners_json': __, ...others } = await fixture().keys();
      expect(Object.entries(winners?.value ?? {}).toSorted()).toEqual([
        ['A book', expect.stringMatching(/^(ken|barbara)$/)],
        ['A mug', expect.stringMatching(/^(ken|barbara)$/)],
      ]);
      expect(Object.keys(others).filter((key) => !key.includes(':profiles:'))).toEqual([]);
    });

    it('sees the entrants', async () => {
      await fixture().write(STATES[state]);
      const text = await fixture().says('olivia', 'entrants', 'admin');
      if (state.endsWith('WITH_ENTRANTS')) expect(text).toMatch(/barbara[\s\S]*ken/);
      else expect(text).not.toMatch(/barbara|ken/);
    });

    it('sees in the control panel the buttons that make sense', async () => {
      await fixture().write(STATES[state]);
      expect(buttons(await fixture().type('olivia', 'admin', 'admin'))).toEqual(BUTTONS[state]);
    });
  });

  it('leaves prizes that nobody won', async () => {
    await fixture().write({ open: true, prizes: ['A', 'B', 'C'], entrants: ['ken'] });
    expect(await fixture().says('olivia', 'pick', 'admin')).toContain('Picked 1 winner from 1 entrant.');
    expect((await fixture().redis.smembers('prizedraw:prizes')).length).toBe(2);
    expect(await fixture().says('olivia', 'admin', 'admin')).toContain('Prizes that nobody won:');
    expect(await fixture().says('ada', 'prizes')).toContain('Prizes that nobody won:');
  });

  it('has nobody win twice when there are more people than prizes', async () => {
    const entrants = ['a', 'b', 'c', 'd', 'e', 'f'];
    await fixture().write({ open: true, prizes: ['A', 'B', 'C'], entrants });
    await fixture().says('olivia', 'pick', 'admin');
    const winners = Object.values(await fixture().redis.hgetall('prizedraw:winners'));
    expect(new Set(winners).size).toBe(3);
    expect(await fixture().redis.exists('prizedraw:entrants', 'prizedraw:prizes')).toBe(0);
  });
});

withBot('the control panel', (fixture) => {
  const press = async (label: string) => {
    const panel = await fixture().type('olivia', 'admin', 'admin');
    return fixture().member('olivia').click(label, panel);
  };

  it.each(['Close draw', 'Pick winners', 'Cancel draw'])('asks for confirmation before “%s”', async (label) => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const panel = JSON.stringify(await fixture().type('olivia', 'admin', 'admin'));
    const [, after = ''] = panel.split(`"text":"${label}"`);
    expect(after).toMatch(/^[^[]*"confirm":\{"title"/);
  });

  it('starts a draw', async () => {
    const { ack } = await press('Start a draw');
    expect(ack.status).toBe(200);
    await fixture()
      .member('olivia')
      .submit(await fixture().dialog('olivia'), { 'Prizes, one a line': 'A book' });
    expect(await fixture().redis.get('prizedraw:is_open')).toBe('true');
  });

  it('closes the draw, and shows itself anew in the same place', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const answer = await press('Close draw');
    const after = await shownOf(answer);
    expect(answer.posts[0]?.body).toMatchObject({ replace_original: true });
    expect(readText(after)).toContain('The draw is closed. 2 people have entered.');
    expect(buttons(after)).toEqual(['Pick winners', ...CHANGES]);
  });

  it('picks the winners', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const after = await shownOf(await press('Pick winners'));
    expect(readText(after)).toContain('Picked 2 winners from 2 entrants');
    expect(buttons(after)).toEqual(['Start a draw']);
    expect(Object.keys(await fixture().redis.hgetall('prizedraw:winners')).toSorted()).toEqual(['A book', 'A mug']);
  });

  it('says so when a button no longer makes sense', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const old = await fixture().type('olivia', 'admin', 'admin');
    await fixture().says('olivia', 'pick', 'admin');
    const before = await fixture().redis.hgetall('prizedraw:winners');
    expect(readText(await shownOf(await fixture().member('olivia').click('Pick winners', old)))).toContain(
      'out already',
    );
    expect(readText(await shownOf(await fixture().member('olivia').click('Close draw', old)))).toContain('is over');
    expect(await fixture().redis.hgetall('prizedraw:winners')).toEqual(before);
  });
});
