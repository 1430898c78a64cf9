import { expect, it } from 'vitest';
import { z } from 'zod';
import { inWorld, readText } from './support/world.ts';

inWorld('winners whom nobody had announced when the next draw was started', (world) => {
  it('are announced before it, once', async () => {
    await world().says('olivia', 'start "A fork"', 'admin');
    await world().announced('A fork');
    await world().says('ada', 'enter ada');
    // Another process announces, as far as this one can see; it has crashed.
    await world().redis.set('prizedraw:slack:announcer', 'another 1', 'PX', 3_000);
    await world().says('olivia', 'pick', 'admin');
    await world().says('olivia', 'start "A spoon"', 'admin');
    await world().announced('A spoon', 10_000);
    const texts = (await world().announcements()).map(readText);
    expect(texts.map((text) => /(closed|And the winners are|is open)/.exec(text)?.[0])).toEqual([
      'closed',
      'And the winners are',
      'is open',
    ]);
    expect(texts[1]).toContain('A fork');
  }, 30_000);
});

inWorld('draws that begin and end while Slack takes no messages', (world) => {
  it('are all announced afterwards, each once, in their order', async () => {
    const heal = world().stage.slack.proxy.fault((path) => path.includes('chat.'), { kind: 'status', status: 503 });
    const prizes = ['A fork', 'A knife', 'A ladle', 'A spoon', 'A whisk'];
    for (const prize of prizes) {
      await world().says('olivia', `start "${prize}"`, 'admin');
      await world().says('ada', 'enter ada');
      await world().says('olivia', 'pick', 'admin');
    }
    await world().says('olivia', 'start "A zester"', 'admin');
    expect(await world().announcements()).toEqual([]);
    heal();
    // The panel has it tried at once.
    await world().says('olivia', 'admin', 'admin');
    await world().announced('A zester', 40_000);
    const texts = (await world().announcements()).map(readText);
    expect(texts.map((text) => /(closed|And the winners are|is open)/.exec(text)?.[0])).toEqual([
      ...prizes.flatMap(() => ['closed', 'And the winners are']),
      'is open',
    ]);
    expect(texts.filter((text) => text.includes('And the winners')).map((text) => /A [a-z]+/.exec(text)?.[0])).toEqual(
      prizes,
    );
    expect(await world().redis.exists('prizedraw:slack:finished')).toBe(0);
  }, 80_000);

  it('are announced even if nobody could look at any of them', async () => {
    const prizes = ['A pan', 'A pot', 'A wok'];
    // Another process announces, as far as this one can see; it has crashed.
    await world().redis.set('prizedraw:slack:announcer', 'another 1', 'PX', 8_000);
    for (const prize of prizes) {
      await world().says('olivia', `start "${prize}"`, 'admin');
      await world().says('ada', 'enter ada');
      await world().says('olivia', 'pick', 'admin');
    }
    await world().announced('A wok', 30_000);
    const texts = (await world().announcements()).map(readText).filter((text) => text.includes('And the winners'));
    expect(texts.slice(-3).map((text) => /A [a-z]+/.exec(text)?.[0])).toEqual(prizes);
    expect(texts.filter((text) => prizes.some((prize) => text.includes(prize)))).toHaveLength(3);
  }, 60_000);
});

inWorld('the record of what was announced', (world) => {
  const announced = 'prizedraw:slack:announced';

  it('is gone on with when a bot before kept less in it', async () => {
    await world().says('olivia', 'start "A sofa"', 'admin');
    const opening = await world().announced('A sofa');
    const record: unknown = JSON.parse((await world().redis.get(announced)) ?? '{}');
    const { drawn: _d, waiting: _w, takenUp: _t, ...less } = z.looseObject({}).parse(record);
    await world().redis.set(announced, JSON.stringify(less));
    await world().says('olivia', 'close', 'admin');
    expect((await world().announced('This draw is closed')).ts).toBe(opening.ts);
  }, 30_000);

  it('that cannot be read is said in the log', async () => {
    await world().redis.set(announced, 'Hello.');
    await expect
      .poll(() => world().stage.log.join('\n'), { timeout: 10_000 })
      .toContain('cannot be read: the draw is announced anew');
  }, 30_000);
});
