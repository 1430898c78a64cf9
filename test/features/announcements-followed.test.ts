import { expect, it } from 'vitest';
import { readText, withBot } from '../support/fixtures/features.ts';

withBot('winners whom nobody had announced when the next draw was started', (fixture) => {
  it('are announced before it, once', async () => {
    await fixture().says('olivia', 'start "A fork"', 'admin');
    await fixture().announced('A fork');
    await fixture().says('ada', 'enter ada');
    // Another process announces, as far as this one can see; it has crashed.
    await fixture().redis.set('prizedraw:slack:worker', 'another 1', 'PX', 3_000);
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().says('olivia', 'start "A spoon"', 'admin');
    await fixture().announced('A spoon', 10_000);
    const texts = (await fixture().announcements()).map(readText);
    expect(texts.map((text) => /(closed|And the winners are|is open)/.exec(text)?.[0])).toEqual([
      'closed',
      'And the winners are',
      'is open',
    ]);
    expect(texts[1]).toContain('A fork');
  }, 30_000);
});

withBot('draws that begin and end while Slack takes no messages', (fixture) => {
  it('are all announced afterwards, each once, in their order', async () => {
    const heal = fixture().bot.slack.proxy.fault((path) => path.includes('chat.'), { kind: 'status', status: 503 });
    const prizes = ['A fork', 'A knife', 'A ladle', 'A spoon', 'A whisk'];
    for (const prize of prizes) {
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      await fixture().says('ada', 'enter ada');
      await fixture().says('olivia', 'pick', 'admin');
    }
    await fixture().says('olivia', 'start "A zester"', 'admin');
    expect(await fixture().announcements()).toEqual([]);
    heal();
    // The panel has it tried at once.
    await fixture().says('olivia', 'admin', 'admin');
    await fixture().announced('A zester', 40_000);
    const texts = (await fixture().announcements()).map(readText);
    expect(texts.map((text) => /(closed|And the winners are|is open)/.exec(text)?.[0])).toEqual([
      ...prizes.flatMap(() => ['closed', 'And the winners are']),
      'is open',
    ]);
    expect(texts.filter((text) => text.includes('And the winners')).map((text) => /A [a-z]+/.exec(text)?.[0])).toEqual(
      prizes,
    );
    const finished = await fixture().redis.zrange('prizedraw:slack:history', 0, -1);
    const kept = finished.map((id) => fixture().redis.hget(`prizedraw:slack:draw:${id}`, 'prizes'));
    expect(await Promise.all(kept)).toEqual(prizes.map((prize) => JSON.stringify([prize])));
  }, 80_000);

  it('are announced even if nobody could look at any of them', async () => {
    const prizes = ['A pan', 'A pot', 'A wok'];
    // Another process announces, as far as this one can see; it has crashed.
    await fixture().redis.set('prizedraw:slack:worker', 'another 1', 'PX', 8_000);
    for (const prize of prizes) {
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      await fixture().says('ada', 'enter ada');
      await fixture().says('olivia', 'pick', 'admin');
    }
    const winners = async () =>
      (await fixture().announcements()).map(readText).filter((text) => text.includes('And the winners'));
    await expect
      .poll(async () => (await winners()).slice(-3).map((text) => /A [a-z]+/.exec(text)?.[0]), { timeout: 30_000 })
      .toEqual(prizes);
    expect((await winners()).filter((text) => prizes.some((prize) => text.includes(prize)))).toHaveLength(3);
  }, 60_000);
});
