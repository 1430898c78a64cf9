import { expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { dialogInHand, overSocketMode } from '../support/fixtures/socket-mode.ts';

overSocketMode('stopping over Socket Mode', (fixture) => {
  it('answers the command in hand, and keeps the entry', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    fixture().github.behave('ada', { delay: 1_000 });
    const typed = await fixture().type('ada', 'enter ada');
    await fixture().lookedUp('ada');
    await fixture().running.stop();
    expect(await typed.answer()).toContain('You are in the draw, Ada Lovelace');
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
  });

  it('answers the dialog in hand', async () => {
    const answer = await dialogInHand(fixture(), 1_000);
    await fixture().running.stop();
    expect(await answer()).toContain('You are in the draw, Ada Lovelace');
  });

  it('ends within ten seconds, and takes its connection with it', async () => {
    const start = Date.now();
    await fixture().running.stop();
    expect(Date.now() - start).toBeLessThan(10_000);
    const gone = () =>
      fixture()
        .socket.connected(1)
        .then(
          () => undefined,
          () => true,
        );
    await until(gone, { patience: 2_000, what: 'the connection to end' });
  });

  it('ends while Slack cannot be reached', async () => {
    const { proxy } = fixture().slack;
    const heal = proxy.fault((path) => path.includes('apps.connections.open'), { kind: 'status', status: 500 });
    fixture().socket.drop();
    await fixture().ready(503);
    const start = Date.now();
    await fixture().running.stop();
    heal();
    expect(Date.now() - start).toBeLessThan(10_000);
    const asked = proxy.calls.length;
    await fixture().restart();
    await fixture().ready(200);
    // The stopped bot does not come back beside the new one.
    expect(proxy.calls.slice(asked).filter(({ path }) => path.includes('apps.connections.open')).length).toBe(1);
  });
});
