import { webApi } from '@slack/bolt';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { slackMessenger } from '../../src/slack/channel.ts';
import { SlackTime } from '../../src/slack/slack-time.ts';

const MINUTE = 60_000;
const CONTENT = {
  kind: 'closed',
  prizes: ['A cap'],
  entrants: 1,
  ending: 'won',
  lastChange: undefined,
  reason: undefined,
} as const;

/** A Slack whose clock is ahead of this machine's by so much, in milliseconds. */
function slackAhead(ahead: number) {
  const calls: URLSearchParams[] = [];
  const time = new SlackTime();
  const answer = (url: string): object =>
    url.endsWith('chat.postMessage')
      ? { ok: true, ts: String((Date.now() + ahead) / 1000) }
      : { ok: true, messages: [] };
  const messenger = slackMessenger(
    () =>
      new webApi.WebClient('xoxb-none', {
        retryConfig: { retries: 0 },
        fetch: async (input, init) => {
          calls.push(new URLSearchParams(String(init?.body)));
          const headers = { date: new Date(Date.now() + ahead).toUTCString(), 'content-type': 'application/json' };
          return time.note(new Response(JSON.stringify(answer(String(input))), { headers }));
        },
      }),
    time,
  );
  return { messenger, calls };
}

describe('the time by which messages are looked for', () => {
  it.each([-10, 0, 10])('is Slack’s own, where this machine’s clock is wrong by %i minutes', async (minutes) => {
    const { messenger, calls } = slackAhead(minutes * MINUTE);
    const now = await messenger.clock('C1');
    const since = now();
    const ts = Number(await messenger.post('C1', CONTENT, { draw: 'd', part: 'draw' }, () => {}));
    await messenger.between('C1', { from: since, to: now(), before: undefined });
    const { oldest, latest } = Object.fromEntries(calls.at(-1) ?? []);
    expect(Number(oldest)).toBeLessThan(ts);
    expect(Number(latest)).toBeGreaterThan(ts);
    // And no more than is in doubt: two minutes.
    expect(Number(latest) - Number(oldest)).toBeLessThan(125);
  });

  it('goes on evenly where this machine’s clock is set meanwhile', async () => {
    const now = await slackAhead(0).messenger.clock('C1');
    const before = now();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60 * MINUTE });
    onTestFinished(() => void vi.useRealTimers());
    expect(now() - before).toBeLessThan(MINUTE);
  });

  it('is asked for once, and then known', async () => {
    const { messenger, calls } = slackAhead(0);
    await messenger.clock('C1');
    await messenger.clock('C1');
    expect(calls).toHaveLength(1);
  });
});

describe('a clock that is wrong by more than Slack allows', () => {
  const at = (now: number): string | undefined => {
    const time = new SlackTime();
    time.note(new Response(null, { headers: { date: new Date(1_700_000_000_000).toUTCString() } }));
    return time.problem(now);
  };

  it.each([
    [0, undefined],
    [4 * 60_000, undefined],
    [-4 * 60_000, undefined],
    [7 * 60_000, "This machine's clock is 7 minutes ahead of Slack's: have it set by NTP."],
    [-60 * 60_000, "This machine's clock is 60 minutes behind Slack's: have it set by NTP."],
  ])('%i ms off', (off, said) => {
    expect(at(1_700_000_000_000 + off)).toBe(said);
  });

  it('is not known before Slack has answered', () => {
    expect(new SlackTime().problem(0)).toBeUndefined();
  });
});
