import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { OFFERED_MINUTES } from '../../src/slack/blocks/dialogs.ts';
import { readText, STATES, withBot } from '../support/fixtures/features.ts';
import type { Fields } from '../support/workspace/json.ts';

const PRIZES = 'Prizes, one a line';
const DURATION = 'How long it is open';

withBot('the filled-in dialog to start a draw', (fixture) => {
  const open = async () => {
    for (const { view } of fixture().bot.slack.openViews()) fixture().bot.slack.views.shut(view.id);
    await fixture().member('olivia').command('start', { channel: 'admin' });
    return fixture().dialog('olivia');
  };
  const olivia = () => fixture().member('olivia');

  it('closes the draw at each of the times it offers, and never when by hand', async () => {
    for (const minutes of OFFERED_MINUTES) {
      await fixture().redis.flushall();
      await olivia().submit(await open(), { [PRIZES]: 'A book', [DURATION]: String(minutes) });
      const ttl = await fixture().redis.ttl('prizedraw:is_open');
      expect(ttl).toBeGreaterThan(minutes * 60 - 5);
      expect(ttl).toBeLessThanOrEqual(minutes * 60);
    }
  });

  it('takes prizes line by line as they stand: quotes, commas and entities too', async () => {
    const prizes = ['"A book", signed', '“A mug”', '&amp; more', '<b>', 'Sticker', 'sticker'];
    await olivia().submit(await open(), { [PRIZES]: `${prizes.join('\r\n')}\n\n` });
    expect((await fixture().redis.smembers('prizedraw:prizes')).toSorted()).toEqual(prizes.toSorted());
  });

  it.each([
    ['DRAW_OPEN_NO_ENTRANTS', 'A draw is already open'],
    ['DRAW_OPEN_WITH_ENTRANTS', 'A draw is already open'],
    ['DRAW_CLOSED_WITH_ENTRANTS', 'winners have not been picked yet'],
  ] as const)('is refused in the state %s, keeps what was typed and changes nothing', async (state, said) => {
    const view = await open();
    await fixture().write(STATES[state]);
    const before = await fixture().keys();
    const ack = await olivia().submit(view, { [PRIZES]: 'A car', [DURATION]: '30' });
    expect(ack.body).toEqual({
      response_action: 'errors',
      errors: { prizedraw_prizes: expect.stringContaining(said) },
    });
    expect(await fixture().keys()).toEqual(before);
    expect(olivia().lastView()?.id).toBe(view.id);
  });

  it.each(['DRAW_CLOSED_NO_ENTRANTS', 'DRAW_WON'] as const)('begins anew in the state %s', async (state) => {
    await fixture().write(STATES[state]);
    await olivia().submit(await open(), { [PRIZES]: 'A car' });
    expect(await fixture().keys()).toEqual({
      'prizedraw:is_open': { value: 'true', expires: false },
      'prizedraw:prizes': { value: ['A car'], expires: false },
    });
  });

  it('can be corrected where it was filled in wrongly', async () => {
    const view = await open();
    const wrong = await olivia().submit(view, { [PRIZES]: 'A book\nA book', [DURATION]: '15' });
    expect(wrong.body).toMatchObject({ response_action: 'errors' });
    const right = await olivia().submit(view, { [PRIZES]: 'A book\nA mug', [DURATION]: '15' });
    expect(readText(right.body)).toContain('The draw is open');
  });

  it('starts one draw when it is submitted twice', async () => {
    const view = await open();
    await olivia().submit(view, { [PRIZES]: 'A book' });
    await fixture().redis.sadd('prizedraw:entrants', 'ken');
    const again = await olivia().submit(view, { [PRIZES]: 'A book' });
    expect(again.body).toMatchObject({ response_action: 'errors' });
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ken']);
  });

  const forged = (prizes: Fields, duration: Fields): Fields => ({
    state: { values: { prizedraw_prizes: { value: prizes }, prizedraw_duration: { value: duration } } },
  });

  it.each([
    ['no prizes', forged({ value: null }, { selected_option: null })],
    ['numbers for prizes', forged({ value: 17 }, { selected_option: null })],
    ['a duration that is not offered', forged({ value: 'A' }, { selected_option: { value: '9999999' } })],
    ['a duration that is none', forged({ value: 'A' }, { selected_option: { value: '__proto__' } })],
    ['no fields', { state: { values: {} } }],
    ['no state', { state: null }],
  ])('starts nothing for a forged one with %s', async (_what, overrides) => {
    const ack = await olivia().submit(await open(), {}, overrides);
    expect(ack.status).toBeLessThan(500);
    expect(await fixture().keys()).toEqual({});
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  });

  it('says that the fault is ours when Redis does not answer, and keeps what was typed', async () => {
    const view = await open();
    fixture().server.pause();
    const ack = await olivia().submit(view, { [PRIZES]: 'A car\nA mug', [DURATION]: '30' });
    expect(ack.ms).toBeLessThan(3000);
    expect(ack.body).toEqual({
      response_action: 'errors',
      errors: { prizedraw_prizes: expect.stringContaining('something went wrong on our side') },
    });
    const id = /this ID: (\w+)/.exec(JSON.stringify(ack.body))?.[1] ?? 'none';
    expect(fixture().bot.log.join()).toContain(`"request":"${id}"`);
    expect(olivia().lastView()?.id).toBe(view.id);
    // A step that reaches Redis 4 seconds after it was sent is not carried out any more.
    await sleep(2_700);
    fixture().server.resume();
    await expect.poll(() => fixture().says('ada', 'status'), { timeout: 5_000 }).toContain('No draw is running');
    expect(await fixture().keys()).toEqual({});
    const again = await olivia().submit(view, { [PRIZES]: 'A car\nA mug', [DURATION]: '30' });
    expect(readText(again.body)).toContain('The draw is open');
    expect((await fixture().redis.smembers('prizedraw:prizes')).toSorted()).toEqual(['A car', 'A mug']);
    expect(await fixture().redis.ttl('prizedraw:is_open')).toBeGreaterThan(1790);
  });
});
