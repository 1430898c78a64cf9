import { expect, it } from 'vitest';
import { validateAck, validateMessage } from '../support/block-kit.ts';
import { until } from '../support/fixtures/bot.ts';
import { overSocketMode, readText } from '../support/fixtures/socket-mode.ts';

overSocketMode('a draw over Socket Mode', (fixture) => {
  it('goes by commands alone, from the start to the winners', async () => {
    const opened = await fixture().member('olivia').command('start "A kite" "A drum" for 30m', { channel: 'admin' });
    expect(readText(opened.ack.body)).toContain('The draw is open');
    await fixture().announced('A kite');
    expect(await fixture().says('ada', 'enter https://github.com/ada/')).toContain('You are in the draw, Ada Lovelace');
    expect(await fixture().says('ada', 'enter @ADA')).toContain('already in the draw');
    expect(await fixture().says('linus', 'enter the-company')).toContain('an organisation');
    expect(await fixture().says('grace', 'enter grace')).toContain('You are in the draw');
    expect(await fixture().says('ada', 'status')).toMatch(/2 people|2 entrants/);
    expect(await fixture().says('ada', 'prizes')).toMatch(/A drum[\s\S]*A kite|A kite[\s\S]*A drum/);
    expect(await fixture().says('olivia', 'entrants', 'admin')).toMatch(/ada[\s\S]*grace/);
    expect(await fixture().says('olivia', 'close', 'admin')).toContain('The draw is closed. 2 people have entered.');
    expect(await fixture().says('linus', 'enter linus')).toContain('The draw is closed');
    expect(await fixture().says('olivia', 'pick', 'admin')).toContain('Picked 2 winners from 2 entrants');
    await fixture().announced('And the winners are');
    expect(await fixture().says('linus', 'winners')).toMatch(/A drum[\s\S]*A kite/);
  });

  it('answers inside the acknowledgement, and posts nothing to the response address', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    for (const text of ['', 'status', 'enter ada', 'prizes', 'winners', 'help', 'start', 'close', 'pick', 'entrants']) {
      const { ack, posts } = await fixture().member('ada').command(text);
      expect(validateMessage(ack.body)).toEqual([]);
      expect(ack.body).toMatchObject({ response_type: 'ephemeral' });
      expect(readText(ack.body)).not.toBe('');
      expect(posts).toEqual([]);
    }
  });

  it('acknowledges a slow entry within three seconds, and answers later', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    fixture().github.behave('ada', { delay: 2_500 });
    const { ack, message, later } = await fixture().member('ada').command('enter ada');
    expect(ack.ms).toBeLessThan(3_000);
    expect(message).toBeUndefined();
    expect(readText(await later())).toContain('You are in the draw, Ada Lovelace');
  });

  it('opens the dialog for a command without an ID, names what is wrong at its field, and takes it corrected', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    await fixture().member('ada').command('enter');
    const view = await fixture().dialog('ada');
    for (const [id, words] of [
      ['-ada', 'GitHub'],
      ['no-such-person-here', 'no such user'],
      ['the-company', 'an organisation'],
    ] as const) {
      const wrong = await fixture().member('ada').submit(view, { 'Your GitHub ID': id });
      expect(validateAck(wrong.body, ['prizedraw_github_id'])).toEqual([]);
      expect(wrong.body).toMatchObject({ errors: { prizedraw_github_id: expect.stringContaining(words) } });
    }
    const right = await fixture().member('ada').submit(view, { 'Your GitHub ID': 'ada' });
    expect(readText(right.body)).toContain('You are in the draw, Ada Lovelace');
    expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
  });

  it('opens the start dialog from the control panel, and names a prize given twice at its field', async () => {
    const panel = await fixture().member('olivia').command('admin', { channel: 'admin' });
    await fixture()
      .member('olivia')
      .click('Start a draw', panel.message ?? (await panel.later()));
    const view = await fixture().dialog('olivia');
    const wrong = await fixture().member('olivia').submit(view, { 'Prizes, one a line': 'A kite\nA drum\nA kite' });
    expect(wrong.body).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(wrong.body)).toContain('A kite');
    expect(await fixture().redis.exists('prizedraw:is_open')).toBe(0);
    const right = await fixture().member('olivia').submit(view, { 'Prizes, one a line': 'A kite\nA drum' });
    expect(readText(right.body)).toContain('The draw is open');
    expect((await fixture().redis.smembers('prizedraw:prizes')).toSorted()).toEqual(['A drum', 'A kite']);
  });

  it('lets the buttons close and pick', async () => {
    await fixture().says('olivia', 'start "A lamp"', 'admin');
    await fixture().says('ada', 'enter ada');
    const olivia = fixture().member('olivia');
    const panel = await olivia.command('admin', { channel: 'admin' });
    const open = panel.message ?? (await panel.later());
    const closed = await (await olivia.click('Close draw', open)).later();
    expect(readText(closed)).toContain('closed');
    await until(async () => ((await fixture().redis.exists('prizedraw:is_open')) === 0 ? true : undefined));
    const picked = await (await olivia.click('Pick winners', closed)).later();
    expect(readText(picked)).toContain('Picked 1 winner from 1 entrant');
    await fixture().announced('And the winners are');
  });

  it.each(['start "A lamp"', 'start', 'close', 'pick', 'entrants', 'admin'])(
    'refuses /prizedraw %s outside of the admin channel, an organiser’s too',
    async (text) => {
      await fixture().says('olivia', 'start "A kite"', 'admin');
      await fixture().says('ada', 'enter ada');
      const before = await fixture().redis.dump('prizedraw:prizes');
      expect(await fixture().says('olivia', text)).toContain('Only organisers can do that');
      expect(await fixture().redis.dump('prizedraw:prizes')).toEqual(before);
      expect(await fixture().redis.get('prizedraw:is_open')).toBe('true');
      expect(await fixture().redis.exists('prizedraw:winners')).toBe(0);
      expect(fixture().member('olivia').lastView()).toBeUndefined();
    },
  );

  it('refuses a button of the control panel that was forged elsewhere', async () => {
    await fixture().says('olivia', 'start "A kite"', 'admin');
    await fixture().says('ada', 'enter ada');
    const panel = await fixture().member('olivia').command('admin', { channel: 'admin' });
    const elsewhere = { ...(panel.message ?? (await panel.later())), channel: fixture().slack.channels.random };
    for (const button of ['Close draw', 'Pick winners']) {
      const answer = await fixture().member('ada').click(button, elsewhere);
      expect(readText(await answer.later())).toContain('Only organisers can do that');
    }
    expect(await fixture().redis.get('prizedraw:is_open')).toBe('true');
    expect(await fixture().redis.exists('prizedraw:winners')).toBe(0);
  });
});
