import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { numbered } from '../support/fixtures/draw.ts';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import { originalBeside, SOON, told, winnersTold } from '../support/fixtures/original.ts';

/** A draw of the original, entered there by so many, and announced. */
async function begun(fixture: Fixture, prizes: readonly string[], entrants: number): Promise<void> {
  const original = originalBeside(fixture, 2);
  await original.start(prizes);
  for (const login of numbered('user', entrants)) await original.enter(login);
  const people = entrants === 1 ? '1 person has entered' : `${entrants} people have entered`;
  if (entrants > 0) await fixture.announced(people, SOON);
  else await fixture.announced(prizes[0] ?? '', SOON);
}

/** Every prize of the winners' messages, as often as it is there. */
function prizesIn(text: string, name: string): string[] {
  return (text.match(new RegExp(`\\*${name} \\d+\\*`, 'g')) ?? []).map((prize) => prize.replaceAll('*', ''));
}

withBot('a pick by the original, which takes prizes and entrants out one by one', (fixture) => {
  const pick = (): Promise<string> => fixture().says('olivia', 'pick', 'admin');

  it('is one draw with its true numbers, and its winners are announced once', async () => {
    const prizes = numbered('Harp ', 20);
    await begun(fixture(), prizes, 25);
    const { wins } = await originalBeside(fixture(), 50).pick();
    await winnersTold(fixture(), 'Harp ');
    const messages = await told(fixture(), 'Harp ');
    expect(messages.map(([kind]) => kind)).toEqual(['closed', 'winners']);
    expect(messages[0]?.[1]).toMatch(/\*20 prizes\*[\s\S]*The winners are out\.[\s\S]*25 people (have )?entered/);
    expect(prizesIn(messages[1]?.[1] ?? '', 'Harp').toSorted()).toEqual(wins.map(({ prize }) => prize).toSorted());
  }, 60_000);

  it('is told from a draw that nobody picks while it lasts, and the bot refuses to pick as well', async () => {
    await begun(fixture(), numbered('Lute ', 20), 25);
    const answers: string[] = [];
    const original = originalBeside(fixture(), async (command) => {
      await pause(50);
      if (command !== 'SPOP entrants' || (await fixture().redis.scard('prizedraw:prizes')) !== 10) return;
      await fixture().announced('The winners are being picked.', SOON);
      const before = await fixture().keys();
      answers.push(await pick());
      expect(await fixture().keys()).toEqual(before);
    });
    const { wins } = await original.pick();
    expect(answers).toEqual([expect.stringContaining('Another program is picking the winners of this draw right now')]);
    expect(wins).toHaveLength(20);
    await winnersTold(fixture(), 'Lute ');
    const messages = await told(fixture(), 'Lute ');
    expect(messages.map(([kind]) => kind)).toEqual(['closed', 'winners']);
    expect(messages[0]?.[1]).toMatch(/\*20 prizes\*[\s\S]*25 people (have )?entered/);
  }, 60_000);

  it.each([0, 40, 120, 600])(
    'comes to one draw when the bot picks too, %i ms after it has begun',
    async (late) => {
      const name = `Gong-${late} `;
      const prizes = numbered(name, 20);
      await begun(fixture(), prizes, 25);
      // Where the bot was faster, nothing is left to pick, and the original ends with an error.
      const original = originalBeside(fixture(), 30)
        .pick()
        .then(({ wins }) => wins.length)
        .catch(() => 0);
      await pause(late);
      const said = await pick();
      const won = await original;
      expect(said).toMatch(won > 0 ? /Another program is picking|The winners are out already/ : /Picked 20 winners/);
      await winnersTold(fixture(), name);
      const messages = await told(fixture(), name);
      expect(messages.map(([kind]) => kind)).toEqual(['closed', 'winners']);
      expect(messages[0]?.[1]).toMatch(/\*20 prizes\*[\s\S]*The winners are out\.[\s\S]*25 people (have )?entered/);
      expect(prizesIn(messages[1]?.[1] ?? '', name.trim()).toSorted()).toEqual(prizes.toSorted());
    },
    60_000,
  );

  it('loses a prize when nobody is in, and is one draw all the same, and the next another', async () => {
    await begun(fixture(), ['A lost lyre 1', 'A lost lyre 2'], 0);
    await expect(originalBeside(fixture(), 50).pick()).rejects.toThrow('wrong number of arguments');
    await fixture().announced('Nobody has entered, so nobody wins', SOON);
    const messages = await told(fixture(), 'A lost lyre');
    expect(messages.map(([kind]) => kind)).toEqual(['closed']);
    expect(messages[0]?.[1]).toContain('*2 prizes*');
    await originalBeside(fixture()).start(['A new lyre']);
    await fixture().announced('A new lyre', SOON);
    expect((await told(fixture(), 'A lost lyre')).map(([kind]) => kind)).toEqual(['closed']);
  }, 60_000);

  it('from an old page, after the bot’s, adds a winner in place, and says so', async () => {
    await fixture().says('olivia', 'start "Horn 1" "Horn 2"', 'admin');
    await fixture().says('ada', 'enter ada');
    let said = '';
    // The bot picks while somebody's profile is looked up: they are told that they are in.
    const original = originalBeside(fixture(), async (command) => {
      if (command === 'SADD entrants') said = await pick();
    });
    expect(await original.enter('ken')).toBe(true);
    expect(said).toContain('Picked 1 winner from 1 entrant');
    const first = await winnersTold(fixture(), 'Horn ');
    const { wins } = await originalBeside(fixture()).pick();
    expect(wins).toEqual([{ prize: expect.stringContaining('Horn'), login: 'ken' }]);
    const after = await fixture().announced('Another program added 1 winner afterwards', SOON);
    expect(after.ts).toBe(first.ts);
    for (const part of ['Ada Lovelace', 'https://github.com/ken|ken', 'Horn 1', 'Horn 2']) {
      expect(readText(after)).toContain(part);
    }
    expect((await told(fixture(), 'Horn ')).map(([kind]) => kind)).toEqual(['closed', 'winners']);
    expect(await fixture().says('ada', 'verify')).toContain('The winners follow from the record');
  }, 60_000);
});
