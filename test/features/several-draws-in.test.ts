import { describe, expect, it } from 'vitest';
import { readText, withBot } from '../support/fixtures/features.ts';
import { channel, saysRaw, shutDialogs } from '../support/fixtures/several-draws.ts';

/** How a channel can be named, at the very end. */
const FORMS: readonly [what: string, (id: string) => string][] = [
  ['<#C…|name>', (id) => `in <#${id}|chess>`],
  ['<#C…>', (id) => `in <#${id}>`],
  ['a bare ID', (id) => `in ${id}`],
];

/** Every command that is about a draw, with something before the channel where it takes that. */
const FOR_ALL = ['', 'status', 'enter', 'enter octocat', 'prizes', 'winners', 'verify', 'verify ada', 'proof'];
const FOR_ORGANISERS = ['start', 'start "A pan"', 'start "A pan" for 30m', 'close', 'pick', 'entrants', 'admin'];

withBot('a channel that is named at the end', (fixture) => {
  const anyone = (text: string) => saysRaw(fixture(), 'grace', text);
  const olivia = (text: string) => saysRaw(fixture(), 'olivia', text, 'admin');

  it.each(FORMS)(
    'says which draw is meant, for every command: %s',
    async (_what, named) => {
      const there = await channel(fixture(), 'chess');
      const chess = named(there);
      await fixture().says('olivia', 'start "A fork"', 'admin');
      await fixture().says('linus', 'enter linus in #general');
      expect(await olivia(`start "A knight" ${chess}`)).toContain(`The draw in <#${there}>`);
      await fixture().says('ada', 'enter ada in #chess');
      const home = async () => [
        await fixture().redis.get('prizedraw:is_open'),
        await fixture().redis.smembers('prizedraw:entrants'),
      ];

      for (const text of ['', 'status', 'prizes']) {
        const said = await anyone(`${text} ${chess}`);
        expect(said).toContain('A knight');
        expect(said).toContain(`The draw in <#${there}>`);
        expect(said).not.toContain('A fork');
      }
      expect(await anyone(`enter grace ${chess}`)).toContain('You are in the draw');
      await fixture().member('dennis').command(`enter ${chess}`, { escape: false });
      const ack = await fixture()
        .member('dennis')
        .submit(await fixture().dialog('dennis'), { 'Your GitHub ID': 'dennis' });
      expect(readText(ack.body)).toContain('You are in the draw');
      expect(await olivia(`entrants ${chess}`)).toMatch(/ada[\s\S]*dennis[\s\S]*grace/);
      const panel = await olivia(`admin ${chess}`);
      expect(panel).toContain('A knight');
      expect(panel).not.toContain('A fork');
      expect(await olivia(`close ${chess}`)).toContain('3 people have entered');
      expect(await olivia(`pick ${chess}`)).toContain('Picked 1 winner from 3 entrants');
      expect(await anyone(`winners ${chess}`)).toContain('A knight');
      expect(await anyone(`verify ${chess}`)).toContain('grace was in the draw.');
      expect(await anyone(`verify ada ${chess}`)).toContain('ada was in the draw.');
      expect(await anyone(`proof ${chess}`)).toContain('A knight');
      expect(await home()).toEqual(['true', ['linus']]);
    },
    30_000,
  );

  it.each(FORMS)('may stand before and after “for”, when a draw is started: %s', async (_what, named) => {
    const there = await channel(fixture(), 'chess');
    for (const [text, ttl] of [
      [`"A knight" ${named(there)}`, -1],
      [`"A knight" for 30m ${named(there)}`, 1800],
      [`"A knight" "A rook in ${there}" ${named(there)} for 30m`, 1800],
    ] as const) {
      await fixture().redis.flushall();
      expect(await olivia(`start ${text}`)).toContain('The draw is open');
      const left = await fixture().redis.ttl(`prizedraw:${there}:is_open`);
      expect(Math.abs(left - ttl)).toBeLessThan(5);
      expect(await fixture().redis.exists('prizedraw:is_open')).toBe(0);
    }
    expect(await fixture().redis.smembers(`prizedraw:${there}:prizes`)).toContain(`A rook in ${there}`);
  });

  it('is filled in in the dialog, when there are no prizes yet', async () => {
    const chess = await channel(fixture(), 'chess');
    await fixture().member('olivia').command('start in #chess', { channel: 'admin' });
    const view = await fixture().dialog('olivia');
    expect(JSON.stringify(view)).toContain(`"initial_conversation":"${chess}"`);
    await fixture().member('olivia').submit(view, { 'Prizes, one a line': 'A knight' });
    expect(await fixture().redis.smembers(`prizedraw:${chess}:prizes`)).toEqual(['A knight']);
  });

  describe.each([
    ['by a name that Slack made no channel of', 'in #nowhere', 'Slack did not say which channel “#nowhere” is'],
    ['twice', 'in C0CHESS1 in <#C0MUSIC2|music>', /Two channels are named there|“in” stands there twice/],
  ])('%s', (_what, named, said) => {
    it('is answered with how to write it, and nothing is done', async () => {
      await fixture().says('olivia', 'start "A fork"', 'admin');
      await fixture().says('ada', 'enter ada');
      const before = await fixture().keys();
      for (const text of FOR_ALL) expect(await anyone(`${text} ${named}`), text).toMatch(said);
      for (const text of FOR_ORGANISERS) expect(await olivia(`${text} ${named}`), text).toMatch(said);
      expect(await fixture().keys()).toEqual(before);
      expect(fixture().bot.slack.openViews()).toEqual([]);
    });
  });

  it.each([
    ['"A pan" in C0CHESS1 in C0CHESS1', '“in” stands there twice, so no draw was started'],
    ['"A pan" in C0CHESS1 for 30m in C0MUSIC2', '“in” stands there twice, so no draw was started'],
    ['"A pan" for 30m for 1h', '“for” stands there twice, so no draw was started'],
    ['"A pan" for 30m in C0CHESS1 for 30m', '“for” stands there twice, so no draw was started'],
    ['A pan in C0CHESS1', '“A pan in C0CHESS1” stands outside of the quotes'],
    ['"A pan" in #nowhere for 30m', 'Slack did not say which channel “#nowhere” is'],
  ])('starts nothing for %s', async (text, said) => {
    expect(await olivia(`start ${text}`)).toContain(said);
    expect(await fixture().keys()).toEqual({});
  });

  it('is no channel within a prize, a GitHub ID or a word', async () => {
    expect(await olivia('start "A pan in C0123456789"')).toContain('The draw is open');
    expect(await fixture().redis.smembers('prizedraw:prizes')).toEqual(['A pan in C0123456789']);
    shutDialogs(fixture());
    expect(await anyone('enter in CHESS')).toContain('not a possible GitHub ID');
    expect(await anyone('enter begin')).toContain('GitHub knows no such user');
  });
});
