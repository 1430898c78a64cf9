import { expect, it } from 'vitest';
import { STATES, withBot } from '../support/fixtures/features.ts';
import { signature, signedPost } from '../support/workspace/http.ts';

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const payload = (value: unknown): string => form({ payload: JSON.stringify(value) });
const dialog = (view: Record<string, unknown>): string =>
  payload({
    type: 'view_submission',
    user: { id: 'U1' },
    view: { id: 'V1', callback_id: 'prizedraw_start_dialog', private_metadata: '{"channel":"C1"}', ...view },
  });

withBot('a correctly signed request that makes no sense', (fixture) => {
  it.each([
    ['payload=null', 'payload=null'],
    ['payload=[]', 'payload=[]'],
    ['payload=', 'payload='],
    ['payload=17', 'payload=17'],
    ['payload of no JSON', 'payload={'],
    ['an empty body', ''],
    ['no form at all', '%%%=%E0%A4%A'],
    ['a command of nobody', form({ command: '/prizedraw', text: 'status' })],
    ['a command of arrays', 'command=/prizedraw&command=/prizedraw&user_id=U1&user_id=U2&text=a&text=b'],
    ['another command', form({ command: '/other', user_id: 'U1', channel_id: 'C1' })],
    ['a button of nobody', payload({ type: 'block_actions', actions: [{ action_id: 'prizedraw_pick' }] })],
    [
      'a button that is not there',
      payload({ type: 'block_actions', user: { id: 'U1' }, actions: [{ action_id: 'x' }] }),
    ],
    ['no actions', payload({ type: 'block_actions', user: { id: 'U1' }, actions: [] })],
    ['actions of null', payload({ type: 'block_actions', user: null, actions: [null] })],
    ['a dialog with no state', payload({ type: 'view_submission', view: { callback_id: 'prizedraw_start_dialog' } })],
    ['a dialog of null', payload({ type: 'view_submission', view: null })],
    ['a dialog that is not ours', payload({ type: 'view_submission', user: { id: 'U1' }, view: { callback_id: 'x' } })],
    ['an unknown type', payload({ type: 'never_heard_of' })],
    ['deep nesting', payload(JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`))],
    ['a megabyte and more', form({ command: '/prizedraw', text: 'x'.repeat(1_200_000) })],
    ['a command without a channel', form({ command: '/prizedraw', text: 'pick', user_id: 'U1' })],
    ['a command without a name', form({ text: 'pick', user_id: 'U1', channel_id: 'C1' })],
    ['a command in broken UTF-8', 'command=/prizedraw&text=%ED%A0%80%FF%00&user_id=U1&channel_id=C1'],
    ['a dialog with nonsense for its state', dialog({ state: { values: 'x' } })],
    ['a dialog with null for its fields', dialog({ state: { values: { prizedraw_prizes: null } } })],
    ['a dialog of nobody', payload({ type: 'view_submission', view: { callback_id: 'prizedraw_enter_dialog' } })],
    ['a closed dialog', payload({ type: 'view_closed', user: { id: 'U1' }, view: { callback_id: 'x' } })],
    ['a shortcut', payload({ type: 'shortcut', callback_id: 'x', user: { id: 'U1' } })],
    ['a question for options', payload({ type: 'block_suggestion', action_id: 'x', user: { id: 'U1' } })],
    ['payload twice', 'payload={}&payload={}'],
    ['payload of a number too large', 'payload=1e999'],
    ['__proto__', 'payload={"__proto__":{"type":"block_actions"},"constructor":null}'],
  ])('%s, is answered, and changes nothing', async (_what, body) => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const before = await fixture().keys();
    const { bot } = fixture();
    const ack = await signedPost(bot.url, bot.slack.signingSecret, body);
    expect(ack.status).toBeGreaterThanOrEqual(200);
    expect(ack.status).toBeLessThan(500);
    expect(ack.ms).toBeLessThan(3000);
    expect(await fixture().keys()).toEqual(before);
    expect(await fixture().says('ada', 'status')).toContain('2 people have entered');
  });

  it('in JSON, is answered too', async () => {
    const { bot } = fixture();
    for (const body of [
      'null',
      '[]',
      '{',
      '"x"',
      '{"type":"event_callback"}',
      '{"type":"event_callback","event":null}',
    ]) {
      const ack = await signedPost(bot.url, bot.slack.signingSecret, body, { 'content-type': 'application/json' });
      expect(ack.status).toBeLessThan(500);
    }
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense', ''])(
    'with the content type “%s”, is answered, and changes nothing',
    async (type) => {
      const { bot } = fixture();
      await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
      const before = await fixture().keys();
      for (const body of ['payload=null', '{"payload":null}', '--x\r\n\r\n--x--', 'text=%']) {
        const ack = await signedPost(bot.url, bot.slack.signingSecret, body, { 'content-type': type });
        expect(ack.status).toBeGreaterThanOrEqual(200);
        expect(ack.status).toBeLessThan(500);
      }
      expect(await fixture().keys()).toEqual(before);
      expect(await fixture().says('ada', 'status')).toContain('2 people have entered');
    },
  );

  it('answers Slack’s own checks of an address', async () => {
    const { bot } = fixture();
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const headers = { 'content-type': 'application/json' };
    expect(await signedPost(bot.url, bot.slack.signingSecret, challenge, headers)).toMatchObject({
      status: 200,
      body: { challenge: 'abc' },
    });
    expect((await signedPost(bot.url, bot.slack.signingSecret, 'ssl_check=1&token=x')).status).toBe(200);
  });
});

withBot('a request that Slack did not sign', (fixture) => {
  const body = (channel: string): string =>
    form({ command: '/prizedraw', text: 'start "A"', user_id: 'U1', channel_id: channel, trigger_id: '1.2' });

  it('is refused, and changes nothing', async () => {
    const { bot } = fixture();
    const raw = body(bot.slack.channels.admin);
    const now = Math.floor(Date.now() / 1000);
    const secret = bot.slack.signingSecret;
    const old = String(now - 600);
    for (const headers of [
      { 'x-slack-signature': signature('another secret', raw, now) },
      { 'x-slack-signature': 'v0=' },
      { 'x-slack-signature': '' },
      { 'x-slack-request-timestamp': 'soon' },
      { 'x-slack-request-timestamp': old, 'x-slack-signature': signature(secret, raw, Number(old)) },
      { 'x-slack-signature': signature(secret, `${raw}&x`, now) },
    ]) {
      expect((await signedPost(bot.url, secret, raw, headers)).status).toBe(401);
    }
    expect(await fixture().keys()).toEqual({});
  });

  it('is refused without a signature, and never read when it is huge', async () => {
    const { bot } = fixture();
    const url = `${bot.url}/slack/events`;
    const type = 'application/x-www-form-urlencoded';
    const stamp = String(Math.floor(Date.now() / 1000));
    const raw = body(bot.slack.channels.admin);
    for (const headers of [{}, { 'x-slack-request-timestamp': stamp }, { 'x-slack-signature': 'v0=00' }]) {
      const response = await fetch(url, { method: 'POST', body: raw, headers: { 'content-type': type, ...headers } });
      expect(response.status).toBe(401);
      expect(await response.text()).toBe('');
    }
    const huge = await signedPost(bot.url, 'another secret', 'x'.repeat(3_000_000));
    expect([401, 413]).toContain(huge.status);
    expect(await fixture().keys()).toEqual({});
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  });

  it('is not answered at any other address', async () => {
    const { bot } = fixture();
    for (const path of ['/', '/slack', '/slack/events/', '/%00', '/../healthz?x']) {
      const response = await fetch(`${bot.url}${path}`);
      expect(response.status).toBe(path.includes('healthz') ? 200 : 404);
    }
    expect((await fetch(`${bot.url}/slack/events`)).status).toBeGreaterThanOrEqual(404);
  });
});
