import { describe, expect, it } from 'vitest';
import { readText, STATES, withBot } from '../support/fixtures/features.ts';
import { channel, partFor, press } from '../support/fixtures/several-draws.ts';
import { buttons } from '../support/workspace/read.ts';

withBot('the draws that are on', (fixture) => {
  const says = (...typed: [name: string, text: string, channel?: string]) => fixture().says(...typed);

  it('are listed to anybody, each with its channel, prizes, entrants and time left', async () => {
    const { announce } = fixture().bot.slack.channels;
    const [chess, music, rust] = [
      await channel(fixture(), 'chess'),
      await channel(fixture(), 'music'),
      await channel(fixture(), 'rust'),
    ];
    expect(await says('ada', 'draws')).toContain('No draw is on at the moment.');
    await says('olivia', 'start "A fork" "A *knife*" "A spoon" "A pan" "A pot" for 20m', 'admin');
    await says('olivia', `start "A knight" in ${chess}`, 'admin');
    await says('olivia', `start "A lute" in ${music}`, 'admin');
    await says('olivia', `start "A crab" in ${rust}`, 'admin');
    await says('ada', `enter ada in ${chess}`);
    await says('olivia', `close in ${chess}`, 'admin');
    await says('olivia', `cancel in ${rust}`, 'admin');
    const said = await says('ada', 'draws');
    expect(said).toContain('*3 draws:*');
    expect(said).toMatch(
      new RegExp(
        `<#${announce}> {2}\\*Open\\.\\* It closes in 20 minutes, .*\\n5 prizes: A \\*knife\\*, A fork, A pan and 2 more\\n👥 Nobody`,
      ),
    );
    expect(said).toContain(
      `<#${chess}>  *Closed.* The winners have not been picked yet.\n1 prize: A knight\n👥 1 person`,
    );
    expect(said).toContain(`<#${music}>  *Open.* It stays open until an organiser closes it.\n1 prize: A lute`);
    expect(said).not.toContain(rust);
  });

  it('are also those of other programs', async () => {
    await fixture().write(STATES.DRAW_CLOSED_WITH_ENTRANTS);
    expect(await says('ada', 'draws')).toContain(
      '*Closed.* The winners have not been picked yet.\n2 prizes: A book and A mug',
    );
    await fixture().write(STATES.DRAW_WON);
    expect(await says('ada', 'draws')).toContain('No draw is on at the moment.');
  });

  describe('several of which could be changed', () => {
    it.each([
      ['extend 30m', 'Extend it', 'The draw has a closing time now'],
      ['add "A pen"', 'Add there', 'Added: A pen.'],
      ['drop "A mug"', 'Drop there', 'Dropped: A mug.'],
      ['remove ada because of rain', 'Remove there', 'ada is out of the draw'],
      ['cancel because of rain', 'Cancel draw', 'The draw is cancelled'],
    ])('are each offered to whoever types “%s”, and the named one is changed', async (typed, label, done) => {
      const chess = await channel(fixture(), 'chess');
      const { announce } = fixture().bot.slack.channels;
      await says('olivia', 'start "A book" "A mug"', 'admin');
      await says('olivia', `start "A knight" "A mug" in ${chess}`, 'admin');
      for (const id of [announce, chess]) await says('ada', `enter ada in ${id}`);
      const list = await fixture().type('olivia', typed, 'admin');
      expect(readText(list)).toContain('There are 2 draws that could be meant');
      expect(buttons(list)).toEqual([label, label]);
      const there = await press(fixture(), 'olivia', label, partFor(list, chess));
      expect(there).toContain(`The draw in <#${chess}>`);
      expect(there).toContain(done);
      const home = await says('olivia', `${typed} in ${announce}`, 'admin');
      expect(home).toContain(done);
    });
  });
});
