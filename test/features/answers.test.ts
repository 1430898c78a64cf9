import { describe, expect, it } from 'vitest';
import { validateLiteral } from '../support/block-kit.ts';
import { readText, STATES, shownOf, withBot } from '../support/fixtures/features.ts';
import type { Shown } from '../support/workspace/messages.ts';
import { images } from '../support/workspace/read.ts';

const ANYONE = ['', 'status', 'prizes', 'winners', 'help', 'dance', 'enter', 'enter octocat', 'enter -'];
const ORGANISERS = ['start', 'start "A"', 'start A', 'close', 'pick', 'entrants', 'admin'];

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);

withBot('every answer', (fixture) => {
  it('is for the eyes of the person alone', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const posts = (): number => fixture().bot.slack.proxy.calls.filter(({ path }) => path.includes('chat.')).length;
    await fixture().announced('2 prizes to win');
    const before = posts();
    for (const text of ANYONE) {
      const { ack } = await fixture().member('ada').command(text);
      if (ack.body !== undefined) expect(ack.body).toMatchObject({ response_type: 'ephemeral' });
    }
    for (const text of ORGANISERS) {
      const { ack } = await fixture().member('ada').command(text);
      expect(ack.body).toMatchObject({ response_type: 'ephemeral' });
    }
    expect(posts()).toBe(before);
  });

  describe.each(Object.entries(STATES))('in the state %s', (_state, keys) => {
    it.each(['status', 'prizes', 'winners', 'help', 'dance', 'enter -', 'enter nobody-is-called-so'])(
      'to /prizedraw %s says what to do next',
      async (text) => {
        await fixture().write(keys);
        expect(await fixture().says('ada', text)).toMatch(
          /\/prizedraw|[Ww]atch the announcements|[Tt]ry again|will be announced/,
        );
      },
    );
  });

  it('is kind, and has an ID that is in the log, when the fault is ours', async () => {
    await fixture().write({ open: true });
    await fixture().redis.set('prizedraw:prizes', 'not a set');
    await fixture().redis.set('prizedraw:entrants', 'not a set');
    const said = [
      ...(await Promise.all(['', 'status', 'prizes'].map((text) => fixture().says('ada', text)))),
      ...(await Promise.all(['entrants', 'admin', 'pick'].map((text) => fixture().says('olivia', text, 'admin')))),
    ];
    const ids = said.map((text) => /Sorry, something went wrong on our side.* this ID: (\w+)/.exec(text)?.[1]);
    expect(new Set(ids).size).toBe(said.length);
    for (const id of ids) expect(fixture().bot.log.join()).toContain(`"request":"${id}"`);
    expect(said.join()).not.toMatch(/WRONGTYPE|Error|redis/i);
  });

  it('is kind when the fault is ours after a press, and leaves the panel', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const panel = await fixture().type('olivia', 'admin', 'admin');
    await fixture().redis.set('prizedraw:entrants', 'not a set');
    const answer = await fixture().member('olivia').click('Pick winners', panel);
    expect(readText(await shownOf(answer))).toContain('something went wrong on our side');
    expect(answer.posts[0]?.body).toMatchObject({ replace_original: false, response_type: 'ephemeral' });
    expect(await fixture().redis.get('prizedraw:is_open')).toBe('true');
  });
});

withBot('a long answer', (fixture) => {
  const found = (messages: readonly unknown[]): string[] =>
    messages.flatMap((message) => readText(message).match(/Sticker \d+/g) ?? []);

  it('counts the entrants it does not name', async () => {
    const entrants = numbered('somebody-with-quite-a-long-name-', 900);
    await fixture().write({ open: true, prizes: ['A'], entrants });
    const text = await fixture().says('olivia', 'entrants', 'admin');
    expect(text).toContain('900 people have entered');
    const named: readonly string[] = text.match(/somebody-with-quite-a-long-name-\d+/g) ?? [];
    // Of so many, those of one page, in their natural order.
    expect(new Set(named).size).toBe(named.length);
    expect(named).toEqual(entrants.filter((login) => named.includes(login)));
    expect(text).toContain(`… and ${900 - named.length} more entrants`);
  });

  it.each(['status', 'admin'])('counts the prizes that /prizedraw %s does not name', async (text) => {
    await fixture().write({ open: true, prizes: numbered('Sticker ', 1000) });
    const shown = await fixture().says('olivia', text, 'admin');
    const named = found([shown]).length || (shown.match(/Sticker \d+/g) ?? []).length;
    expect(shown).toContain(`… and ${1000 - named} more prizes`);
  });

  it('names every prize to who asks for the prizes, whole', async () => {
    const prizes = numbered('A sticker with quite a long name, of which there are 500: ', 500);
    await fixture().write({ open: true, prizes });
    const answer = await fixture().member('ada').command('prizes');
    await expect.poll(() => answer.posts.length).toBe(3);
    const messages = [answer.message, ...answer.posts.map(({ body }) => body)];
    const lines = messages.flatMap((message) => readText(message).split('\n')).filter((line) => line.startsWith('• '));
    expect(lines.map((line) => line.replace('•  ', ''))).toEqual(prizes);
  });

  /** Caches the winners' profiles, so that none is looked up: another program's cache of winners names no logins, and is not read. */
  const cached = async (wins: readonly { login: string }[]): Promise<void> => {
    const profiles = wins.map(({ login }) => {
      const json = { login, name: login, avatar_url: 'https://avatars.example/1', type: 'User' };
      return [`prizedraw:profiles:${login}`, JSON.stringify(json)];
    });
    await fixture().redis.mset(Object.fromEntries(profiles));
  };

  it('names as many winners as Slack takes messages for one command, and counts the others', async () => {
    const prizes = numbered('Sticker ', 400);
    const wins = prizes.map((prize, index) => ({ prize, login: `user${index + 1}` }));
    await cached(wins);
    await fixture().write({ wins });
    const answer = await fixture().member('ada').command('winners');
    await expect.poll(() => answer.posts.length, { timeout: 10_000 }).toBe(4);
    const messages = [answer.message, ...answer.posts.map(({ body }) => body)];
    const named = found(messages);
    expect(named).toEqual(prizes.slice(0, named.length));
    expect(readText(messages.at(-1))).toContain(`… and ${400 - named.length} more winners`);
  });

  it('counts the winners it does not name when it comes late, too', async () => {
    const prizes = numbered('Sticker ', 270);
    const wins = prizes.map((prize, index) => ({ prize, login: index === 0 ? 'octocat' : `user${index + 1}` }));
    const { redis, bot } = fixture();
    for (const { login } of wins.slice(1)) {
      const json = { login, name: login, avatar_url: 'https://avatars.example/1', type: 'User' };
      await redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json), 'EX', 3600);
    }
    // Before the winners are there: the worker looks them up as soon as it sees them.
    bot.github.behave('octocat', { hang: true });
    await fixture().write({ wins });
    const answer = await fixture().member('ada').command('winners');
    expect(answer.ack.body).toBeUndefined();
    await expect.poll(() => answer.posts.length, { timeout: 5_000 }).toBe(5);
    const messages = answer.posts.map(({ body }) => body);
    const named = found(messages);
    expect(named).toEqual(prizes.slice(0, named.length));
    const left = 270 - named.length;
    if (left > 0) expect(readText(messages.at(-1))).toContain(`… and ${left} more winners`);
  });

  it('and the announcement of 45 winners and of how they were drawn has 20 to a message', async () => {
    const entrants = numbered('user', 45);
    await fixture().write({ open: true, prizes: numbered('Sticker ', 45), entrants });
    for (const login of entrants) {
      const json = { login, name: `Name of ${login}`, avatar_url: 'https://avatars.example/1', type: 'User' };
      await fixture().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json), 'EX', 3600);
    }
    const before = (await fixture().announcements()).length;
    await fixture().says('olivia', 'pick', 'admin');
    const posted = async () => (await fixture().announcements()).slice(before).filter((one) => images(one).length > 0);
    await expect.poll(async () => found(await posted()).length, { timeout: 5_000 }).toBe(45);
    const winners = await posted();
    expect(winners.map((one) => found([one]).length)).toEqual([20, 20, 5]);
    expect(found(winners)).toEqual(numbered('Sticker ', 45));
    expect(winners.flatMap(images).length).toBe(45);
  });
});

withBot('what another program wrote', (fixture) => {
  const LOGINS = ['<!channel>', '*bold*', '_x_', '<https://evil.example|ken>', ':tada:', '@here', '`code`', 'a|b>c'];

  it('into the entrants, is shown as it stands', async () => {
    await fixture().write({ open: true, prizes: ['A book'], entrants: LOGINS });
    const shown: Shown[] = [];
    for (const text of ['entrants', 'admin', 'status']) shown.push(await fixture().type('olivia', text, 'admin'));
    for (const login of LOGINS) expect(readText(shown[0])).toContain(login);
    for (const message of shown) expect(validateLiteral(message, LOGINS)).toEqual([]);
  });

  it('into the winners and their cache, is shown as it stands', async () => {
    const wins = LOGINS.map((login, index) => ({ prize: `${LOGINS[index]} ${index}`, login }));
    await fixture().write({ wins });
    const prizes = wins.map(({ prize }) => prize);
    const mean = LOGINS.map((name, index) => ({ name, prize: prizes[index], image: 'javascript:alert(1)' }));
    await fixture().redis.set('prizedraw:winners_json', JSON.stringify(mean));
    const answer = await fixture().type('ada', 'winners');
    expect(validateLiteral(answer, [...LOGINS, ...prizes])).toEqual([]);
    expect(images(answer).map(({ image_url }) => image_url.slice(0, 19))).toEqual(
      LOGINS.map(() => 'https://github.com/'),
    );
    for (const prize of prizes) expect(readText(answer)).toContain(prize);
  });

  it.each(['nonsense', '{}', '[]', 'null', '[{"name":1}]', '[{"name":"X","prize":"Y","image":"https://x.example"}]'])(
    'as the winners’ cache, is not believed when it is wrong: %s',
    async (cache) => {
      await fixture().write(STATES.DRAW_WON);
      await fixture().redis.set('prizedraw:winners_json', cache);
      expect(await fixture().says('ada', 'winners')).toMatch(
        /A book[\s\S]*Ken Thompson[\s\S]*A mug[\s\S]*Barbara Liskov/,
      );
    },
  );
});
