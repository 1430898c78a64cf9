import { expect, it } from 'vitest';
import { validateLiteral } from '../support/block-kit.ts';
import { buttons, objects } from '../workspace/read.ts';
import { inWorld, readText, type World } from './support/world.ts';

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
const saidTo = async (world: World, name: string): Promise<unknown[]> => {
  const asked = ['status', 'prizes', 'winners', 'admin', 'entrants'];
  return Promise.all(asked.map((text) => world.type(name, text, 'admin')));
};

inWorld(
  'what others wrote',
  (world) => {
    it('is stored as given, and shown as it stands everywhere', async () => {
      const quoted = HOSTILE.map((prize) => `"${prize}"`).join(' ');
      await world().says('olivia', `start ${quoted}`, 'admin');
      expect((await world().redis.smembers('prizedraw:prizes')).toSorted()).toEqual(HOSTILE.toSorted());
      for (let index = 1; index <= HOSTILE.length; index++) await world().says('ada', `enter mean${index}`);
      const open = await world().announced('6 prizes to win');
      const before = await saidTo(world(), 'olivia');
      await world().says('olivia', 'pick', 'admin');
      const said = [
        open,
        ...before,
        ...(await saidTo(world(), 'olivia')),
        await world().announced('And the winners are'),
        await world().announced('Prize draw: closed'),
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
      await world().write({ open: true, prizes: ['A book'] });
      const said = await Promise.all(HOSTILE.map((_, index) => world().type('ada', `enter mean${index + 1}`)));
      expect(said.map(readText).join()).toContain(HOSTILE[0]);
      expect(validateLiteral(said, HOSTILE)).toEqual([]);
    });

    it.each(HOSTILE)('is shown as it stands when it is no ID: %s', async (typed) => {
      await world().write({ open: true, prizes: ['A book'] });
      expect(validateLiteral(await world().type('ada', `enter ${typed}`), HOSTILE)).toEqual([]);
      expect(validateLiteral(await world().type('ada', typed), HOSTILE)).toEqual([]);
      expect(validateLiteral(await world().type('olivia', `start ${typed}`, 'admin'), HOSTILE)).toEqual([]);
    });

    it('is shortened with an ellipsis in what is shown, never in what is stored', async () => {
      const prize = 'x'.repeat(3000);
      await world().says('olivia', `start "${prize}"`, 'admin');
      expect(await world().redis.smembers('prizedraw:prizes')).toEqual([prize]);
      expect(await world().says('ada', 'prizes')).toMatch(/x{100,149}…/);
    });
  },
  {
    gitHub: { users: HOSTILE.map((name, index) => ({ login: `mean${index + 1}`, name })) },
    config: { entriesPerMember: 0 },
  },
);

inWorld('120 winners', (world) => {
  const prizes = Array.from({ length: 120 }, (_, index) => `Sticker ${index + 1}`);
  const found = (messages: readonly unknown[]): string[] =>
    messages.flatMap((message) => readText(message).match(/Sticker \d+/g) ?? []);

  it('are announced in as few messages as 50 blocks allow, in order, none cut off', async () => {
    const entrants = Array.from({ length: 150 }, (_, index) => `user${index + 1}`);
    await world().write({ open: true, prizes, entrants });
    for (const login of entrants) {
      const json = {
        login,
        name: `User of the name of ${login}`,
        avatar_url: 'https://avatars.example/1',
        type: 'User',
      };
      await world().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json), 'EX', 3600);
    }
    const before = (await world().announcements()).length;
    await world().says('olivia', 'pick', 'admin');
    const winners = async () =>
      (await world().announcements())
        .slice(before)
        .filter((message) => readText(message).includes('User of the name of'));
    await expect.poll(async () => found(await winners()), { timeout: 10_000 }).toEqual(prizes);
    expect(await winners()).toHaveLength(3);
  });

  it('are all told to a person who asks', async () => {
    const wins = prizes.map((prize, index) => ({ prize, login: `user${index + 1}` }));
    await world().write({ wins });
    const cache = wins.map(({ prize, login }) => ({ name: login, prize, image: 'https://avatars.example/1' }));
    await world().redis.set('prizedraw:winners_json', JSON.stringify(cache));
    const answer = await world().member('ada').command('winners');
    const messages = [answer.message, await answer.later(), await answer.later()];
    expect(found(messages)).toEqual(prizes);
  });
});
