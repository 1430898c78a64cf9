import { expect, it } from 'vitest';
import { runBot, until } from '../support/fixtures/bot.ts';
import { withBot } from '../support/fixtures/features.ts';

withBot('a machine whose clock is an hour behind Slack’s', (fixture) => {
  it('is told so in /readyz', async () => {
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
          return text.includes('60 minutes behind Slack') ? { status: answer.status, text } : undefined;
        },
        { what: '/readyz to say that the clock is wrong' },
      );
      expect(said.text).toContain('have it set by NTP');
    } finally {
      heal();
      await other.stop();
    }
  });
});
