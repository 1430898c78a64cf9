import { afterEach, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { overSocketMode, readText } from '../support/fixtures/socket-mode.ts';
import { type Frames, HELLO, openFrames } from '../support/stand-ins/frames.ts';
import { parseJson } from '../support/workspace/json.ts';
import { commandPayload } from '../support/workspace/payloads.ts';

const isOpen = (path: string): boolean => path.includes('apps.connections.open');

overSocketMode('what else comes over the connection', (fixture) => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** Restarts the bot at an end of the connection where every frame can be chosen. */
  const byHand = async (): Promise<Frames> => {
    const frames = await openFrames(fixture().slack);
    ends.push(frames.close);
    await fixture().restart();
    await fixture().ready(200);
    return frames;
  };

  it.each([
    ['not JSON', 'this is not JSON'],
    ['nothing', ''],
    ['a number', '7'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['an unknown type', '{"type":"from_the_future","envelope_id":"x1","payload":{"a":1}}'],
    ['a type that is no text', '{"type":{},"envelope_id":"x1","payload":{}}'],
    ['a command without an envelope ID', '{"type":"slash_commands","payload":{"command":"/prizedraw","text":""}}'],
    ['a command without a payload', '{"type":"slash_commands","envelope_id":"x1"}'],
    ['a disconnect of an unknown kind', '{"type":"disconnect"}'],
    ['a name that JavaScript knows', '{"type":"__proto__","envelope_id":"x1","payload":{}}'],
    ['a second hello', HELLO],
    ['an error event', '{"type":"error","envelope_id":"x1","payload":{}}'],
    ['an event of the Events API', '{"type":"events_api","envelope_id":"x1","payload":{"event":{"type":"app_home"}}}'],
    ['its own words for a lost connection', '{"type":"disconnected","envelope_id":"x1","payload":{}}'],
    ['its own words for a connection', '{"type":"connected","envelope_id":"x1","payload":{}}'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])('lives on after %s, and answers the next command', async (_what, frame) => {
    const { bot, received } = await byHand();
    bot().send(frame);
    await fixture().ready(200);
    const { slack } = fixture();
    const { id, name } = fixture().member('ada');
    const occasion = { name, user: id, triggerId: 'none', responseUrl: slack.openResponse().url };
    const payload = commandPayload(occasion, slack, slack.channels.random, '/prizedraw', 'status');
    const envelope = { type: 'slash_commands', envelope_id: 'the-next', payload, accepts_response_payload: true };
    const answer = await until(
      () => {
        if (!received.some(mentions)) bot().send(JSON.stringify(envelope));
        return received.find(mentions);
      },
      { patience: 5_000, what: 'the answer to the next command' },
    );
    expect(readText(Object(parseJson(answer)).payload)).toContain('No draw is running');
  });

  it('comes up by itself when Slack does not answer at all at first', async () => {
    ends.push(fixture().slack.proxy.fault(isOpen, { kind: 'hang' }, 1));
    await fixture().restart();
    expect((await fetch(`${fixture().running.url}/readyz`)).status).toBe(503);
    await fixture().ready(200, 20_000);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  }, 30_000);

  it.each(['refresh_requested', 'warning', 'link_disabled', 'too_many_websockets', 'no_such_reason'])(
    'connects anew when Slack says disconnect: %s',
    async (reason) => {
      const before = fixture().socket.connections;
      fixture().socket.disconnect(reason);
      await until(() => (fixture().socket.connections > before ? true : undefined), { patience: 5_000 });
      await fixture().ready(200);
      expect(await fixture().says('ada', 'status')).toContain('No draw is running');
    },
  );
});

function mentions(frame: string): boolean {
  return frame.includes('"the-next"');
}
