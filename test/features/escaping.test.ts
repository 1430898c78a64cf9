import { expect, it } from 'vitest';
import { validateLiteral } from '../support/block-kit.ts';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import { buttons, objects } from '../support/workspace/read.ts';

/** What others write, to be shown as it stands. */
const HOSTILE = [
  '*bold* _italic_ ~struck~ `code`',
  '<!channel> <!here> @here @everyone',
  '<@U012345678> <#C012345678> #general',
  '<https://evil.example|a prize>',
  'https://evil.example &amp; &lt;b&gt;',
  ':tada: > quoted',
];

/** Everything the bot has said so far: to Slack and in answers. */
const saidTo = async (fixture: Fixture, name: string): Promise<unknown[]> => {
  const asked = ['status', 'prizes', 'winners', 'admin', 'entrants'];
  return Promise.all(asked.map((text) => fixture.type(name, text, 'admin')));
};

withBot(
  'what others wrote',
  (fixture) => {
    it('is stored as given, and shown as it stands everywhere', async () => {
      const quoted = HOSTILE.map((prize) => `"${prize}"`).join(' ');
      await fixture().says('olivia', `start ${quoted}`, 'admin');
      expect((await fixture().redis.smembers('prizedraw:prizes')).toSorted()).toEqual(HOSTILE.toSorted());
      for (let index = 1; index <= HOSTILE.length; index++) await fixture().says('ada', `enter mean${index}`);
      const open = await fixture().announced('6 prizes to win');
      const before = await saidTo(fixture(), 'olivia');
      await fixture().says('olivia', 'pick', 'admin');
      const said = [
        open,
        ...before,
        ...(await saidTo(fixture(), 'olivia')),
        await fixture().announced('And the winners are'),
        await fixture().announced('Prize draw: closed'),
      ];
      for (const message of said) expect(validateLiteral(message, HOSTILE)).toEqual([]);
      for (const prize of HOSTILE) {
        expect(readText(open)).toContain(prize);
        expect(readText(said.at(-2))).toContain(prize);
      }
      expect(buttons(open)).toEqual(['Enter the draw']);
      // In plain text, Slack would still turn :tada: into an emoji.
      const plain = objects(said).filter(({ type, text }) => type === 'plain_text' && String(text).includes(':tada:'));
      expect(plain.length).toBeGreaterThan(0);
      for (const { emoji } of plain) expect(emoji).toBe(false);
    });

    it('is shown as it stands when it is somebody’s name', async () => {
      await fixture().write({ open: true, prizes: ['A book'] });
      const said = await Promise.all(HOSTILE.map((_, index) => fixture().type('ada', `enter mean${index + 1}`)));
      expect(said.map(readText).join()).toContain(HOSTILE[0]);
      expect(validateLiteral(said, HOSTILE)).toEqual([]);
    });

    it.each(HOSTILE)('is shown as it stands when it is no ID: %s', async (typed) => {
      await fixture().write({ open: true, prizes: ['A book'] });
      expect(validateLiteral(await fixture().type('ada', `enter ${typed}`), HOSTILE)).toEqual([]);
      expect(validateLiteral(await fixture().type('ada', typed), HOSTILE)).toEqual([]);
      expect(validateLiteral(await fixture().type('olivia', `start ${typed}`, 'admin'), HOSTILE)).toEqual([]);
    });

    it('is shortened with an ellipsis in what is shown, never in what is stored', async () => {
      const prize = 'x'.repeat(3000);
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      expect(await fixture().redis.smembers('prizedraw:prizes')).toEqual([prize]);
      expect(await fixture().says('ada', 'status')).toMatch(/x{100,149}…/);
      // Except to who asks for the prizes.
      expect(await fixture().says('ada', 'prizes')).toContain(prize);
    });
  },
  {
    gitHub: { users: HOSTILE.map((name, index) => ({ login: `mean${index + 1}`, name })) },
    config: { entriesPerMember: 0 },
  },
);

withBot('120 winners', (fixture) => {
  const prizes = Array.from({ length: 120 }, (_, index) => `Sticker ${index + 1}`);
  const found = (messages: readonly unknown[]): string[] =>
    messages.flatMap((message) => readText(message).match(/Sticker \d+/g) ?? []);

  it('are announced 20 to a message, in order, none cut off', async () => {
    const entrants = Array.from({ length: 150 }, (_, index) => `user${index + 1}`);
    await fixture().write({ open: true, prizes, entrants });
    for (const login of entrants) {
      const json = {
        login,
        name: `User of the name of ${login}`,
        avatar_url: 'https://avatars.example/1',
        type: 'User',
      };
      await fixture().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json), 'EX', 3600);
    }
    const before = (await fixture().announcements()).length;
    await fixture().says('olivia', 'pick', 'admin');
    const winners = async () =>
      (await fixture().announcements())
        .slice(before)
        .filter((message) => readText(message).includes('User of the name of'));
    await expect.poll(async () => found(await winners()), { timeout: 15_000 }).toEqual(prizes);
    expect(await winners()).toHaveLength(6);
  });

  it('are all told to a person who asks', async () => {
    const wins = prizes.map((prize, index) => ({ prize, login: `user${index + 1}` }));
    await fixture().write({ wins });
    const cache = wins.map(({ prize, login }) => ({ name: login, prize, image: 'https://avatars.example/1' }));
    await fixture().redis.set('prizedraw:winners_json', JSON.stringify(cache));
    const answer = await fixture().member('ada').command('winners');
    const messages = [answer.message, await answer.later(), await answer.later()];
    expect(found(messages)).toEqual(prizes);
  });
});
