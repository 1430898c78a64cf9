import { afterEach, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { withBot } from '../support/fixtures/features.ts';
import { type RawClient, rawClient } from '../support/stand-ins/raw-client.ts';
import { signature, signedPost } from '../support/workspace/http.ts';

const FORM = 'content-type: application/x-www-form-urlencoded';
const now = (): number => Math.floor(Date.now() / 1000);
const command = (text: string): string =>
  new URLSearchParams({ command: '/prizedraw', text, user_id: 'U1', channel_id: 'C1' }).toString();

withBot('a request that is not Slack’s', (fixture) => {
  const clients: RawClient[] = [];
  afterEach(() => {
    for (const { socket } of clients.splice(0)) socket.destroy();
  });
  const open = async (): Promise<RawClient> => {
    const client = await rawClient(fixture().bot.url);
    clients.push(client);
    return client;
  };
  const head = (...headers: string[]): string =>
    ['POST /slack/events HTTP/1.1', 'host: bot', FORM, ...headers, '', ''].join('\r\n');

  it.each([
    ['has no signature', () => [`x-slack-request-timestamp: ${now()}`]],
    ['has no time', () => [`x-slack-signature: v0=${'0'.repeat(64)}`]],
    ['is old', () => [`x-slack-request-timestamp: ${now() - 400}`, `x-slack-signature: v0=${'0'.repeat(64)}`]],
    [
      'is of the future',
      () => [`x-slack-request-timestamp: ${now() + 400}`, `x-slack-signature: v0=${'0'.repeat(64)}`],
    ],
  ])('is refused before its body has come, and its connection ends, where it %s', async (_what, headers) => {
    const client = await open();
    client.socket.write(head(...headers(), 'content-length: 200000'));
    await until(() => (client.received().includes('401') ? true : undefined), { patience: 1_000, what: 'the answer' });
    expect(client.received().toLowerCase()).toContain('connection: close');
    await client.ended;
  });

  it('is refused, correctly signed, where it is more than five minutes ahead, as where it is as far behind', async () => {
    const { url, slack } = fixture().bot;
    const raw = command('status');
    const post = (stamp: number) =>
      signedPost(url, slack.signingSecret, raw, {
        'x-slack-request-timestamp': String(stamp),
        'x-slack-signature': signature(slack.signingSecret, raw, stamp),
      });
    expect((await post(now() + 330)).status).toBe(401);
    expect((await post(now() - 330)).status).toBe(401);
    expect((await post(now() + 270)).status).toBe(200);
    expect((await post(now() - 270)).status).toBe(200);
  });

  it('is refused where its body is larger than 256 KB, and its connection ends', async () => {
    const { url, slack } = fixture().bot;
    const fill = (bytes: number): string => `${command('status')}&x=`.padEnd(bytes, 'x');
    expect((await signedPost(url, slack.signingSecret, fill(256 * 1024))).status).toBe(200);
    expect((await signedPost(url, slack.signingSecret, fill(256 * 1024 + 1))).status).toBe(413);
    const client = await open();
    const sign = [`x-slack-request-timestamp: ${now()}`, `x-slack-signature: v0=${'0'.repeat(64)}`];
    client.socket.write(head(...sign, 'content-length: 50000000'));
    client.socket.write('x'.repeat(300_000));
    await until(() => (client.received().includes('413') ? true : undefined), { patience: 1_000, what: 'the answer' });
    await client.ended;
  });

  it('ends its connection at any other address, too', async () => {
    const client = await open();
    client.socket.write('POST /elsewhere HTTP/1.1\r\nhost: bot\r\ncontent-length: 50000000\r\n\r\nxx');
    await until(() => (client.received().includes('404') ? true : undefined), { patience: 1_000, what: 'the answer' });
    await client.ended;
  });

  it.each([
    ['its head', () => 'POST /slack/events HTTP/1.1\r\nhost: bot\r\n'],
    [
      'its body',
      () => head(`x-slack-request-timestamp: ${now()}`, `x-slack-signature: v0=${'0'.repeat(64)}`, 'content-length: 9'),
    ],
    ['its first byte', () => ''],
  ])('is ended after ten seconds where it does not send %s', async (_what, start) => {
    const client = await open();
    const began = performance.now();
    client.socket.write(start());
    await client.ended;
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(8_000);
    expect(took).toBeLessThan(16_000);
  });
});

withBot('many connections', (fixture) => {
  it('are bounded, and the bot answers once they are gone', async () => {
    const clients = await Promise.all(Array.from({ length: 520 }, () => rawClient(fixture().bot.url)));
    try {
      await until(
        () =>
          clients.filter(({ socket }) => socket.destroyed || socket.readableEnded).length >= 20 ? true : undefined,
        {
          what: 'those above 500 to be turned away',
        },
      );
    } finally {
      for (const { socket } of clients) socket.destroy();
    }
    await until(
      async () =>
        (
          await fixture()
            .says('ada', 'status')
            .catch(() => '')
        ).includes('No draw is running') || undefined,
      { what: 'an answer' },
    );
  });

  it.each(['/healthz', '/readyz'])('are kept for longer than proxies keep theirs (%s)', async (path) => {
    const response = await fetch(`${fixture().bot.url}${path}`);
    const seconds = Number(/timeout=(\d+)/.exec(response.headers.get('keep-alive') ?? '')?.[1]);
    expect(seconds).toBeGreaterThan(60);
  });
});
