import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readText, withBot } from '../support/fixtures/features.ts';
import { originalBeside, SOON, told, toldOf, winnersTold } from '../support/fixtures/original.ts';

withBot('who entered which ID', (fixture) => {
  /** Grace has entered Ken's ID in a draw of the bot, and Ada her own. */
  const before = async (prize: string): Promise<void> => {
    await fixture().says('olivia', `start "${prize}"`, 'admin');
    expect(await fixture().says('grace', 'enter ken')).toContain('You are in');
    expect(await fixture().says('ada', 'enter ada')).toContain('You are in');
  };

  describe.each([
    ['that was picked', 'pick', (prize: string) => `Another ${prize}`],
    ['that was picked, and had the same prizes', 'pick', (prize: string) => prize],
    ['that was closed', 'close', (prize: string) => `Another ${prize}`],
    ['that was closed, and had the same prizes', 'close', (prize: string) => prize],
    ['that was open', 'admin', (prize: string) => `Another ${prize}`],
    ['that was open, and had the same prizes', 'admin', (prize: string) => prize],
  ])('in a draw of the bot %s', (what, last, renamed) => {
    const prize = `flute ${what}`;

    it('says nothing in the next, of the original', async () => {
      await before(prize);
      await fixture().says('olivia', last, 'admin');
      const { ts } = last === 'pick' ? await winnersTold(fixture(), prize) : await fixture().announced(prize);
      const original = originalBeside(fixture());
      await original.start([renamed(prize)]);
      await original.enter('ken');
      for (const name of ['grace', 'ada']) {
        expect(await fixture().says(name, 'status')).not.toMatch(/You are in|You entered/);
      }
      const said = await fixture().says('grace', 'enter grace');
      expect(said).toContain('You are in');
      expect(await fixture().says('grace', 'status')).toMatch(/You are in, as \W*grace/);
      await original.enter('ada');
      expect(await fixture().says('ada', 'status')).not.toContain('You are in');
      await fixture().redis.srem('prizedraw:entrants', 'ada', 'grace');
      await original.pick();
      const winners = readText(await winnersTold(fixture(), renamed(prize), ts));
      expect(winners).toContain('Ken Thompson');
      expect(winners).not.toContain('<@');
      expect(await fixture().says('grace', 'winners')).not.toMatch(/<@|You won/);
      expect(await fixture().says('grace', 'status')).not.toMatch(/You won|You entered/);
    }, 60_000);
  });
});

withBot('an entrant whom another program takes out', (fixture) => {
  it('takes nobody else’s entry or mention along, and begins no other draw', async () => {
    await fixture().says('olivia', 'start "A harp"', 'admin');
    const { ts } = await fixture().announced('A harp');
    expect(await fixture().says('ada', 'enter ada')).toContain('You are in');
    await fixture().redis.sadd('prizedraw:entrants', 'ken', 'linus');
    await toldOf(fixture(), ['A harp', '3 people have entered']);
    await fixture().redis.srem('prizedraw:entrants', 'ken');
    await toldOf(fixture(), ['A harp', '2 people have entered']);
    expect(await fixture().says('ada', 'status')).toMatch(/You are in, as \W*ada/);
    await fixture().redis.srem('prizedraw:entrants', 'linus');
    expect(await fixture().says('grace', 'enter ada')).toContain('entered by another member');
    expect((await toldOf(fixture(), ['A harp', '1 person has entered'])).ts).toBe(ts);
    await fixture().says('olivia', 'pick', 'admin');
    expect(readText(await winnersTold(fixture(), 'A harp'))).toContain(`<@${fixture().member('ada').id}>`);
    expect((await told(fixture(), 'A harp')).map(([kind]) => kind)).toEqual(['closed', 'winners']);
  }, 60_000);
});

withBot('winners of the original', (fixture) => {
  it('are not taken for those of the bot’s last pick, where they are the same', async () => {
    await fixture().says('olivia', 'start "A drum"', 'admin');
    await fixture().says('ada', 'enter ada');
    await fixture().says('olivia', 'pick', 'admin');
    const ours = await winnersTold(fixture(), 'A drum');
    expect(readText(ours)).toContain('Drawn from 1 entrant');
    expect(await fixture().says('ada', 'verify')).toContain('The winners follow from the record');
    const original = originalBeside(fixture());
    await original.start(['A drum']);
    await original.enter('ada');
    await original.pick();
    // Asked at once, before it can be clear that nothing more comes.
    for (const command of ['verify', 'proof']) {
      expect(await fixture().says('ada', command)).toContain('Another program picked the last winners');
    }
    expect(readText(await winnersTold(fixture(), 'A drum', ours.ts))).not.toContain('Drawn from');
    for (const command of ['verify', 'proof']) {
      expect(await fixture().says('ada', command)).toContain('Another program picked the last winners');
    }
  }, 60_000);

  it('are shown as they are, whatever a slow page of the original has left in its cache', async () => {
    const original = originalBeside(fixture());
    await original.start(['A fife']);
    await original.enter('ken');
    await original.pick();
    const { ts } = await winnersTold(fixture(), 'A fife');
    await fixture().redis.del('prizedraw:winners_json');
    // While the page reads profiles, the next draw begins and is picked.
    const slow = originalBeside(fixture(), async (command) => {
      if (command !== 'GET profile') return;
      await original.start(['A fife']);
      await original.enter('barbara');
      await original.pick();
    });
    await slow.winners();
    expect(await fixture().redis.get('prizedraw:winners_json')).toContain('The ken');
    const announced = readText(await winnersTold(fixture(), 'A fife', ts));
    for (const text of [announced, await fixture().says('ada', 'winners')]) {
      expect(text).toContain('https://github.com/barbara|barbara');
      expect(text).not.toMatch(/ken/i);
    }
    const shown = JSON.stringify(await fixture().type('ada', 'winners'));
    expect(shown).not.toContain('avatars.example/ken');
  }, 60_000);

  it.each([1_500, 2_000, 3_000, 4_000])(
    'are announced when the next draw begins %i ms later',
    async (later) => {
      const original = originalBeside(fixture());
      await original.start([`Gong ${later}`]);
      for (const login of ['ken', 'barbara']) await original.enter(login);
      const { wins } = await original.pick();
      await pause(later);
      await original.start([`A bell after ${later}`]);
      const winners = readText(await winnersTold(fixture(), `Gong ${later}`));
      expect(winners).toContain(`https://github.com/${wins[0]?.login}|`);
      await fixture().announced(`A bell after ${later}`, SOON);
    },
    60_000,
  );

  it('are announced when the next draw begins soon, though Slack is slow', async () => {
    const original = originalBeside(fixture());
    const heal = fixture().bot.slack.proxy.fault((path) => path.includes('chat.'), { kind: 'delay', ms: 2_500 });
    onTestFinished(heal);
    await original.start(['A slow gong']);
    await original.enter('ken');
    await original.pick();
    await pause(2_000);
    await original.start(['A slow bell']);
    expect(readText(await winnersTold(fixture(), 'A slow gong'))).toContain('https://github.com/ken|');
  }, 60_000);
});

withBot('a draw that the original replaces unpicked', (fixture) => {
  it.each([
    ['closed by the bot', 'close'],
    ['closed by the original', 'end'],
    ['still open', ''],
  ])(
    'says so in its announcement: %s',
    async (what, how) => {
      const prize = `A viol ${what}`;
      const original = originalBeside(fixture());
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      const { ts } = await toldOf(fixture(), [prize]);
      // Where it stays open, the next begins before the announcement counts her.
      await fixture().says('ada', 'enter ada');
      if (how === 'close') await fixture().says('olivia', how, 'admin');
      else if (how === 'end') await original.end();
      if (how !== '') await toldOf(fixture(), [prize, 'The winners will be announced here.']);
      await original.start([`A pipe after ${what}`]);
      const ended = await toldOf(fixture(), [prize, 'It ended without winners']);
      expect(ended.ts).toBe(ts);
      expect(readText(ended)).toMatch(/1 person (has )?entered/);
      await fixture().announced(`A pipe after ${what}`, SOON);
      expect((await told(fixture(), prize, `A pipe after ${what}`)).map(([kind]) => kind)).toEqual(['closed', 'open']);
    },
    60_000,
  );
});
