import { expect, it } from 'vitest';
import { until } from '../support/stage.ts';
import { overSocketMode, readText } from './support/linked.ts';

overSocketMode('stopping over Socket Mode', (linked) => {
  it('answers the command in hand, and keeps the entry', async () => {
    await linked().says('olivia', 'start "A lamp"', 'admin');
    linked().github.behave('ada', { delay: 1_000 });
    const typed = await linked().type('ada', 'enter ada');
    await linked().lookedUp('ada');
    await linked().running.stop();
    expect(await typed.answer()).toContain('You are in the draw, Ada Lovelace');
    expect(await linked().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
  });

  it('answers the dialog in hand', async () => {
    await linked().says('olivia', 'start "A lamp"', 'admin');
    linked().github.behave('ada', { delay: 1_000 });
    await linked().member('ada').command('enter');
    const submitted = linked()
      .member('ada')
      .submit(await linked().dialog('ada'), { 'Your GitHub ID': 'ada' });
    submitted.catch(() => {});
    await linked().lookedUp('ada');
    await linked().running.stop();
    expect(readText((await submitted).body)).toContain('You are in the draw, Ada Lovelace');
  });

  it('ends within ten seconds, and takes its connection with it', async () => {
    const start = Date.now();
    await linked().running.stop();
    expect(Date.now() - start).toBeLessThan(10_000);
    const gone = () =>
      linked()
        .socket.connected(1)
        .then(
          () => undefined,
          () => true,
        );
    await until(gone, { patience: 2_000, what: 'the connection to end' });
  });

  it('ends while Slack cannot be reached', async () => {
    const { proxy } = linked().slack;
    const heal = proxy.fault((path) => path.includes('apps.connections.open'), { kind: 'status', status: 500 });
    linked().socket.drop();
    await linked().ready(503);
    const start = Date.now();
    await linked().running.stop();
    heal();
    expect(Date.now() - start).toBeLessThan(10_000);
    const asked = proxy.calls.length;
    await linked().restart();
    await linked().ready(200);
    // The stopped bot does not come back beside the new one.
    expect(proxy.calls.slice(asked).filter(({ path }) => path.includes('apps.connections.open')).length).toBe(1);
  });
});
