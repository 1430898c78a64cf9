import { expect, it } from 'vitest';
import { inWorld } from './support/world.ts';

inWorld('one entry a member', (world) => {
  it('is told kindly, by command and in the dialog, and nothing is looked up', async () => {
    await world().says('olivia', 'start "A book"', 'admin');
    await world().says('ada', 'enter ada');
    world().stage.github.requests.length = 0;
    const words = 'You are in the draw already, as ada, and everybody enters once. Good luck!';
    expect(await world().says('ada', 'enter octocat')).toContain(words);
    await world().member('ada').command('enter');
    const view = await world().dialog('ada');
    const ack = await world().member('ada').submit(view, { 'Your GitHub ID': 'octocat' });
    expect(JSON.stringify(ack.body)).toContain(words);
    expect(await world().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
    expect(world().stage.github.requests).toEqual([]);
    expect(await world().says('grace', 'enter octocat')).toContain('You are in the draw, The Octocat!');
  });
});

inWorld(
  'two entries a member',
  (world) => {
    it('are taken, shown, and either may win', async () => {
      await world().says('olivia', 'start "A book"', 'admin');
      await world().says('ada', 'enter ada');
      expect(await world().says('ada', 'enter octocat')).toContain('You are in the draw, The Octocat!');
      expect(await world().says('ada', 'enter ken')).toContain(
        'as ada and octocat, and everybody enters 2 times at most',
      );
      expect(await world().says('ada', 'status')).toContain('You are in, as ada and octocat.');
      await world().says('olivia', 'pick', 'admin');
      expect(await world().says('ada', 'winners')).toContain('You won!');
      expect(await world().says('ada', 'status')).toContain('You won: A book');
    });
  },
  { config: { entriesPerMember: 2 } },
);
