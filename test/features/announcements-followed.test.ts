import { expect, it } from 'vitest';
import { z } from 'zod';
import { readText, withBot } from '../support/fixtures/features.ts';

withBot('winners whom nobody had announced when the next draw was started', (fixture) => {
  it('are announced before it, once', async () => {
    await fixture().says('olivia', 'start "A fork"', 'admin');
    await fixture().announced('A fork');
    await fixture().says('ada', 'enter ada');
    // Another process announces, as far as this one can see; it has crashed.
    await fixture().redis.set('prizedraw:slack:announcer', 'another 1', 'PX', 3_000);
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
    expect(await fixture().redis.exists('prizedraw:slack:finished')).toBe(0);
  }, 80_000);

  it('are announced even if nobody could look at any of them', async () => {
    const prizes = ['A pan', 'A pot', 'A wok'];
    // Another process announces, as far as this one can see; it has crashed.
    await fixture().redis.set('prizedraw:slack:announcer', 'another 1', 'PX', 8_000);
    for (const prize of prizes) {
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      await fixture().says('ada', 'enter ada');
      await fixture().says('olivia', 'pick', 'admin');
    }
    await fixture().announced('A wok', 30_000);
    const texts = (await fixture().announcements()).map(readText).filter((text) => text.includes('And the winners'));
    expect(texts.slice(-3).map((text) => /A [a-z]+/.exec(text)?.[0])).toEqual(prizes);
    expect(texts.filter((text) => prizes.some((prize) => text.includes(prize)))).toHaveLength(3);
  }, 60_000);
});

withBot('the record of what was announced', (fixture) => {
  const announced = 'prizedraw:slack:announced';

  it('is gone on with when a bot before kept less in it', async () => {
    await fixture().says('olivia', 'start "A sofa"', 'admin');
    const opening = await fixture().announced('A sofa');
    const record: unknown = JSON.parse((await fixture().redis.get(announced)) ?? '{}');
    const { drawn: _d, waiting: _w, takenUp: _t, ...less } = z.looseObject({}).parse(record);
    await fixture().redis.set(announced, JSON.stringify(less));
    await fixture().says('olivia', 'close', 'admin');
    expect((await fixture().announced('This draw is closed')).ts).toBe(opening.ts);
  }, 30_000);

  it('that cannot be read is said in the log', async () => {
    await fixture().redis.set(announced, 'Hello.');
    await expect
      .poll(() => fixture().bot.log.join('\n'), { timeout: 10_000 })
      .toContain('cannot be read: the draw is announced anew');
  }, 30_000);
});
