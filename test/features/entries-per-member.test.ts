import { expect, it } from 'vitest';
import { withBot } from '../support/fixtures/features.ts';

withBot('one entry a member', (fixture) => {
  it('is told kindly, by command and in the dialog, and nothing is looked up', async () => {
    await fixture().says('olivia', 'start "A book"', 'admin');
    await fixture().says('ada', 'enter ada');
    fixture().bot.github.requests.length = 0;
    const words = 'You are in the draw already, as ada, and everybody enters once. Good luck!';
    expect(await fixture().says('ada', 'enter octocat')).toContain(words);
    await fixture().member('ada').command('enter');
    const view = await fixture().dialog('ada');
    const ack = await fixture().member('ada').submit(view, { 'Your GitHub ID': 'octocat' });
    expect(JSON.stringify(ack.body)).toContain(words);
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
    expect(fixture().bot.github.requests).toEqual([]);
    expect(await fixture().says('grace', 'enter octocat')).toContain('You are in the draw, The Octocat!');
  });
});

withBot(
  'two entries a member',
  (fixture) => {
    it('are taken, shown, and either may win', async () => {
      await fixture().says('olivia', 'start "A book"', 'admin');
      await fixture().says('ada', 'enter ada');
      expect(await fixture().says('ada', 'enter octocat')).toContain('You are in the draw, The Octocat!');
      expect(await fixture().says('ada', 'enter ken')).toContain(
        'as ada and octocat, and everybody enters 2 times at most',
      );
      expect(await fixture().says('ada', 'status')).toContain('You are in, as ada and octocat.');
      await fixture().says('olivia', 'pick', 'admin');
      expect(await fixture().says('ada', 'winners')).toContain('You won!');
      expect(await fixture().says('ada', 'status')).toContain('You won: A book');
    });
  },
  { config: { entriesPerMember: 2 } },
);
