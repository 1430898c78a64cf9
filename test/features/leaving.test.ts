import { expect, it } from 'vitest';
import { readText, shownOf, withBot } from '../support/fixtures/features.ts';
import { channel, OVER, press } from '../support/fixtures/several-draws.ts';
import { buttons } from '../support/workspace/read.ts';

withBot('whoever has entered', (fixture) => {
  const says = (...typed: [name: string, text: string, channel?: string]) => fixture().says(...typed);
  const start = () => says('olivia', 'start "A book"', 'admin');
  const entrants = () => fixture().redis.smembers('prizedraw:entrants');

  it('leaves by the button under “You are in the draw”, which the answer takes the place of, and may enter again', async () => {
    await start();
    const entered = await fixture().type('ada', 'enter ada');
    expect(buttons(entered)).toEqual(['Leave the draw']);
    await fixture().announced('1 person has entered');
    const answer = await fixture().member('ada').click('Leave the draw', entered);
    expect(readText(await shownOf(answer))).toContain('You have left the draw: ada is out.');
    expect(answer.posts[0]?.body).toMatchObject({ replace_original: true });
    expect(await entrants()).toEqual([]);
    await fixture().announced('Nobody has entered yet');
    // The button of a message that is still there somewhere.
    expect(await press(fixture(), 'ada', 'Leave the draw', entered)).toContain('ada is not in the draw');
    expect(await says('ada', 'enter grace')).toContain('You are in the draw');
  }, 30_000);

  it('leaves by the command, and by the button in the status', async () => {
    await start();
    await says('ada', 'enter ada');
    expect(await says('ada', 'leave')).toContain('You have left the draw: ada is out.');
    expect(await says('ada', 'leave')).toContain('You have not entered this draw');
    await says('ada', 'enter ada');
    expect(await says('ada', 'leave https://github.com/Ada')).toContain('You have left the draw: ada is out.');
    await says('ada', 'enter ada');
    const status = await fixture().type('ada', 'status');
    expect(buttons(status)).toEqual(['Leave the draw']);
    expect(await press(fixture(), 'ada', 'Leave the draw', status)).toContain('You have left the draw');
    expect(await entrants()).toEqual([]);
  });

  it('takes back nothing that another member entered, nor what is no ID', async () => {
    await start();
    await says('ada', 'enter ada');
    expect(await says('grace', 'leave ada')).toContain('ada was not entered by you, so nothing was changed.');
    expect(await says('grace', 'leave <script>')).toContain('That is not a possible GitHub ID');
    expect(await entrants()).toEqual(['ada']);
  });

  it('leaves the draw that is meant, and no other', async () => {
    const chess = await channel(fixture(), 'chess');
    await start();
    await says('olivia', 'start "A knight" in #chess', 'admin');
    const entered = await fixture().type('ada', 'enter ada in #chess');
    await says('ada', `enter ada in ${fixture().bot.slack.channels.announce}`);
    expect(await says('ada', 'leave')).toContain('There are 2 draws that could be meant');
    expect(await says('ada', 'leave ada in #chess')).toContain(`The draw in <#${chess}>`);
    expect(await fixture().redis.exists(`prizedraw:${chess}:entrants`)).toBe(0);
    expect(await entrants()).toEqual(['ada']);
    // Of those that are open, the one that they are in.
    expect(await says('ada', 'leave')).toContain('You have left the draw: ada is out.');
    expect(await entrants()).toEqual([]);
    // The next draw there is another one.
    await says('olivia', 'cancel in #chess', 'admin');
    await says('olivia', 'start "A queen" in #chess', 'admin');
    await says('ada', 'enter ada in #chess');
    expect(await press(fixture(), 'ada', 'Leave the draw', entered)).toContain(OVER);
    expect(await fixture().redis.smembers(`prizedraw:${chess}:entrants`)).toEqual(['ada']);
  }, 30_000);
});

withBot(
  'whoever has entered several IDs',
  (fixture) => {
    it('is asked which to take back', async () => {
      await fixture().says('olivia', 'start "A book"', 'admin');
      for (const login of ['ada', 'grace']) await fixture().says('ada', `enter ${login}`);
      const said = await fixture().says('ada', 'leave');
      expect(said).toMatch(
        /You have entered several GitHub IDs\. .*`\/prizedraw leave ada`[\s\S]*• {2}ada\n• {2}grace/,
      );
      expect(await fixture().says('ada', 'leave grace')).toContain('grace is out');
      expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
    });
  },
  { config: { entriesPerMember: 0 } },
);
