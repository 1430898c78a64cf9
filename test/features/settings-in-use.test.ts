import { describe, expect, it, onTestFinished } from 'vitest';
import { adoptSettings, commonSettings } from '../../src/announcements/settings.ts';
import { keysUnder } from '../../src/draw/keys.ts';
import { type RunningBot, runBot, startBotFixture, until } from '../support/fixtures/bot.ts';
import { readText, shownOf } from '../support/fixtures/features.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';
import { person } from '../support/workspace/people.ts';

const skipped = !redisInstalled();
const OUT = 'This copy of the bot is out of service';

describe.skipIf(skipped)(
  `two bots on one prefix${skipped ? ' (skipped: redis-server is not installed here)' : ''}`,
  () => {
    it('with other channels: the second announces nothing, changes nothing, and says so, until its settings are those in use', async () => {
      const server = await startRedis();
      onTestFinished(() => server.close());
      const fixture = await startBotFixture({ redisUrl: server.url });
      onTestFinished(() => fixture.close());
      const { slack, github } = fixture;
      const says = async (bot: RunningBot, name: string, text: string, channel: string): Promise<string> =>
        readText(await shownOf(await person(slack, bot.transport, name).command(text, { channel })));
      await until(async () => ((await fetch(`${fixture.url}/readyz`)).status === 200 ? true : undefined));
      expect(await says(fixture, 'olivia', 'start "A kite"', 'admin')).toContain('is open');
      await fixture.announced('A kite');

      const elsewhere = await slack.addChannel('staging');
      const copy = await runBot({ slack, github, redisUrl: server.url, config: { announceChannel: elsewhere } });
      onTestFinished(() => copy.stop());
      const saysSo = (bot: RunningBot) =>
        until(() => bot.log.find((line) => line.includes('is out of service')), { what: 'the log to say so' });
      await saysSo(copy);
      const ready = await fetch(`${copy.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.text()).toContain(`PRIZEDRAW_ANNOUNCE_CHANNEL is ${elsewhere} here`);
      expect(await says(copy, 'olivia', 'admin', 'admin')).toMatch(/out of service[\s\S]*npm run use-settings/);
      for (const text of ['status', 'enter ada', 'winners'])
        expect(await says(copy, 'ada', text, 'random')).toContain(OUT);
      for (const text of ['start "B"', 'close', 'pick'])
        expect(await says(copy, 'olivia', text, 'admin')).toContain(OUT);
      // In the organisers' channel of the others, too.
      const moved = await runBot({ slack, github, redisUrl: server.url, config: { adminChannel: elsewhere } });
      onTestFinished(() => moved.stop());
      await saysSo(moved);
      for (const text of ['start "B"', 'admin']) expect(await says(moved, 'olivia', text, 'admin')).toContain(OUT);
      expect(await says(copy, 'ada', 'help', 'random')).toContain('/prizedraw enter');
      // The first goes on.
      expect(await says(fixture, 'ada', 'enter ada', 'random')).toContain('You are in the draw');
      expect(await says(fixture, 'olivia', 'pick', 'admin')).toContain('Picked 1 winner');
      await fixture.announced('And the winners are');
      expect(await slack.messages(elsewhere)).toEqual([]);
      expect((await fixture.announcements()).length).toBe(2);
      expect((await fetch(`${fixture.url}/readyz`)).status).toBe(200);

      const common = commonSettings({ announceChannel: elsewhere, adminChannel: slack.channels.admin });
      const redis = server.client();
      const changed = await adoptSettings(redis, keysUnder('prizedraw', elsewhere), common);
      expect(changed).toEqual([
        { setting: 'PRIZEDRAW_ANNOUNCE_CHANNEL', mine: elsewhere, inUse: slack.channels.announce },
      ]);
      await until(async () => ((await fetch(`${copy.url}/readyz`)).status === 200 ? true : undefined));
      await until(async () => ((await fetch(`${fixture.url}/readyz`)).status === 503 ? true : undefined));
      expect(await says(copy, 'olivia', 'start "A drum"', 'admin')).toContain('is open');
      await until(async () =>
        (await slack.messages(elsewhere)).find((message) => readText(message).includes('A drum')),
      );
      expect(await says(fixture, 'ada', 'enter ada', 'random')).toContain(OUT);
      expect((await fixture.announcements()).length).toBe(2);
    }, 60_000);
  },
);
