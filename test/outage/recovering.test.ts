import { describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import {
  AWAY,
  apologises,
  becomes,
  down,
  expectApology,
  fixtureOn,
  LIMIT,
  linesWith,
  read,
  readyOn,
  redisAt,
} from '../support/fixtures/outages.ts';
import { redisInstalled } from '../support/redis.ts';
import { wireTo } from '../support/stand-ins/wire.ts';
import { freePort } from '../support/workspace/loopback.ts';
import { buttons, visibleText } from '../support/workspace/read.ts';

const skipped = !redisInstalled();

describe.skipIf(skipped)(`a draw and Redis${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  it('that restarts with its data: the draw goes on, and what others did meanwhile is announced', async () => {
    const server = await redisAt(undefined, true);
    const fixture = await readyOn(server.url);
    const { olivia, ada } = { olivia: fixture.member('olivia'), ada: fixture.member('ada') };
    await olivia.command('start "A kite"', { channel: 'admin' });
    await ada.command('enter ada');
    const open = await fixture.announced('A kite');
    const restart = await down(server);
    await becomes(fixture, 503);
    await apologises(fixture);
    await restart();
    const client = server.client();
    await client.sadd('prizedraw:entrants', 'grace');
    await client.del('prizedraw:is_open');
    await becomes(fixture, 200);
    // What another program did shows within 15 s.
    const closed = await until(
      async () => (await fixture.announcements()).find(({ ts, ...message }) => ts === open.ts && !offersEntry(message)),
      { patience: 15_000, what: 'the announcement to lose its button' },
    );
    expect(visibleText(closed)).toContain('closed');
    expect(await read(await olivia.command('pick', { channel: 'admin' }))).toContain('Picked 1 winner from 2 entrants');
    await fixture.announced('And the winners are');
    expect((await fixture.announcements()).length).toBe(2);
  }, 40_000);

  it('that goes three times: each outage is said once, and each recovery', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    for (const outage of [1, 2, 3]) {
      const restart = await down(server);
      await becomes(fixture, 503);
      await restart();
      await becomes(fixture, 200);
      expect(linesWith(fixture, AWAY).length).toBe(outage);
      expect(linesWith(fixture, 'is back').length).toBe(outage);
    }
  }, 40_000);

  it('that is away: each button and dialog is answered kindly in time, too', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    const { olivia, ada } = { olivia: fixture.member('olivia'), ada: fixture.member('ada') };
    const empty = await olivia.command('admin', { channel: 'admin' });
    await olivia.click('Start a draw', empty.message ?? {});
    const starting = await until(() => olivia.lastView(), { what: 'the start dialog' });
    await olivia.command('start "A kite"', { channel: 'admin' });
    await ada.command('enter ada');
    const panel = await olivia.command('admin', { channel: 'admin' });
    await ada.click('Enter the draw', await fixture.announced('A kite'));
    const entering = await until(() => ada.lastView(), { what: 'the enter dialog' });
    await down(server);
    await becomes(fixture, 503);
    for (const button of ['Close draw', 'Pick winners']) {
      const answer = await olivia.click(button, panel.message ?? {});
      expect(answer.ack.ms).toBeLessThan(LIMIT);
      expectApology(fixture, visibleText(await answer.later()));
    }
    const dialogs = await Promise.all([
      ada.submit(entering, { 'Your GitHub ID': 'grace' }),
      olivia.submit(starting, { 'Prizes, one a line': 'A drum' }),
    ]);
    for (const { ms, body } of dialogs) {
      expect(ms).toBeLessThan(LIMIT);
      expectApology(fixture, said(body));
    }
  }, 40_000);

  it('that has fallen silent: said once, in plain words, and said once when it is back', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    server.pause();
    await becomes(fixture, 503);
    await until(() => linesWith(fixture, AWAY)[0], { what: 'the log to say that Redis is away' });
    await apologises(fixture);
    server.resume();
    await becomes(fixture, 200);
    await until(() => linesWith(fixture, 'is back')[0], { what: 'the log to say that Redis is back' });
    expect(linesWith(fixture, AWAY).length).toBe(1);
  }, 40_000);

  it('whose connection died without a word: the bot makes a new one within seconds', async () => {
    const server = await redisAt();
    const wire = await wireTo(server.url);
    const fixture = await readyOn(wire.url);
    await fixture.member('olivia').command('start "A kite"', { channel: 'admin' });
    wire.lose();
    await becomes(fixture, 503);
    await becomes(fixture, 200);
    expect(await read(await fixture.member('ada').command('enter ada'))).toContain('You are in');
  }, 40_000);

  it('that is not Redis at all: said in plain words, and kindly answered', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    const wrong = await fixtureOn(`redis://${new URL(fixture.url).host}/0`);
    await becomes(wrong, 503);
    await apologises(wrong);
    expect(linesWith(wrong, AWAY).length).toBe(1);
  }, 40_000);

  it('that is away for good: the bot still ends', async () => {
    const fixture = await fixtureOn(`redis://127.0.0.1:${await freePort()}/0`);
    await becomes(fixture, 503);
    const start = performance.now();
    await fixture.stop();
    expect(performance.now() - start).toBeLessThan(9_000);
  });
});

function offersEntry(message: unknown): boolean {
  return buttons(message).includes('Enter the draw');
}

/** What a person reads after they sent a dialog: beside its fields, or in its place. */
function said(body: unknown): string {
  return `${visibleText(body)} ${JSON.stringify(body)}`;
}
