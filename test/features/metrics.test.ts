import { expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { type Fixture, STATES, withBot } from '../support/fixtures/features.ts';
import { down, readyOn, redisAt } from '../support/fixtures/outages.ts';
import { overSocketMode } from '../support/fixtures/socket-mode.ts';
import { type Scrape, scrape, seriesOf } from '../support/metrics.ts';
import { redisInstalled } from '../support/redis.ts';

const seriesIn = ({ metrics }: Scrape): string[] => metrics.flatMap(({ samples }) => samples.map(seriesOf)).toSorted();

/** What has been added to numbers that only grow, each with the values of its labels: `commands status answered`. */
function added(before: Scrape, after: Scrape, name: string): Record<string, number> {
  const samples = after.metrics.flatMap((metric) => (metric.name === name ? metric.samples : []));
  const grown = samples.map((sample) => {
    const more = sample.value - (before.value(sample.name, sample.labels) ?? 0);
    return [Object.values(sample.labels).join(' '), more] as const;
  });
  return Object.fromEntries(grown.filter(([, more]) => more !== 0));
}

withBot('/metrics', (fixture) => {
  const read = (): Promise<Scrape> => scrape(fixture().bot.url);
  /** Scrapes until something is to be seen. */
  const shows = (look: (metrics: Scrape) => boolean, what: string): Promise<Scrape> =>
    until(
      async () => {
        const found = await read();
        return look(found) ? found : undefined;
      },
      { what, patience: 20_000 },
    );
  const submit = async ({ bot, member, dialog }: Fixture, id: string): Promise<void> => {
    for (const { view } of bot.slack.openViews()) bot.slack.views.shut(view.id);
    await member('grace').command('enter');
    await member('grace').submit(await dialog('grace'), { 'Your GitHub ID': id });
  };

  it('counts commands by what they came to, and how long they and their acknowledgements took', async () => {
    const before = await read();
    await fixture().says('ada', 'status');
    await fixture().says('ada', 'in #random');
    await fixture().says('ada', 'dance');
    await fixture().says('ada', 'close');
    await fixture().says('ada', 'x'.repeat(8_001));
    await fixture().member('olivia').command('start', { channel: 'admin' });
    const after = await read();
    expect(added(before, after, 'prizedraw_commands_total')).toEqual({
      'status answered': 2,
      'unknown answered': 1,
      'close refused': 1,
      'unknown too_long': 1,
      'start dialog_opened': 1,
    });
    expect(added(before, after, 'prizedraw_command_duration_seconds')).toMatchObject({
      '+Inf status': 2,
      '+Inf unknown': 2,
      '+Inf start': 1,
    });
    expect(added(before, after, 'prizedraw_acknowledgement_seconds')).toMatchObject({ '+Inf': 6 });
  });

  it('counts entries by their outcome, typed and by dialog, and look-ups that GitHub was asked for', async () => {
    const before = await read();
    await fixture().says('linus', 'enter linus');
    await fixture().write(STATES.DRAW_OPEN_NO_ENTRANTS);
    await fixture().says('ada', 'enter octocat');
    await fixture().says('linus', 'enter octocat');
    await fixture().says('linus', 'enter nobody-at-all');
    await fixture().says('linus', 'enter nodejs');
    await fixture().says('linus', 'enter no id');
    await submit(fixture(), 'grace');
    await submit(fixture(), 'not an id');
    fixture().bot.github.behave('ken', { status: 500 });
    await fixture().says('linus', 'enter ken');
    fixture().bot.github.behave('radia', { status: 401 });
    await fixture().says('linus', 'enter radia');
    const after = await read();
    expect(added(before, after, 'prizedraw_entries_total')).toEqual({
      entered: 2,
      already_in: 1,
      no_such_user: 1,
      organisation: 1,
      not_an_id: 2,
      unreachable: 1,
      failed: 1,
      not_open: 1,
    });
    expect(added(before, after, 'prizedraw_entry_duration_seconds')).toMatchObject({ '+Inf': 10 });
    expect(added(before, after, 'prizedraw_dialogs_total')).toEqual({ 'prizedraw_enter_dialog answered': 2 });
    expect(added(before, after, 'prizedraw_github_lookups_total')).toEqual({
      'rest found': 2,
      'rest no_such_user': 1,
      'rest organisation': 1,
      'rest unreachable': 1,
      'rest token_refused': 1,
    });
  });

  it('makes no series of what anybody types, is called or chooses', async () => {
    const before = seriesIn(await read());
    const hostile = [
      '"} 1\nevil{a="',
      '__proto__',
      'constructor',
      '\\',
      'status{x="y"}',
      '🎁',
      '<!channel>',
      '# HELP x y',
    ];
    for (const text of hostile) {
      await fixture().says('ada', text);
      await fixture().says('ada', `enter ${text}`);
      await fixture().says('olivia', `start "${text}" for ${text}`, 'admin');
    }
    const after = await read();
    expect(seriesIn(after)).toEqual(before);
    const values = after.metrics.flatMap(({ samples }) => samples.flatMap(({ labels }) => Object.values(labels)));
    expect(values.filter((value) => !/^[A-Za-z_]+$|^p?[\d.]+$|^\+Inf$/.test(value))).toEqual([]);
  });

  it('says what GitHub has left, also when it allows no more', async () => {
    await fixture().write(STATES.DRAW_OPEN_NO_ENTRANTS);
    const reset = Math.round(Date.now() / 1000) + 1_000;
    const headers = { 'x-ratelimit-limit': '60', 'x-ratelimit-reset': String(reset) };
    fixture().bot.github.behave('dennis', { headers: { ...headers, 'x-ratelimit-remaining': '17' } });
    await fixture().says('ada', 'enter dennis');
    const some = await read();
    expect(some.value('prizedraw_github_remaining', { api: 'rest' })).toBe(17);
    fixture().bot.github.behave('margaret', { status: 403, headers: { ...headers, 'x-ratelimit-remaining': '0' } });
    await fixture().says('linus', 'enter margaret');
    const none = await read();
    expect(none.value('prizedraw_github_limit', { api: 'rest' })).toBe(60);
    expect(none.value('prizedraw_github_remaining', { api: 'rest' })).toBe(0);
    expect(none.value('prizedraw_github_reset_timestamp_seconds', { api: 'rest' })).toBe(reset);
    expect(added(some, none, 'prizedraw_github_lookups_total')).toEqual({ 'rest limited': 1 });
    expect(added(some, none, 'prizedraw_entries_total')).toEqual({ limited: 1 });
  });

  it('counts what was announced and what is tried again, and says what waits', async () => {
    const before = await read();
    const { proxy } = fixture().bot.slack;
    const body = { ok: false, error: 'not_in_channel' };
    const heal = proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'status', status: 200, body });
    await fixture().says('olivia', 'start "A globe"', 'admin');
    const failing = await shows(
      (metrics) => metrics.value('prizedraw_channels_failing', { concern: 'posting' }) === 1,
      'a channel that fails',
    );
    expect(added(before, failing, 'prizedraw_announcements_retried_total')).toEqual({
      'post refused': expect.any(Number),
    });
    expect(added(before, failing, 'prizedraw_announcements_posted_total')).toEqual({});
    const waits = ['now', 'later'].map((when) => failing.value('prizedraw_announcements_waiting', { when }) ?? 0);
    expect(waits.reduce((a, b) => a + b)).toBe(1);

    heal();
    await fixture().announced('A globe', 20_000);
    await fixture().write({ open: true, prizes: ['A globe'], entrants: ['ken'] });
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().announced('winner', 20_000);
    const after = await shows(
      (metrics) => added(before, metrics, 'prizedraw_announcements_posted_total')['winners'] === 1,
      'the winners to be counted',
    );
    expect(added(before, after, 'prizedraw_announcements_posted_total')).toMatchObject({ open: 1, winners: 1 });
    // Once, or twice where it was shown as closed before the winners were there.
    expect([1, 2]).toContain(added(before, after, 'prizedraw_announcements_edited_total')['closed']);
    expect(after.value('prizedraw_channels_failing', { concern: 'posting' })).toBe(0);
  }, 60_000);

  it('counts buttons by what they came to', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const panel = await fixture().type('olivia', 'admin', 'admin');
    const before = await read();
    await (await fixture().member('olivia').click('Close draw', panel)).later();
    await (
      await fixture()
        .member('ada')
        .click('Pick winners', { ...panel, channel: fixture().bot.slack.channels.random })
    ).later();
    const after = await read();
    expect(added(before, after, 'prizedraw_buttons_total')).toEqual({
      'prizedraw_close answered': 1,
      'prizedraw_pick refused': 1,
    });
  });

  it('is of a type that Prometheus knows, and says how the process is', async () => {
    const answer = await fetch(`${fixture().bot.url}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const { value } = await read();
    expect(value('prizedraw_redis_up')).toBe(1);
    expect(value('prizedraw_event_loop_lag_seconds', { stat: 'p99' })).toBeLessThan(60);
    expect(value('prizedraw_event_loop_active_seconds_total')).toBeGreaterThan(0);
    expect(value('prizedraw_process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(value('prizedraw_process_resident_memory_bytes')).toBeGreaterThan(1e6);
    const began = value('prizedraw_process_start_time_seconds') ?? 0;
    expect(Math.abs(Date.now() / 1000 - began)).toBeLessThan(3_600);
  });

  it('answers many who ask at once with one and the same text', async () => {
    await read();
    const asked = Array.from({ length: 50 }, async () => (await fetch(`${fixture().bot.url}/metrics`)).text());
    const times = (await Promise.all(asked)).map((text) => /^prizedraw_process_cpu_seconds_total .*$/m.exec(text)?.[0]);
    expect(new Set(times).size).toBeLessThan(10);
  });
});

const skipped = !redisInstalled();

it.skipIf(skipped)(
  '/metrics answers while Redis is away, without what only Redis knows, and counts that it is',
  async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    const before = await scrape(fixture.url);
    expect(before.value('prizedraw_announcements_waiting', { when: 'now' })).toBe(0);
    const restarted = await down(server);
    await fixture.member('ada').command('status');
    await fixture.member('ada').command('enter octocat');
    const away = await scrape(fixture.url);
    expect(away.value('prizedraw_redis_up')).toBe(0);
    expect(away.value('prizedraw_announcements_waiting', { when: 'now' })).toBeUndefined();
    expect(away.value('prizedraw_channels_failing', { concern: 'posting' })).toBeUndefined();
    expect(added(before, away, 'prizedraw_redis_errors_total')).toMatchObject({ lost: 1, away: expect.any(Number) });
    expect(added(before, away, 'prizedraw_commands_total')).toEqual({ 'status failed': 1, 'enter failed': 1 });
    expect(added(before, away, 'prizedraw_entries_total')).toEqual({ failed: 1 });
    await restarted();
  },
  40_000,
);

overSocketMode('/metrics over Socket Mode', (fixture) => {
  it('is there too, and counts acknowledgements over the socket', async () => {
    const before = await scrape(fixture().running.url);
    await fixture().says('ada', 'status');
    const after = await scrape(fixture().running.url);
    expect(added(before, after, 'prizedraw_commands_total')).toEqual({ 'status answered': 1 });
    expect(added(before, after, 'prizedraw_acknowledgement_seconds')).toMatchObject({ '+Inf': 1 });
  });
});
