import { expect, it } from 'vitest';
import { runBot, until } from '../support/fixtures/bot.ts';
import { withBot } from '../support/fixtures/features.ts';

withBot('a bot that starts', (fixture) => {
  it('says in /readyz that the machine’s clock is an hour behind Slack’s', async () => {
    const { bot, server } = fixture();
    const headers = { date: new Date(Date.now() + 3_600_000).toUTCString() };
    const body = { ok: true, user: 'prizedraw', team: 'Team' };
    const heal = bot.slack.proxy.fault(() => true, {
      kind: 'status',
      status: 200,
      headers,
      body,
    });
    const other = await runBot({ slack: bot.slack, github: bot.github, redisUrl: server.url });
    try {
      const said = await until(
        async () => {
          const answer = await fetch(`${other.url}/readyz`);
          const text = await answer.text();
          return text.includes('60 minutes behind Slack') ? text : undefined;
        },
        { what: '/readyz to say that the clock is wrong' },
      );
      expect(said).toContain('have it set by NTP');
    } finally {
      heal();
      await other.stop();
    }
  });

  it.each([{ isReadOnly: true }, { isThreadOnly: true }])(
    'warns of a channel in which it may not post: %j',
    async (how) => {
      const { bot, server } = fixture();
      const { announce } = bot.slack.channels;
      await bot.slack.alterChannel(announce, how);
      const other = await runBot({ slack: bot.slack, github: bot.github, redisUrl: server.url });
      try {
        const warning = `The bot may not post in the channel ${announce}. Let it post there: the channel’s settings, Posting permissions.`;
        const said = () => other.log.find((line) => line.includes(warning));
        expect(JSON.parse(await until(said, { what: 'the warning' }))).toMatchObject({ level: 'warn' });
      } finally {
        await bot.slack.alterChannel(announce, { isReadOnly: false, isThreadOnly: false });
        await other.stop();
      }
    },
  );
});
