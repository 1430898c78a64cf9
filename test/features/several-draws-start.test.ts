import { afterEach, describe, expect, it } from 'vitest';
import { readText, withBot } from '../support/fixtures/features.ts';
import { channel, postedIn, saysRaw, shutDialogs } from '../support/fixtures/several-draws.ts';
import type { Fault } from '../support/workspace/faults.ts';

const PRIZES = 'Prizes, one a line';
const DURATION = 'How long it is open';
const ANNOUNCE_IN = 'Announce in';

/** Where no draw can be started, and what is said then. */
const PLACES: readonly [place: string, said: string, fault?: Fault][] = [
  ['not-there', 'The bot is not in that channel, so no draw was started. Invite it there first: /invite @prizedraw'],
  ['secret', 'The bot is not in that channel, so no draw was started. Invite it there first: /invite @prizedraw'],
  ['archived', 'That channel is archived, so no draw was started. Unarchive it, or choose another one.'],
  [
    'for replies alone',
    'That channel takes nothing but replies in threads, so no draw was started. Change that in its settings, or choose another one.',
  ],
  ['read-only', 'The bot may not post in that channel, so no draw was started. Allow it there, or choose another one.'],
  [
    'silent',
    'Slack did not say whether the bot is in that channel, so no draw was started. Try again',
    { kind: 'hang' },
  ],
  ['failing', 'Slack did not say whether the bot is in that channel, so no draw was started.', { kind: 'reset' }],
  [
    'nonsense',
    'Slack did not say whether the bot is in that channel, so no draw was started.',
    { kind: 'status', status: 200, body: { ok: false, error: 'fatal_error' } },
  ],
];

withBot('a draw that is to be started in a channel', (fixture) => {
  /** The ID of such a channel. */
  const place = async (name: string): Promise<string> => {
    const { slack } = fixture().bot;
    const [known] = [...slack.allChannels].find(([, there]) => there.name === name) ?? [];
    if (known !== undefined) return known;
    const hasBot = name !== 'not-there' && name !== 'secret';
    const id = await slack.addChannel(name, { hasBot, isPrivate: name === 'secret' });
    if (name === 'archived') await slack.alterChannel(id, { isArchived: true });
    if (name === 'read-only') await slack.alterChannel(id, { isReadOnly: true });
    if (name === 'for replies alone') await slack.alterChannel(id, { isThreadOnly: true });
    return id;
  };
  let heal = (): void => {};
  afterEach(() => heal());
  const break_ = (fault: Fault | undefined): void => {
    if (fault) heal = fixture().bot.slack.proxy.fault((path) => path.includes('conversations.info'), fault);
  };
  const startDialog = async () => {
    shutDialogs(fixture());
    await fixture().member('olivia').command('start', { channel: 'admin' });
    return fixture().dialog('olivia');
  };

  describe.each(PLACES)('where it cannot be announced: %s', (name, said, fault) => {
    it('is not started by a command, and the answer says what to do', async () => {
      const id = await place(name);
      break_(fault);
      const before = Date.now();
      expect(await saysRaw(fixture(), 'olivia', `start "A pan" in <#${id}|${name}>`, 'admin')).toContain(said);
      expect(Date.now() - before).toBeLessThan(8_000);
      expect(await fixture().keys()).toEqual({});
      expect(await fixture().redis.hlen('prizedraw:slack:draws')).toBe(0);
    });

    it('is not started by the dialog: that is said at its field, and what was typed is kept', async () => {
      const id = await place(name);
      const view = await startDialog();
      break_(fault);
      const values = { [PRIZES]: 'A pan\nA pot', [DURATION]: '30 minutes', [ANNOUNCE_IN]: id };
      const ack = await fixture().member('olivia').submit(view, values);
      expect(ack.ms).toBeLessThan(3_000);
      if (name === 'silent' || name === 'failing') {
        // Too late for a field's error: the same form comes again, filled in, with what is wrong.
        const shown = () => JSON.stringify(fixture().member('olivia').lastView());
        await expect.poll(shown, { timeout: 8_000 }).toContain(said);
        for (const kept of ['A pan\\nA pot', '"initial_option":{"text":{"type":"plain_text","text":"30 minutes"', id]) {
          expect(shown()).toContain(kept);
        }
      } else {
        expect(ack.body).toEqual({
          response_action: 'errors',
          errors: { prizedraw_announce_in: expect.stringContaining(said) },
        });
        expect(fixture().member('olivia').lastView()?.id).toBe(view.id);
      }
      expect(await fixture().keys()).toEqual({});
    });
  });

  it('can be started there as soon as the bot may post', async () => {
    const id = await place('not-there');
    await saysRaw(fixture(), 'olivia', `start "A pan" in ${id}`, 'admin');
    await fixture().bot.slack.alterChannel(id, { hasBot: true });
    expect(await saysRaw(fixture(), 'olivia', `start "A pan" in ${id}`, 'admin')).toContain('The draw is open');
    await postedIn(fixture(), id, 'A pan');
  });

  it('is started in a private channel with the bot in it', async () => {
    const id = await fixture().bot.slack.addChannel('private-club', { isPrivate: true });
    expect(await saysRaw(fixture(), 'olivia', `start "A wok" in <#${id}>`, 'admin')).toContain('The draw is open');
    await postedIn(fixture(), id, 'A wok');
  });

  it('is started from the dialog in the home channel, which is filled in, or in any other', async () => {
    const { announce } = fixture().bot.slack.channels;
    const chess = await channel(fixture(), 'chess');
    const view = await startDialog();
    expect(JSON.stringify(view)).toContain(`"initial_conversation":"${announce}"`);
    const home = await fixture()
      .member('olivia')
      .submit(view, { [PRIZES]: 'A fork' });
    expect(readText(home.body)).toContain('The draw is open');
    const away = await fixture()
      .member('olivia')
      .submit(await startDialog(), { [PRIZES]: 'A knight', [ANNOUNCE_IN]: chess });
    expect(readText(away.body)).toContain('The draw is open');
    expect(await fixture().redis.smembers('prizedraw:prizes')).toEqual(['A fork']);
    expect(await fixture().redis.smembers(`prizedraw:${chess}:prizes`)).toEqual(['A knight']);
    // What is wrong with the prizes is said at their field, and not at the channel's.
    const again = await fixture()
      .member('olivia')
      .submit(await startDialog(), { [PRIZES]: 'A rook', [ANNOUNCE_IN]: chess });
    expect(again.body).toMatchObject({ errors: { prizedraw_prizes: expect.stringContaining('already open') } });
  });
});
