import { expect, it } from 'vitest';
import { readText, withBot } from '../support/fixtures/features.ts';
import { channel, partFor, press, shutDialogs } from '../support/fixtures/several-draws.ts';
import { buttons } from '../support/workspace/read.ts';

withBot('the draw that is meant where none is named', (fixture) => {
  const { says, type } = {
    says: (...typed: Typed) => fixture().says(...typed),
    type: (...typed: Typed) => fixture().type(...typed),
  };
  type Typed = [name: string, text: string, channel?: string];
  const start = (prize: string, id: string) => says('olivia', `start "${prize}" in ${id}`, 'admin');
  const entrantsIn = async (id: string) => fixture().redis.smembers(`prizedraw:${id}:entrants`);

  it('is that of the channel in which it is typed', async () => {
    const [chess, music] = [await channel(fixture(), 'chess'), await channel(fixture(), 'music')];
    const { admin } = fixture().bot.slack.channels;
    await says('olivia', 'start "A fork"', 'admin');
    await start('A knight', chess);
    await start('A lute', music);
    await start('A key', admin);
    for (const [id, prize] of [
      [chess, 'A knight'],
      [music, 'A lute'],
      ['announce', 'A fork'],
    ] as const) {
      for (const text of ['', 'status', 'prizes']) {
        const said = await says('ada', text, id);
        expect(said).toContain(prize);
        expect(said.match(/A (?:knight|lute|fork|key)/g)).toEqual([prize]);
      }
    }
    expect(await says('ada', 'enter ada', chess)).toContain(`The draw in <#${chess}>`);
    expect(await says('grace', 'enter grace', 'announce')).toContain('You are in the draw');
    await fixture().member('linus').command('enter', { channel: music });
    await fixture()
      .member('linus')
      .submit(await fixture().dialog('linus'), { 'Your GitHub ID': 'linus' });
    expect(await says('dennis', 'enter dennis', 'admin')).toContain('You are in the draw');
    expect([await entrantsIn(chess), await entrantsIn(music), await entrantsIn(admin)]).toEqual([
      ['ada'],
      ['linus'],
      ['dennis'],
    ]);
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['grace']);

    expect(await says('olivia', 'entrants', 'admin')).toContain('dennis');
    expect(await says('olivia', 'close', 'admin')).toContain(`The draw in <#${admin}>`);
    expect(await says('olivia', 'pick', 'admin')).toContain('Picked 1 winner from 1 entrant');
    expect(await says('ada', 'winners', 'admin')).toContain('A key');
    const open = ['prizedraw', `prizedraw:${chess}`, `prizedraw:${music}`].map((each) => `${each}:is_open`);
    expect(await fixture().redis.exists(...open)).toBe(3);
  }, 30_000);

  it('is else the only one that it can apply to', async () => {
    const [chess, music] = [await channel(fixture(), 'chess'), await channel(fixture(), 'music')];
    await start('A lute', music);
    await says('ada', 'enter ada', music);
    await says('olivia', 'pick', 'admin');
    expect(await says('ada', 'winners')).toContain('A lute');
    await start('A knight', chess);
    for (const text of ['status', 'prizes']) expect(await says('ada', text, 'random')).toContain('A knight');
    // How a draw stands can be asked where it was, once it is over, too.
    expect(await says('ada', 'status', music)).toContain('You won: A lute');
    expect(await says('ada', 'enter ada')).toContain(`The draw in <#${chess}>`);
    await fixture().member('grace').command('enter', { channel: 'random' });
    await fixture()
      .member('grace')
      .submit(await fixture().dialog('grace'), { 'Your GitHub ID': 'grace' });
    expect((await entrantsIn(chess)).toSorted()).toEqual(['ada', 'grace']);
    expect(await says('olivia', 'entrants', 'admin')).toMatch(/ada[\s\S]*grace/);
    // Nothing has been picked in the other one.
    for (const text of ['verify', 'proof']) expect(await says('ada', text)).toContain('A lute');
    expect(await says('ada', 'close')).toContain('Only organisers can do that');
    expect(await says('olivia', 'close', 'admin')).toContain('2 people have entered');
    expect(await says('olivia', 'pick', 'admin')).toContain('Picked 1 winner from 2 entrants');
  }, 30_000);

  it('is the home channel’s where there is none that it can apply to', async () => {
    const chess = await channel(fixture(), 'chess');
    const nothing = async () => {
      for (const text of ['status', 'prizes']) expect(await says('ada', text)).toContain('No draw is running');
      expect(await says('ada', 'enter ada', chess)).toContain('No draw is running');
      for (const text of ['close', 'pick']) expect(await says('olivia', text, 'admin')).toContain('No draw is running');
    };
    await nothing();
    await start('A knight', chess);
    await says('ada', 'enter ada', chess);
    await says('olivia', 'pick', 'admin');
    await nothing();
    await says('olivia', 'start "A fork"', 'admin');
    await says('grace', 'enter grace', 'announce');
    await says('olivia', 'close', 'admin');
    // Of those that are open there is none: the home channel's says why.
    expect(await says('linus', 'enter linus', chess)).toContain('The draw is closed: it takes no more entries');
    expect(await says('olivia', 'close', 'admin')).toContain('The draw is closed already');
  }, 30_000);

  it('is asked for where there are several: each is listed, with a button that does it', async () => {
    const [chess, music] = [await channel(fixture(), 'chess'), await channel(fixture(), 'music')];
    const { announce } = fixture().bot.slack.channels;
    const prizes = { [announce]: 'A fork', [chess]: 'A knight', [music]: 'A lute' };
    for (const [id, prize] of Object.entries(prizes)) await start(prize, id);
    for (const [text, label] of [
      ['', 'See how it stands'],
      ['status', 'See how it stands'],
      ['prizes', 'See the prizes'],
    ] as const) {
      const list = await type('ada', text);
      expect(readText(list)).toContain('There are 3 draws that could be meant. Which one?');
      expect(buttons(list)).toEqual([label, label, label]);
      for (const [id, prize] of Object.entries(prizes)) {
        expect(readText(partFor(list, id))).toContain(`<#${id}>`);
        const said = await press(fixture(), 'ada', label, partFor(list, id));
        expect(said.match(/A (?:knight|lute|fork)/g)).toEqual([prize]);
      }
    }

    for (const typed of ['enter', 'enter ada']) {
      shutDialogs(fixture());
      const list = await type('ada', typed);
      expect(buttons(list)).toEqual(['Enter the draw', 'Enter the draw', 'Enter the draw']);
      expect(fixture().member('ada').lastView()).toBeUndefined();
      expect(await fixture().redis.keys('prizedraw*:entrants')).toEqual([]);
      await fixture().member('ada').click('Enter the draw', partFor(list, chess));
      const view = JSON.stringify(await fixture().dialog('ada'));
      expect(view.includes('"initial_value":"ada"')).toBe(typed !== 'enter');
    }
    await fixture()
      .member('ada')
      .submit(await fixture().dialog('ada'), {});
    expect(await fixture().redis.keys('prizedraw*:entrants')).toEqual([`prizedraw:${chess}:entrants`]);
    await says('grace', 'enter grace', music);

    const open = await type('olivia', 'close', 'admin');
    expect(buttons(open)).toEqual(['Close draw', 'Close draw', 'Close draw']);
    expect(await press(fixture(), 'olivia', 'Close draw', partFor(open, music))).toContain('1 person has entered');
    expect(await fixture().redis.keys('prizedraw*:is_open')).toHaveLength(2);
    expect(buttons(await type('olivia', 'close', 'admin'))).toHaveLength(2);
    const entrants = await type('olivia', 'entrants', 'admin');
    expect(await press(fixture(), 'olivia', 'See who has entered', partFor(entrants, chess))).toContain('ada');

    // Nobody has entered the home channel's, so it cannot be picked.
    const pickable = await type('olivia', 'pick', 'admin');
    expect(buttons(pickable)).toEqual(['Pick winners', 'Pick winners']);
    for (const id of [chess, music]) {
      const said = await press(fixture(), 'olivia', 'Pick winners', partFor(pickable, id));
      expect(said).toContain('Picked 1 winner from 1 entrant');
    }
    expect(await fixture().redis.exists(`prizedraw:${chess}:winners`, `prizedraw:${music}:winners`)).toBe(2);

    for (const [text, label] of [
      ['winners', 'See the winners'],
      ['verify ada', 'Check the pick'],
      ['proof', 'See the record'],
    ] as const) {
      const list = await type('ada', text);
      expect(await press(fixture(), 'ada', label, partFor(list, chess))).toContain('A knight');
    }
    const checked = await press(
      fixture(),
      'linus',
      'Check the pick',
      partFor(await type('linus', 'verify ada'), music),
    );
    expect(checked).toContain('ada was not in the draw.');
  }, 60_000);

  it('is each of them in the control panel', async () => {
    const chess = await channel(fixture(), 'chess');
    await says('olivia', 'start "A fork"', 'admin');
    await start('A knight', chess);
    await says('ada', 'enter ada', chess);
    const panel = await type('olivia', 'admin', 'admin');
    expect(readText(panel)).toMatch(/A fork[\s\S]*A knight/);
    const changes = ['Extend by 15 minutes', 'Cancel draw'];
    expect(buttons(panel)).toEqual([
      'Close draw',
      ...changes,
      'Close draw',
      'Pick winners',
      ...changes,
      'Start a draw',
    ]);
    const after = await press(fixture(), 'olivia', 'Pick winners', panel);
    // Of which draw that is said, and how it stands now.
    expect(after).toContain(`<#${chess}>: 🏆 Picked 1 winner from 1 entrant`);
    expect(after).toMatch(/The winners are out[\s\S]*A fork/);
    expect(await fixture().redis.exists(`prizedraw:${chess}:winners`)).toBe(1);
    expect(await fixture().redis.exists('prizedraw:is_open')).toBe(1);
  });
});
