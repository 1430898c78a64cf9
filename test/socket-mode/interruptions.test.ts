import { expect, it } from 'vitest';
import { until } from '../support/stage.ts';
import { overSocketMode, readText } from './support/linked.ts';

overSocketMode('a connection that goes in the middle', (linked) => {
  /** Ways for a connection to end. */
  const ENDS = [
    ['is cut off', () => linked().socket.drop()],
    ['is closed at Slack’s wish', () => linked().socket.disconnect()],
  ] as const;

  it.each(ENDS)('that %s: the bot is back within five seconds', async (_how, end) => {
    const before = linked().socket.connections;
    end();
    await until(() => (linked().socket.connections > before ? true : undefined), { patience: 5_000 });
    await linked().ready(200, 5_000);
    expect(await linked().says('ada', 'status')).toContain('No draw is running');
    expect(linked().socket.connections).toBe(before + 1);
  });

  it('that goes ten times in a row: the bot is back each time', async () => {
    await linked().says('olivia', 'start "A lamp"', 'admin');
    for (let count = 0; count < 10; count += 1) {
      const before = linked().socket.connections;
      if (count % 2) linked().socket.drop();
      else linked().socket.disconnect();
      await until(() => (linked().socket.connections > before ? true : undefined), { patience: 5_000 });
      await linked().socket.connected(5_000);
    }
    expect(await linked().says('ada', 'enter ada')).toContain('You are in the draw');
    expect((await linked().announcements('A lamp')).length).toBe(1);
  });

  it.each(ENDS)('that %s during an entry: the person is still told, and is in', async (_how, end) => {
    await linked().says('olivia', 'start "A lamp"', 'admin');
    linked().github.behave('ada', { delay: 700 });
    const typed = await linked().type('ada', 'enter ada');
    await linked().lookedUp('ada');
    end();
    expect(await typed.answer()).toContain('You are in the draw, Ada Lovelace');
    expect(await linked().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
  });

  it.each(ENDS)('that %s after a slow entry was acknowledged: the person is still told', async (_how, end) => {
    await linked().says('olivia', 'start "A lamp"', 'admin');
    linked().github.behave('ada', { delay: 2_600 });
    const answer = await linked().member('ada').command('enter ada');
    expect(answer.message).toBeUndefined();
    end();
    expect(readText(await answer.later())).toContain('You are in the draw, Ada Lovelace');
  });

  it('that stays away when an entry is done: the person is told at the response address', async () => {
    await linked().says('olivia', 'start "A lamp"', 'admin');
    linked().github.behave('ada', { delay: 700 });
    const typed = await linked().type('ada', 'enter ada');
    await linked().lookedUp('ada');
    linked().slack.proxy.fault((path) => path.includes('apps.connections.open'), { kind: 'delay', ms: 1_500 }, 1);
    linked().socket.drop();
    expect(readText(await typed.response.next())).toContain('You are in the draw, Ada Lovelace');
    await linked().ready(200);
  });

  it('that stays away when a dialog is answered: the entry is kept, and sending it again says so', async () => {
    await linked().says('olivia', 'start "A lamp"', 'admin');
    linked().github.behave('ada', { delay: 700 });
    const ada = linked().member('ada');
    await ada.command('enter');
    const view = await linked().dialog('ada');
    // Slack shows that it had trouble connecting, and leaves the dialog as it is.
    ada.submit(view, { 'Your GitHub ID': 'ada' }).catch(() => {});
    await linked().lookedUp('ada');
    linked().slack.proxy.fault((path) => path.includes('apps.connections.open'), { kind: 'delay', ms: 1_500 }, 1);
    linked().socket.drop();
    await linked().ready(503);
    await linked().ready(200);
    const again = await ada.submit(view, { 'Your GitHub ID': 'ada' });
    expect(JSON.stringify(again.body)).toContain('already in the draw');
    expect(await linked().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
  });

  it('that goes, and Slack sends the same things again: nothing is done twice', async () => {
    const repeat = async (name: string, text: string, channel?: string): Promise<void> => {
      const typed = await linked().type(name, text, channel);
      await typed.answer();
      linked().socket.drop();
      await linked().socket.connected(5_000);
      await linked().socket.send('slash_commands', typed.payload);
    };
    const { admin } = linked().slack.channels;
    await repeat('olivia', 'start "A lamp"', admin);
    await repeat('ada', 'enter ada');
    await repeat('olivia', 'pick', admin);
    await linked().announced('And the winners are');
    // What was under way has ended then, and the next bot has nothing to make up for.
    await linked().restart();
    await linked().ready(200);
    expect(await linked().redis.hgetall('prizedraw:winners')).toEqual({ 'A lamp': 'ada' });
    expect((await linked().announcements('And the winners are')).length).toBe(1);
    expect((await linked().announcements('A lamp')).length).toBe(2);
  });

  it('with the pick in hand: it is carried out once and announced once', async () => {
    await linked().says('olivia', 'start "A lamp" "A mug"', 'admin');
    await linked().says('ada', 'enter ada');
    await linked().says('grace', 'enter grace');
    await linked().type('olivia', 'pick', linked().slack.channels.admin);
    linked().socket.drop();
    await linked().socket.connected(5_000);
    // Nobody knows whether the first one arrived.
    await linked().says('olivia', 'pick', 'admin');
    await linked().announced('And the winners are');
    await linked().restart();
    await linked().ready(200);
    expect(Object.keys(await linked().redis.hgetall('prizedraw:winners')).length).toBe(2);
    expect((await linked().announcements('And the winners are')).length).toBe(1);
  });
});
