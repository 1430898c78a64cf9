import { describe, expect, it } from 'vitest';
import { buttons } from '../workspace/read.ts';
import { inWorld, readText, STATES, type State, shownOf } from './support/world.ts';

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

const BUTTONS: Record<State, string[]> = {
  NO_DRAW: ['Start a draw'],
  DRAW_OPEN_NO_ENTRANTS: ['Close draw'],
  DRAW_OPEN_WITH_ENTRANTS: ['Close draw', 'Pick winners'],
  DRAW_CLOSED_NO_ENTRANTS: ['Start a draw'],
  DRAW_CLOSED_WITH_ENTRANTS: ['Pick winners'],
  DRAW_WON: ['Start a draw'],
};

const states = Object.keys(STATES).filter((state): state is State => state in CLOSE);

inWorld('an organiser', (world) => {
  describe.each(states)('in the state %s', (state) => {
    it('closes', async () => {
      await world().write(STATES[state]);
      const { 'prizedraw:is_open': _, ...others } = await world().keys();
      expect(await world().says('olivia', 'close', 'admin')).toContain(CLOSE[state]);
      expect(await world().keys()).toEqual(others);
    });

    it('picks', async () => {
      await world().write(STATES[state]);
      const before = await world().keys();
      expect(await world().says('olivia', 'pick', 'admin')).toContain(PICK[state]);
      if (!state.endsWith('WITH_ENTRANTS')) return expect(await world().keys()).toEqual(before);
      const { 'prizedraw:winners': winners, 'prizedraw:winners_json': __, ...others } = await world().keys();
      expect(Object.entries(winners?.value ?? {}).toSorted()).toEqual([
        ['A book', expect.stringMatching(/^(ken|barbara)$/)],
        ['A mug', expect.stringMatching(/^(ken|barbara)$/)],
      ]);
      expect(Object.keys(others).filter((key) => !key.includes(':profiles:'))).toEqual([]);
    });

    it('sees the entrants', async () => {
      await world().write(STATES[state]);
      const text = await world().says('olivia', 'entrants', 'admin');
      if (state.endsWith('WITH_ENTRANTS')) expect(text).toMatch(/barbara[\s\S]*ken/);
      else expect(text).not.toMatch(/barbara|ken/);
    });

    it('sees in the control panel the buttons that make sense', async () => {
      await world().write(STATES[state]);
      expect(buttons(await world().type('olivia', 'admin', 'admin'))).toEqual(BUTTONS[state]);
    });
  });

  it('leaves prizes that nobody won', async () => {
    await world().write({ open: true, prizes: ['A', 'B', 'C'], entrants: ['ken'] });
    expect(await world().says('olivia', 'pick', 'admin')).toContain('Picked 1 winner from 1 entrant.');
    expect((await world().redis.smembers('prizedraw:prizes')).length).toBe(2);
    expect(await world().says('olivia', 'admin', 'admin')).toContain('Prizes that nobody won:');
    expect(await world().says('ada', 'prizes')).toContain('Prizes that nobody won:');
  });

  it('has nobody win twice when there are more people than prizes', async () => {
    const entrants = ['a', 'b', 'c', 'd', 'e', 'f'];
    await world().write({ open: true, prizes: ['A', 'B', 'C'], entrants });
    await world().says('olivia', 'pick', 'admin');
    const winners = Object.values(await world().redis.hgetall('prizedraw:winners'));
    expect(new Set(winners).size).toBe(3);
    expect(await world().redis.exists('prizedraw:entrants', 'prizedraw:prizes')).toBe(0);
  });
});

inWorld('the control panel', (world) => {
  const press = async (label: string) => {
    const panel = await world().type('olivia', 'admin', 'admin');
    return world().member('olivia').click(label, panel);
  };

  it.each(['Close draw', 'Pick winners'])('asks for confirmation before “%s”', async (label) => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const panel = JSON.stringify(await world().type('olivia', 'admin', 'admin'));
    const [, after = ''] = panel.split(`"text":"${label}"`);
    expect(after).toMatch(/^[^[]*"confirm":\{"title"/);
  });

  it('starts a draw', async () => {
    const { ack } = await press('Start a draw');
    expect(ack.status).toBe(200);
    await world()
      .member('olivia')
      .submit(await world().dialog('olivia'), { 'Prizes, one a line': 'A book' });
    expect(await world().redis.get('prizedraw:is_open')).toBe('true');
  });

  it('closes the draw, and shows itself anew in the same place', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const answer = await press('Close draw');
    const after = await shownOf(answer);
    expect(answer.posts[0]?.body).toMatchObject({ replace_original: true });
    expect(readText(after)).toContain('The draw is closed. 2 people have entered.');
    expect(buttons(after)).toEqual(['Pick winners']);
  });

  it('picks the winners', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const after = await shownOf(await press('Pick winners'));
    expect(readText(after)).toContain('Picked 2 winners from 2 entrants');
    expect(buttons(after)).toEqual(['Start a draw']);
    expect(Object.keys(await world().redis.hgetall('prizedraw:winners')).toSorted()).toEqual(['A book', 'A mug']);
  });

  it('says so when a button no longer makes sense', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const old = await world().type('olivia', 'admin', 'admin');
    await world().says('olivia', 'pick', 'admin');
    const before = await world().redis.hgetall('prizedraw:winners');
    expect(readText(await shownOf(await world().member('olivia').click('Pick winners', old)))).toContain('out already');
    expect(readText(await shownOf(await world().member('olivia').click('Close draw', old)))).toContain('is over');
    expect(await world().redis.hgetall('prizedraw:winners')).toEqual(before);
  });
});
