import { describe, expect, it } from 'vitest';
import { readText, withBot } from '../support/fixtures/features.ts';
import { channel, OVER, partFor, postedIn, press, shutDialogs } from '../support/fixtures/several-draws.ts';

describe.each(['general', 'chess'])('in #%s', (name) => {
  withBot('a button or dialog of a draw that is over', (fixture) => {
    const says = (...typed: [who: string, text: string, where?: string]) => fixture().says(...typed);
    const start = (prize: string) => says('olivia', `start "${prize}" in #${name}`, 'admin');

    /** What was shown for a first draw: everything with a button, and a dialog; and a second draw elsewhere. */
    const shown = async (prize: string) => {
      const [id, music] = [await channel(fixture(), name), await channel(fixture(), 'music')];
      await says('olivia', `start "A lute" in ${music}`, 'admin');
      await says('dennis', `enter dennis in ${music}`);
      await start(prize);
      await says('ada', `enter ada in #${name}`);
      const announced = await postedIn(fixture(), id, prize);
      const panel = await fixture().type('olivia', `admin in #${name}`, 'admin');
      const lists = {
        status: partFor(await fixture().type('grace', 'status'), id),
        prizes: partFor(await fixture().type('grace', 'prizes'), id),
        enter: partFor(await fixture().type('grace', 'enter grace'), id),
        close: partFor(await fixture().type('olivia', 'close', 'admin'), id),
        pick: partFor(await fixture().type('olivia', 'pick', 'admin'), id),
        entrants: partFor(await fixture().type('olivia', 'entrants', 'admin'), id),
      };
      await fixture().member('grace').click('Enter the draw', announced);
      return { id, announced, panel, lists, dialog: await fixture().dialog('grace') };
    };
    /** Without the cache of winners, which whoever shows them writes. */
    const keys = async () => Object.entries(await fixture().keys()).filter(([key]) => !key.endsWith(':winners_json'));
    const submitted = async (view: Awaited<ReturnType<typeof shown>>['dialog']) =>
      readText((await fixture().member('grace').submit(view, { 'Your GitHub ID': 'grace' })).body);

    it('says so when another has begun there, and changes nothing', async () => {
      const { announced, panel, lists, dialog } = await shown('A pawn');
      await says('olivia', `pick in #${name}`, 'admin');
      await start('A queen');
      await says('linus', `enter linus in #${name}`);
      const before = await fixture().keys();
      expect(await submitted(dialog)).toContain(OVER);
      shutDialogs(fixture());
      for (const label of ['Close draw', 'Pick winners']) {
        expect(await press(fixture(), 'olivia', label, panel)).toContain(OVER);
      }
      expect(await press(fixture(), 'olivia', 'Close draw', lists.close)).toContain(OVER);
      expect(await press(fixture(), 'olivia', 'Pick winners', lists.pick)).toContain(OVER);
      expect(await press(fixture(), 'olivia', 'See who has entered', lists.entrants)).toContain(OVER);
      expect(await press(fixture(), 'grace', 'See how it stands', lists.status)).toContain(OVER);
      expect(await press(fixture(), 'grace', 'See the prizes', lists.prizes)).toContain(OVER);
      expect(await press(fixture(), 'grace', 'Enter the draw', lists.enter)).toContain(OVER);
      expect(await press(fixture(), 'grace', 'Enter the draw', announced)).toContain(OVER);
      expect(fixture().member('grace').lastView()).toBeUndefined();
      expect(await fixture().keys()).toEqual(before);
    }, 60_000);

    it('says so when its winners are out, and changes nothing', async () => {
      const { id, announced, panel, lists, dialog } = await shown('A rook');
      await says('olivia', `pick in #${name}`, 'admin');
      await postedIn(fixture(), id, 'And the winners are', 'A rook');
      const before = await keys();
      const over = 'The draw is over and the winners are out';
      expect(await submitted(dialog)).toContain(over);
      expect(await press(fixture(), 'olivia', 'Close draw', panel)).toContain(over);
      expect(await press(fixture(), 'olivia', 'Pick winners', panel)).toContain('The winners are out already');
      expect(await press(fixture(), 'olivia', 'Close draw', lists.close)).toContain(over);
      expect(await press(fixture(), 'olivia', 'Pick winners', lists.pick)).toContain('The winners are out already');
      expect(await press(fixture(), 'grace', 'See how it stands', lists.status)).toContain(over);
      for (const where of [lists.enter, announced]) {
        shutDialogs(fixture());
        await fixture().member('grace').click('Enter the draw', where);
        expect(await submitted(await fixture().dialog('grace'))).toContain(over);
      }
      expect(await keys()).toEqual(before);
    }, 60_000);
  });
});
