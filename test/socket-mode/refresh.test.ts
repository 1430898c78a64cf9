import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { dialogInHand, overSocketMode } from '../support/fixtures/socket-mode.ts';

const isOpen = (path: string): boolean => path.includes('apps.connections.open');

overSocketMode('a socket that Slack has replaced', (fixture) => {
  it.each(['refresh_requested', 'warning'])(
    'is used until the new one is there, and no command is lost (%s)',
    async (reason) => {
      const { socket, slack, running } = fixture();
      const before = socket.connections;
      slack.proxy.fault(isOpen, { kind: 'delay', ms: 1_000 }, 1);
      socket.disconnect(reason, 2_500);
      const answers: Promise<string>[] = [];
      const states = new Set<unknown>();
      // Until Slack has closed the old one, and for a while after.
      for (let after = 0; after < 5; after += socket.connections > before && socket.open === 1 ? 1 : 0) {
        // What came with the close frame itself is answered at the response address.
        answers.push((await fixture().type('ada', 'status')).answer());
        states.add(Object(await (await fetch(`${running.url}/readyz`)).json()).slack);
        await sleep(100);
      }
      expect(answers.length).toBeGreaterThan(10);
      for (const answer of await Promise.all(answers)) expect(answer).toContain('No draw is running');
      expect([...states]).toEqual(['ok']);
      expect(socket.connections).toBe(before + 1);
    },
  );

  it('takes the acknowledgement of what came over it', async () => {
    const answer = await dialogInHand(fixture(), 800);
    fixture().socket.disconnect('warning', 2_000);
    expect(await answer()).toContain('You are in the draw, Ada Lovelace');
  });

  it('is closed by the bot where Slack does not close it', async () => {
    const { socket } = fixture();
    socket.disconnect('warning', 3_600_000);
    await until(() => (socket.open === 2 ? true : undefined), { what: 'the new socket beside the old one' });
    await until(() => (socket.open === 1 ? true : undefined), { patience: 25_000, what: 'the old one to be closed' });
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  }, 40_000);
});

overSocketMode('a socket that Slack closes', (fixture) => {
  it('with a close frame alone, TCP left open, is replaced, and the bot is not ready meanwhile', async () => {
    const { socket, slack } = fixture();
    const heal = slack.proxy.fault(isOpen, { kind: 'status', status: 500 });
    socket.hangUp();
    await fixture().ready(503, 1_000);
    heal();
    await fixture().ready(200, 5_000);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  });

  it('as there are too many is tried again more and more slowly', async () => {
    const { socket } = fixture();
    const before = socket.connections;
    socket.crowd(10);
    try {
      socket.disconnect('too_many_websockets');
      // Pauses of 1, 2 and 4 seconds.
      const tries: number[] = [];
      await until(
        () => {
          if (socket.connections - before > tries.length) tries.push(performance.now());
          return tries.length >= 3 ? true : undefined;
        },
        { patience: 15_000, what: 'three tries' },
      );
      const [first = 0, second = 0, third = 0] = tries;
      expect(second - first).toBeGreaterThan(1_500);
      expect(third - second).toBeGreaterThan(3_000);
      expect(fixture().running.log.join('')).toContain('Slack does not want this socket (too_many_websockets)');
    } finally {
      socket.crowd(0);
    }
    await fixture().ready(200, 15_000);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  }, 40_000);
});
