import { expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { overSocketMode, readText } from '../support/fixtures/socket-mode.ts';

overSocketMode('a connection that goes in the middle', (fixture) => {
  /** Ways for a connection to end. */
  const ENDS = [
    ['is cut off', () => fixture().socket.drop()],
    ['is closed at Slack’s wish', () => fixture().socket.disconnect()],
  ] as const;

  it.each(ENDS)('that %s: the bot is back within five seconds', async (_how, end) => {
    const before = fixture().socket.connections;
    end();
    await until(() => (fixture().socket.connections > before ? true : undefined), { patience: 5_000 });
    await fixture().ready(200, 5_000);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
    expect(fixture().socket.connections).toBe(before + 1);
  });

  it('that goes ten times in a row: the bot is back each time', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    for (let count = 0; count < 10; count += 1) {
      const before = fixture().socket.connections;
      if (count % 2) fixture().socket.drop();
      else fixture().socket.disconnect();
      await until(() => (fixture().socket.connections > before ? true : undefined), { patience: 5_000 });
      await fixture().socket.connected(5_000);
    }
    expect(await fixture().says('ada', 'enter ada')).toContain('You are in the draw');
    expect((await fixture().announcements('A lamp')).length).toBe(1);
  });

  it.each(ENDS)('that %s during an entry: the person is still told, and is in', async (_how, end) => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    fixture().github.behave('ada', { delay: 700 });
    const typed = await fixture().type('ada', 'enter ada');
    await fixture().lookedUp('ada');
    end();
    expect(await typed.answer()).toContain('You are in the draw, Ada Lovelace');
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
  });

  it.each(ENDS)('that %s after a slow entry was acknowledged: the person is still told', async (_how, end) => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    fixture().github.behave('ada', { delay: 2_600 });
    const answer = await fixture().member('ada').command('enter ada');
    expect(answer.message).toBeUndefined();
    end();
    expect(readText(await answer.later())).toContain('You are in the draw, Ada Lovelace');
  });

  it('that stays away when an entry is done: the person is told at the response address', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    fixture().github.behave('ada', { delay: 700 });
    const typed = await fixture().type('ada', 'enter ada');
    await fixture().lookedUp('ada');
    fixture().slack.proxy.fault((path) => path.includes('apps.connections.open'), { kind: 'delay', ms: 1_500 }, 1);
    fixture().socket.drop();
    expect(readText(await typed.response.next())).toContain('You are in the draw, Ada Lovelace');
    await fixture().ready(200);
  });

  it('that stays away when a dialog is answered: the entry is kept, and sending it again says so', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    fixture().github.behave('ada', { delay: 700 });
    const ada = fixture().member('ada');
    await ada.command('enter');
    const view = await fixture().dialog('ada');
    // Slack shows that it had trouble connecting, and leaves the dialog as it is.
    ada.submit(view, { 'Your GitHub ID': 'ada' }).catch(() => {});
    await fixture().lookedUp('ada');
    fixture().slack.proxy.fault((path) => path.includes('apps.connections.open'), { kind: 'delay', ms: 1_500 }, 1);
    fixture().socket.drop();
    await fixture().ready(503);
    await fixture().ready(200);
    const again = await ada.submit(view, { 'Your GitHub ID': 'ada' });
    expect(JSON.stringify(again.body)).toContain('already in the draw');
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
  });

  it('that goes, and Slack sends the same things again: nothing is done twice', async () => {
    const repeat = async (name: string, text: string, channel?: string): Promise<void> => {
      const typed = await fixture().type(name, text, channel);
      await typed.answer();
      fixture().socket.drop();
      await fixture().socket.connected(5_000);
      await fixture().socket.send('slash_commands', typed.payload);
    };
    const { admin } = fixture().slack.channels;
    await repeat('olivia', 'start "A lamp"', admin);
    await repeat('ada', 'enter ada');
    await repeat('olivia', 'pick', admin);
    await fixture().announced('And the winners are');
    // What was under way has ended then, and the next bot has nothing to make up for.
    await fixture().restart();
    await fixture().ready(200);
    expect(await fixture().redis.hgetall('prizedraw:winners')).toEqual({ 'A lamp': 'ada' });
    expect((await fixture().announcements('And the winners are')).length).toBe(1);
    expect((await fixture().announcements('A lamp')).length).toBe(2);
  });

  it('with the pick in hand: it is carried out once and announced once', async () => {
    await fixture().says('olivia', 'start "A lamp" "A mug"', 'admin');
    await fixture().says('ada', 'enter ada');
    await fixture().says('grace', 'enter grace');
    await fixture().type('olivia', 'pick', fixture().slack.channels.admin);
    fixture().socket.drop();
    await fixture().socket.connected(5_000);
    // Nobody knows whether the first one arrived.
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().announced('And the winners are');
    await fixture().restart();
    await fixture().ready(200);
    expect(Object.keys(await fixture().redis.hgetall('prizedraw:winners')).length).toBe(2);
    expect((await fixture().announcements('And the winners are')).length).toBe(1);
  });
});
