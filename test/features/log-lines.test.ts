import { expect, it } from 'vitest';
import { STATES, withBot } from '../support/fixtures/features.ts';
import { signedPost } from '../support/workspace/http.ts';

withBot('whatever a request has the bot write into its log', (fixture) => {
  /** The messages written meanwhile that have a request's ID, or should have: other lines are about the process itself. */
  const linesDuring = async (work: () => Promise<unknown>, messages: readonly RegExp[]) => {
    const { log } = fixture().bot;
    const before = log.length;
    await work();
    const lines = log.slice(before).map((line) => JSON.parse(line));
    return lines
      .filter(({ msg, request }) => request !== undefined || messages.some((words) => words.test(msg)))
      .map(({ msg, request }) => [msg, request]);
  };
  const post =
    (body: string, secret = fixture().bot.slack.signingSecret) =>
    () =>
      signedPost(fixture().bot.url, secret, body);

  it.each([
    ['a command', () => fixture().type('ada', 'status'), [/^A command$/]],
    ['a step', () => fixture().type('olivia', 'start "A"', 'admin'), [/^A command$/, /^An organiser’s step$/]],
    ['a look-up', () => fixture().type('ada', 'enter octocat'), [/^A command$/, /^GitHub cannot be reached$/]],
    ['nonsense', () => post('payload=null')(), [/^A signed request was malformed$/]],
    [
      'a dialog of ours alone',
      () => post('payload={"type":"shortcut","callback_id":"x","user":{"id":"U1"}}')(),
      [/no listener/],
    ],
    ['another’s request', () => post('command=/prizedraw', 'another secret')(), [/^A request was refused/]],
  ] as const)('carries its ID: %s', async (_what, work, messages) => {
    await fixture().write(STATES.DRAW_OPEN_NO_ENTRANTS);
    fixture().bot.github.behave('*', { reset: true });
    const lines = await linesDuring(work, messages);
    expect(lines.map(([msg]) => msg)).toEqual(messages.map((words) => expect.stringMatching(words)));
    const [[, id] = []] = lines;
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(new Set(lines.map(([, request]) => request))).toEqual(new Set([id]));
  });
});
