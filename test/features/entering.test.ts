import { describe, expect, it } from 'vitest';
import { type Fixture, readText, STATES, shownOf, withBot } from '../support/fixtures/features.ts';
import { images } from '../support/workspace/read.ts';

const OPEN = STATES.DRAW_OPEN_NO_ENTRANTS;

/** Asks for the same with `/prizedraw enter …` and with the dialog. */
interface Way {
  /**
   * Enters, and returns what the person then sees: an answer, a dialog, or the message at the dialog's field.
   * @param before done right before: when the dialog, if there is one, has opened
   */
  enter(fixture: Fixture, name: string, id: string, before?: () => Promise<unknown>): Promise<unknown>;
}

const byCommand: Way = {
  async enter(fixture, name, id, before) {
    await before?.();
    return shownOf(await fixture.member(name).command(`enter ${id}`));
  },
};

const byDialog: Way = {
  async enter(fixture, name, id, before) {
    for (const { user, view } of fixture.bot.slack.openViews()) {
      if (user === fixture.member(name).id) fixture.bot.slack.views.shut(view.id);
    }
    await fixture.member(name).command('enter');
    const view = await fixture.dialog(name);
    await before?.();
    const ack = await fixture.member(name).submit(view, { 'Your GitHub ID': id });
    expect(ack.status).toBe(200);
    return ack.body;
  },
};

/** Every word in an answer, wherever it stands. */
function words(answer: unknown): string {
  return `${readText(answer)}\n${JSON.stringify(answer).replaceAll('\u2060', '')}`;
}

describe.each([
  { name: 'by command', way: byCommand },
  { name: 'by dialog', way: byDialog },
])('entering $name', ({ way }) => {
  withBot(
    'tells apart',
    (fixture) => {
      const enter = (...given: [name: string, id: string, before?: () => Promise<unknown>]): Promise<unknown> =>
        way.enter(fixture(), ...given);
      const entrants = async (): Promise<string[]> => (await fixture().redis.smembers('prizedraw:entrants')).toSorted();

      it('entered, with name and avatar', async () => {
        await fixture().write(OPEN);
        const answer = await enter('ada', 'Octocat');
        expect(words(answer)).toContain('You are in the draw, The Octocat! Entered as octocat on GitHub.');
        expect(images(answer)[0]?.image_url).toMatch(/^http/);
        expect(await entrants()).toEqual(['octocat']);
        const { login, type } = JSON.parse((await fixture().redis.get('prizedraw:profiles:octocat')) ?? '{}');
        expect({ login, type }).toEqual({ login: 'octocat', type: 'User' });
        const ttl = await fixture().redis.ttl('prizedraw:profiles:octocat');
        expect(ttl).toBeGreaterThan(3590);
        expect(ttl).toBeLessThanOrEqual(3600);
      });

      it('already in', async () => {
        await fixture().write({ ...OPEN, entrants: ['octocat'] });
        expect(words(await enter('ada', 'OctoCat'))).toContain('octocat is already in the draw');
        expect(await entrants()).toEqual(['octocat']);
      });

      it.each([
        ['NO_DRAW', 'No draw is running'],
        ['DRAW_CLOSED_NO_ENTRANTS', 'The draw is closed, and nobody has entered'],
        [
          'DRAW_CLOSED_WITH_ENTRANTS',
          'The draw is closed: it takes no more entries. The winners will be announced soon.',
        ],
        ['DRAW_WON', 'The draw is over and the winners are out'],
      ] as const)('%s', async (state, said) => {
        await fixture().write(STATES[state]);
        const before = await fixture().keys();
        fixture().bot.github.requests.length = 0;
        expect(words(await enter('ada', 'octocat'))).toContain(said);
        expect(await fixture().keys()).toEqual(before);
        expect(fixture().bot.github.requests).toEqual([]);
      });

      it('closed while the ID was looked up', async () => {
        await fixture().write(OPEN);
        fixture().bot.github.behave('octocat', { delay: 500 });
        const entering = enter('ada', 'octocat');
        setTimeout(() => fixture().redis.del('prizedraw:is_open'), way === byDialog ? 400 : 200);
        expect(words(await entering)).toContain('The draw is closed');
        expect(await entrants()).toEqual([]);
      });

      it.each([
        '<script>alert(1)</script>',
        'a'.repeat(40),
        '-octocat',
        'octo cat',
        'octo/cat',
        '../admin',
        'öctocat',
        '%2e',
      ])('not a possible GitHub ID (%s)', async (id) => {
        await fixture().write(OPEN);
        fixture().bot.github.requests.length = 0;
        expect(words(await enter('ada', id))).toContain('That is not a possible GitHub ID');
        expect(fixture().bot.github.requests).toEqual([]);
        expect(await entrants()).toEqual([]);
      });

      it('no such GitHub user', async () => {
        await fixture().write(OPEN);
        expect(words(await enter('ada', 'nobody-is-called-so'))).toContain('GitHub knows no such user');
      });

      it('an organisation', async () => {
        await fixture().write(OPEN);
        expect(words(await enter('ada', 'the-company'))).toContain('That is an organisation on GitHub, not a person');
        expect(await entrants()).toEqual([]);
      });

      it.each([
        ['does not answer', { reset: true }],
        ['fails', { status: 500 }],
        ['talks nonsense', { body: '<html>' }],
      ])('GitHub %s', async (_what, behaviour) => {
        await fixture().write(OPEN);
        fixture().bot.github.behave('octocat', behaviour);
        expect(words(await enter('ada', 'octocat'))).toContain('GitHub cannot be reached at the moment');
        expect(await entrants()).toEqual([]);
      });

      it('something wrong on our side, with an ID that is in the log', async () => {
        await fixture().write(OPEN);
        const broken = () => fixture().redis.set('prizedraw:entrants', 'not a set');
        const said = words(await enter('ada', 'octocat', broken));
        expect(said).toContain('Sorry, something went wrong on our side');
        const id = /tell an organiser this ID: (\w+)/.exec(said)?.[1] ?? 'none';
        expect(
          fixture()
            .bot.log.filter((line) => line.includes(`"request":"${id}"`))
            .join(),
        ).toContain('WRONGTYPE');
      });
    },
    { gitHub: { organisations: ['the-company'] } },
  );

  withBot('while GitHub limits look-ups', (fixture) => {
    it('says when to try again, in the reader’s own time zone', async () => {
      await fixture().write(OPEN);
      fixture().bot.github.behave('octocat', { status: 429, headers: { 'retry-after': '120' } });
      const said = words(await way.enter(fixture(), 'ada', 'octocat'));
      expect(said).toContain('GitHub is limiting look-ups');
      const at = Number(/<!date\^(\d+)\^/.exec(said)?.[1]);
      expect(Math.abs(at - (Date.now() / 1000 + 120))).toBeLessThan(5);
    });
  });
});

withBot('/prizedraw enter', (fixture) => {
  it.each([
    'octocat',
    '@octocat',
    'Octocat',
    'github.com/octocat',
    'https://github.com/octocat/',
    '<https://github.com/octocat>',
    '<https://github.com/octocat|github.com/octocat>',
    '<http://github.com/octocat/|github.com/octocat/>',
    '  octocat  ',
  ])('takes an ID as people paste it: %s', async (typed) => {
    await fixture().write(OPEN);
    const answer = await fixture().member('ada').command(`enter ${typed}`, { escape: false });
    expect(readText(await shownOf(answer))).toContain('Entered as octocat');
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['octocat']);
  });

  it('takes what Slack makes of a typed link’s < and > for no link', async () => {
    await fixture().write(OPEN);
    expect(await fixture().says('ada', 'enter <octocat>')).toContain('not a possible GitHub ID');
  });

  it('looks a typo up only once', async () => {
    await fixture().write(OPEN);
    fixture().bot.github.requests.length = 0;
    await fixture().says('ada', 'enter octocta');
    await fixture().says('grace', 'enter octocta');
    expect(fixture().bot.github.requests.map(({ path }) => path)).toEqual(['/users/octocta']);
  });

  it('asks for the ID in a dialog when there is none', async () => {
    await fixture().write(OPEN);
    const { ack } = await fixture().member('ada').command('enter');
    expect(ack).toMatchObject({ status: 200, body: undefined });
    expect(await fixture().dialog('ada')).toMatchObject({ title: { text: 'Enter the draw' } });
  });
});

withBot(
  'the dialog to enter',
  (fixture) => {
    /** Starts a draw, and has somebody press the button under its announcement. */
    const open = async (name: string, prize: string) => {
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      await fixture()
        .member(name)
        .click('Enter the draw', await fixture().announced(prize));
      return fixture().dialog(name);
    };

    it('opens from the button under the announcement', async () => {
      const ack = await fixture()
        .member('ada')
        .submit(await open('ada', 'A book'), { 'Your GitHub ID': 'ada' });
      expect(ack.body).toMatchObject({ response_action: 'update', view: { title: { text: 'You are in' } } });
      expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
    });

    it.each(['-', 'nobody-is-called-so', 'the-company'])(
      'shows at its field that the ID is at fault (%s)',
      async (id) => {
        const ada = fixture().member('ada');
        const view = await open('ada', `A prize for ${id}`);
        const ack = await ada.submit(view, { 'Your GitHub ID': id });
        expect(ack.body).toEqual({ response_action: 'errors', errors: { prizedraw_github_id: expect.any(String) } });
        const corrected = await ada.submit(view, { 'Your GitHub ID': 'ada' });
        expect(corrected.body).toMatchObject({ response_action: 'update' });
      },
    );

    it('opens from the status, too', async () => {
      await fixture().write(OPEN);
      await fixture()
        .member('ada')
        .click('Enter the draw', await fixture().type('ada', 'status'));
      expect(await fixture().dialog('ada')).toMatchObject({ title: { text: 'Enter the draw' } });
    });
  },
  { gitHub: { organisations: ['the-company'] } },
);
