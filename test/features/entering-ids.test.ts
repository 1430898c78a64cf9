import { expect, it } from 'vitest';
import { readText, STATES, shownOf, withBot } from '../support/fixtures/features.ts';

const OPEN = STATES.DRAW_OPEN_NO_ENTRANTS;

/** As people paste an ID. */
const FORMS = ['octocat', '@octocat', 'Octocat', 'github.com/octocat', 'https://github.com/octocat/'];

/** As phones and word processors write them. */
const IN_QUOTES = ['"octocat"', '“octocat”', '‘octocat’', '„octocat“', '“@Octocat”', '"<https://github.com/octocat>"'];

/** What Slack makes of them, in the text of a command as in a dialog. */
const IN_LINKS = FORMS.map((form) => {
  const address = form.includes('/') ? `https://${form.replace('https://', '')}` : `https://github.com/${form}`;
  return form.startsWith('@') ? '<@U012345678|octocat>' : `<${address}|${form}>`;
});

withBot('a GitHub ID, as people paste it', (fixture) => {
  it.each([...FORMS, ...IN_QUOTES, ...IN_LINKS, '<https://github.com/octocat>', '<http://www.github.com/octocat>'])(
    'is understood in the command: %s',
    async (typed) => {
      await fixture().write(OPEN);
      const answer = await fixture().member('ada').command(`enter ${typed}`, { escape: false });
      expect(readText(await shownOf(answer))).toContain('Entered as octocat on GitHub');
      expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['octocat']);
    },
  );

  it.each([...FORMS, ...IN_QUOTES, ...IN_LINKS, ' octocat \n', 'HTTPS://GitHub.com/Octocat?tab=repositories'])(
    'is understood in the dialog: %s',
    async (typed) => {
      await fixture().write(OPEN);
      await fixture().member('ada').command('enter');
      const ack = await fixture()
        .member('ada')
        .submit(await fixture().dialog('ada'), { 'Your GitHub ID': typed });
      expect(ack.body).toMatchObject({ response_action: 'update', view: { title: { text: 'You are in' } } });
      expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['octocat']);
    },
  );

  it.each([
    '<script>alert(1)</script>',
    '&lt;script&gt;',
    'https://evil.example/octocat',
    'https://github.com/octocat/hello-world',
    'https://github.com.evil.example/octocat',
    'https://github.com/',
    '-octocat',
    '_octocat',
    'octo.cat',
    '“octocat',
    'octocat\u0000',
    'octocat ada',
    `a${'b'.repeat(4000)}`,
    '🎁',
    '<!channel>',
    '<@U012345678>',
    '<#C012345678|general>',
  ])('is refused, before GitHub is asked, when it is none: %.40s', async (typed) => {
    await fixture().write(OPEN);
    fixture().bot.github.requests.length = 0;
    const answer = await fixture().member('ada').command(`enter ${typed}`, { escape: false });
    expect(readText(await shownOf(answer))).toContain('That is not a possible GitHub ID');
    expect(fixture().bot.github.requests).toEqual([]);
    expect(await fixture().redis.exists('prizedraw:entrants')).toBe(0);
  });

  it('may have 39 characters, and no more', async () => {
    await fixture().write(OPEN);
    expect(await fixture().says('ada', `enter ${'a'.repeat(39)}`)).toContain('GitHub knows no such user');
    expect(await fixture().says('ada', `enter ${'a'.repeat(40)}`)).toContain('not a possible GitHub ID');
  });

  it.each(['octo--cat', 'octocat-', 'octo_acme'])(
    'may be one that GitHub no longer gives to anybody: %s',
    async (login) => {
      await fixture().write(OPEN);
      fixture().bot.github.requests.length = 0;
      expect(await fixture().says('ada', `enter ${login}`)).toContain('GitHub knows no such user');
      expect(fixture().bot.github.requests.map(({ path }) => path)).toEqual([`/users/${login}`]);
    },
  );

  it.each([null, '', ' '])('is asked for at its field when there is none (%j)', async (value) => {
    await fixture().write(OPEN);
    await fixture().member('ada').command('enter');
    const view = await fixture().dialog('ada');
    const values = { prizedraw_github_id: { value: { type: 'plain_text_input', value } } };
    const ack = await fixture().member('ada').submit(view, {}, { state: { values } });
    expect(ack.body).toMatchObject({
      response_action: 'errors',
      errors: { prizedraw_github_id: expect.stringContaining('not a possible GitHub ID') },
    });
    expect(fixture().member('ada').lastView()?.id).toBe(view.id);
  });
});
