import { expect, it } from 'vitest';
import { type Fixture, readText, STATES, shownOf, withBot } from '../support/fixtures/features.ts';
import { images } from '../support/workspace/read.ts';

const OPEN = STATES.DRAW_OPEN_NO_ENTRANTS;
const ORGANISATION = { gitHub: { organisations: ['the-company'] } };

const TOKEN = 'ghp_manyatonce';

const submit = async (fixture: Fixture, name: string, id: string) => {
  for (const { view } of fixture.bot.slack.openViews()) fixture.bot.slack.views.shut(view.id);
  await fixture.member(name).command('enter');
  return fixture.member(name).submit(await fixture.dialog(name), { 'Your GitHub ID': id });
};

/** The dialog with its answer, or with what came after "a little longer". */
const settled = async (fixture: Fixture, name: string, words: string): Promise<void> => {
  await expect.poll(() => readText(fixture.member(name).lastView()), { timeout: 6_000 }).toContain(words);
};

withBot('entering while GitHub is slow', (fixture) => {
  it('says that it cannot be reached when it never answers, by command and by dialog', async () => {
    await fixture().write(OPEN);
    fixture().bot.github.behave('*', { hang: true });
    const [answer, ack] = await Promise.all([
      fixture().member('ada').command('enter octocat'),
      submit(fixture(), 'grace', 'linus'),
    ]);
    expect(answer.ack.ms).toBeLessThan(3000);
    expect(ack.ms).toBeLessThan(3000);
    expect(readText(await shownOf(answer))).toContain('GitHub cannot be reached at the moment, so you are not in');
    await settled(fixture(), 'grace', 'GitHub cannot be reached at the moment, so you are not in');
    expect(await fixture().redis.exists('prizedraw:entrants')).toBe(0);
  });

  it('says that the winners are out when they were picked during the look-up', async () => {
    await fixture().write({ ...OPEN, entrants: ['ken'] });
    const { github } = fixture().bot;
    github.requests.length = 0;
    github.behave('octocat', { delay: 600 });
    const entering = fixture().member('ada').command('enter octocat');
    await expect.poll(() => github.requests.map(({ path }) => path)).toContain('/users/octocat');
    await fixture().says('olivia', 'pick', 'admin');
    expect(readText(await shownOf(await entering))).toContain('The draw is over and the winners are out');
    expect(await fixture().redis.exists('prizedraw:entrants')).toBe(0);
  });

  it('enters no other draw that has begun during the look-up, by command and by dialog, and says so', async () => {
    await fixture().write(OPEN);
    const { github } = fixture().bot;
    github.requests.length = 0;
    github.behave('octocat', { delay: 600 });
    github.behave('linus', { delay: 600 });
    const entering = fixture().member('ada').command('enter octocat');
    const submitting = submit(fixture(), 'grace', 'linus');
    const asked = () => github.requests.map(({ path }) => path).toSorted();
    await expect.poll(asked).toEqual(['/users/linus', '/users/octocat']);
    await fixture().says('olivia', 'close', 'admin');
    expect(await fixture().says('olivia', 'start "Another"', 'admin')).toContain('The draw is open');
    expect(readText(await shownOf(await entering))).toContain('That draw is over, and another one has begun since');
    expect(readText((await submitting).body)).toContain('That draw is over, and another one has begun since');
    expect(await fixture().redis.exists('prizedraw:entrants')).toBe(0);
    expect(await fixture().says('ada', 'enter octocat')).toContain('You are in the draw');
  });
});

withBot(
  'entering with what is known already',
  (fixture) => {
    it('says that somebody is in already, though GitHub is away', async () => {
      await fixture().write({ ...OPEN, entrants: ['octocat'] });
      fixture().bot.github.behave('*', { status: 500 });
      expect(await fixture().says('ada', 'enter octocat')).toContain('octocat is already in the draw');
    });

    it('needs no GitHub for a profile that another program has cached', async () => {
      await fixture().write(OPEN);
      const json = { login: 'Octocat', name: 'Cached Cat', avatar_url: 'https://avatars.example/7', type: 'User' };
      await fixture().redis.set('prizedraw:profiles:octocat', JSON.stringify(json), 'EX', 100);
      fixture().bot.github.behave('*', { reset: true });
      const answer = await fixture().type('ada', 'enter octocat');
      expect(readText(answer)).toContain('You are in the draw, Cached Cat!');
      expect(images(answer)).toEqual([{ image_url: 'https://avatars.example/7', alt_text: 'Avatar of Cached Cat' }]);
    });

    it('tells an organisation apart that another program has cached', async () => {
      await fixture().write(OPEN);
      const json = { login: 'some-org', name: 'Some', avatar_url: 'https://avatars.example/8', type: 'Organization' };
      await fixture().redis.set('prizedraw:profiles:some-org', JSON.stringify(json), 'EX', 100);
      expect(await fixture().says('ada', 'enter some-org')).toContain('That is an organisation');
      expect(await fixture().redis.exists('prizedraw:entrants')).toBe(0);
    });

    it('looks up again what another program has cached as nonsense', async () => {
      await fixture().write(OPEN);
      await fixture().redis.set('prizedraw:profiles:octocat', 'nonsense', 'EX', 100);
      expect(await fixture().says('ada', 'enter octocat')).toContain('You are in the draw, The Octocat!');
      expect(await fixture().redis.get('prizedraw:profiles:octocat')).toContain('"login":"octocat"');
    });

    it('never caches who is not entered', async () => {
      await fixture().write(OPEN);
      for (const id of ['the-company', 'nobody-is-called-so']) await fixture().says('ada', `enter ${id}`);
      expect(await fixture().redis.keys('prizedraw:profiles:*')).toEqual([]);
    });

    it('calls somebody without a name by their login', async () => {
      await fixture().write(OPEN);
      expect(await fixture().says('ada', 'enter no-name')).toContain('You are in the draw, no-name!');
    });
  },
  ORGANISATION,
);

withBot('entering while GitHub does not accept the token', (fixture) => {
  it('says that the fault is ours, with an ID that is in the log', async () => {
    await fixture().write(OPEN);
    fixture().bot.github.behave('*', { status: 401 });
    const said = await fixture().says('ada', 'enter octocat');
    const ack = await submit(fixture(), 'ada', 'octocat');
    for (const text of [said, JSON.stringify(ack.body)]) {
      expect(text).toContain('something went wrong on our side');
      const id = /this ID: (\w+)/.exec(text)?.[1] ?? 'none';
      const lines = fixture().bot.log.filter((line) => line.includes(id));
      expect(lines.join()).toContain('GITHUB_TOKEN');
    }
    expect(ack.body).toMatchObject({ response_action: 'errors' });
  });
});

withBot('a member whose IDs are nobody’s', (fixture) => {
  it('is told after ten of them when to try again, without a look-up, and holds up nobody else', async () => {
    await fixture().write(OPEN);
    const { github } = fixture().bot;
    for (let index = 0; index < 10; index++) {
      expect(await fixture().says('ada', `enter typo${index}`)).toContain('GitHub knows no such user');
    }
    github.requests.length = 0;
    const said = await fixture().says('ada', 'enter ada');
    const ack = await submit(fixture(), 'ada', 'ada');
    for (const text of [said, readText(ack.body)]) {
      expect(text).toContain('Too many of the GitHub IDs that you gave are nobody’s, so you are not in the draw yet.');
      const at = Number(/try again <!date\^(\d+)\^/.exec(text)?.[1]);
      expect(at - Date.now() / 1000).toBeGreaterThan(500);
      expect(at - Date.now() / 1000).toBeLessThanOrEqual(601);
    }
    expect(ack.body).toMatchObject({ response_action: 'update' });
    expect(github.requests).toEqual([]);
    expect(await fixture().says('grace', 'enter grace')).toContain('You are in the draw');
  }, 30_000);

  it('waits for those who have not missed, once GitHub has few look-ups left', async () => {
    await fixture().write(OPEN);
    const { github } = fixture().bot;
    const reset = String(Math.floor(Date.now() / 1000) + 3_000);
    const headers = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': reset };
    for (const id of ['typo', 'grace', 'linus']) github.behave(id, { headers });
    expect(await fixture().says('ada', 'enter typo')).toContain('GitHub knows no such user');
    github.requests.length = 0;
    expect(await fixture().says('ada', 'enter ada')).toContain('GitHub is limiting look-ups at the moment');
    expect(github.requests).toEqual([]);
    for (const name of ['grace', 'linus']) expect(await fixture().says(name, `enter ${name}`)).toContain('You are in');
  });
});

withBot('entering while GitHub’s hourly limit is used up', (fixture) => {
  it('says when to try again, at once and without asking GitHub again', async () => {
    await fixture().write({ ...OPEN, entrants: ['ken'] });
    const reset = Math.floor(Date.now() / 1000) + 900;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const { github } = fixture().bot;
    github.behave('*', { status: 403, headers });
    const first = await fixture().says('ada', 'enter octocat');
    github.requests.length = 0;
    const ack = await submit(fixture(), 'grace', 'grace');
    for (const text of [first, readText(ack.body)]) {
      expect(text).toContain('GitHub is limiting look-ups at the moment, so you are not in the draw yet');
      const at = Number(/<!date\^(\d+)\^[^>]*\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>/.exec(text)?.[1]);
      expect(Math.abs(at - reset)).toBeLessThan(3);
    }
    expect(ack.body).toMatchObject({ response_action: 'update' });
    expect(github.requests).toEqual([]);
    expect(await fixture().says('ada', 'enter ken')).toContain('ken is already in the draw');
  });
});

withBot(
  'entering by many at once, with a token',
  (fixture) => {
    const MEMBERS = ['ada', 'grace', 'linus'];

    it('asks GitHub for all of them in one request, and caches each as other programs expect it', async () => {
      const { bot, redis } = fixture();
      await fixture().write(OPEN);
      // Once REST limits look-ups, each waits a quarter of a second for others.
      bot.github.behave('octocat', { status: 403, headers: { 'retry-after': '60' } });
      bot.github.requests.length = 0;
      expect(await fixture().says('olivia', 'enter octocat')).toContain('You are in the draw');
      const said = await Promise.all(MEMBERS.map((name) => fixture().says(name, `enter ${name}`)));
      for (const words of said) expect(words).toContain('You are in the draw');
      expect((await redis.smembers('prizedraw:entrants')).toSorted()).toEqual([...MEMBERS, 'octocat']);
      const logins = bot.github.requests.map((request) => request.logins?.toSorted());
      expect(logins).toEqual([undefined, ['octocat'], MEMBERS]);
      const cached = JSON.parse((await redis.get('prizedraw:profiles:ada')) ?? '');
      expect(cached).toMatchObject({ login: 'ada', type: 'User', name: 'Ada Lovelace', id: expect.any(Number) });
      expect(cached.avatar_url).toMatch(/^http/);
      expect(bot.log.join()).not.toContain(TOKEN);
    });
  },
  { gitHubToken: TOKEN },
);
