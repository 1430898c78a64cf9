import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { type ProcessFixture, type Running, says, startProcessFixture } from '../support/process/fixture.ts';
import { type BuiltCopy, copyBuilt, makeNewer, NEWER } from '../support/process/newer.ts';
import { redisInstalled } from '../support/redis.ts';
import type { ChannelMessage } from '../support/workspace/messages.ts';
import { visibleText } from '../support/workspace/read.ts';

const skipped = !redisInstalled();
const SOON = { patience: 30_000 };

describe.skipIf(skipped)(
  `versions side by side${skipped ? ' (skipped: redis-server is not installed here)' : ''}`,
  () => {
    let at: ProcessFixture;
    const copies: BuiltCopy[] = [];
    const running: Running[] = [];

    beforeAll(async () => {
      at = await startProcessFixture();
    }, 90_000);
    beforeEach(() => at.server.client().flushdb());
    afterEach(async () => {
      await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
      for (const copy of copies.splice(0)) copy.remove();
    });
    afterAll(() => at?.close());

    const copied = (copy: BuiltCopy): BuiltCopy => {
      copies.push(copy);
      return copy;
    };
    const started = async (main?: string): Promise<Running> => {
      const one = await at.started({}, 200, main);
      running.push(one);
      return one;
    };
    const posted = async (prize: string): Promise<ChannelMessage[]> =>
      (await at.slack.messages(at.slack.channels.announce)).filter((message) => visibleText(message).includes(prize));
    const announced = (prize: string, words: string): Promise<ChannelMessage> =>
      until(async () => (await posted(prize)).find((message) => visibleText(message).includes(words)), {
        ...SOON,
        what: `an announcement of ${prize} that says “${words}”`,
      });
    const drawKey = async (): Promise<string> =>
      `prizedraw:slack:draw:${(await at.server.client().hvals('prizedraw:slack:draws'))[0]?.split(' ')[0]}`;

    it('run one draw, announced once, through restarts of both, and keep what each other has written', async () => {
      const redis = at.server.client();
      const newer = copied(makeNewer());
      const first = await started(newer.main);
      expect(await says(first.member('olivia'), 'start "A sextant"', 'admin')).toContain('The draw is open');
      const { ts } = await announced('A sextant', 'Nobody has entered yet');
      const draw = await drawKey();
      const kept = (): Promise<unknown> =>
        redis.hget(`${draw}:messages`, 'draw').then((json) => JSON.parse(json ?? '0'));
      expect(await kept()).toMatchObject({ [NEWER.field]: NEWER.value });
      expect(await redis.hget(draw, NEWER.field)).toBe(NEWER.value);

      // This version alone: it goes on with the same message, and keeps what it does not know.
      const old = await started();
      expect(await says(old.member('ada'), 'enter ada')).toContain('You are in the draw');
      expect((await first.end()).status).toBe(0);
      expect((await announced('A sextant', '1 person has entered')).ts).toBe(ts);
      expect(await says(old.member('grace'), 'enter grace')).toContain('You are in the draw');
      expect((await announced('A sextant', '2 people have entered')).ts).toBe(ts);
      expect(await kept()).toMatchObject({ ts, [NEWER.field]: NEWER.value });
      expect(await redis.hget(`${draw}:messages`, NEWER.part)).toBe(NEWER.partJson);

      // Side by side, each of them killed once and started again.
      const second = await started(newer.main);
      await old.end('SIGKILL');
      expect(await says(second.member('olivia'), 'close', 'admin')).toContain('2 people have entered');
      const again = await started();
      await second.end('SIGKILL');
      expect(await says(again.member('linus'), 'enter linus')).toContain('closed');
      await started(newer.main);
      expect(await says(again.member('olivia'), 'pick', 'admin')).toContain('Picked 1 winner');
      await announced('A sextant', 'And the winners are');
      expect((await announced('A sextant', 'is closed')).ts).toBe(ts);
      expect(await says(again.member('ada'), 'winners')).toContain('A sextant');
      expect(await redis.hget(draw, NEWER.field)).toBe(NEWER.value);
      expect(await redis.hget(`${draw}:messages`, NEWER.part)).toBe(NEWER.partJson);
      expect(await posted('A sextant')).toHaveLength(2);
      for (const { program } of running) expect(program.stdout()).not.toMatch(/"level":"error"/);
    }, 180_000);

    it('cannot be made where the built bot has changed', () => {
      expect(() => makeNewer([['main.js', 'what is not there', '']])).toThrow(/cannot be made: dist\/main\.js/);
    });

    it('a bot that runs is not changed by what becomes of its files', async () => {
      const copy = copied(copyBuilt());
      const bot = await started(copy.main);
      // As a build of another version would, or a folder that is taken away.
      const files = readdirSync(copy.dist, { recursive: true, encoding: 'utf8' });
      expect(files.filter((name) => name.endsWith('.lua')).length).toBeGreaterThan(15);
      for (const name of files.filter((each) => each.endsWith('.lua'))) {
        writeFileSync(join(copy.dist, name), "return redis.error_reply('of another version')");
      }
      for (const name of files.filter((each) => each.endsWith('.js'))) rmSync(join(copy.dist, name));
      // Redis may forget the scripts, too.
      await at.server.client().script('FLUSH');
      expect(await says(bot.member('olivia'), 'start "An astrolabe" for 30m', 'admin')).toContain('The draw is open');
      expect(await says(bot.member('ada'), 'enter ada')).toContain('You are in the draw');
      await announced('An astrolabe', '1 person has entered');
      expect(await says(bot.member('olivia'), 'close', 'admin')).toContain('1 person has entered');
      expect(await says(bot.member('olivia'), 'entrants', 'admin')).toContain('ada');
      expect(await says(bot.member('olivia'), 'pick', 'admin')).toContain('Picked 1 winner');
      await announced('An astrolabe', 'And the winners are');
      expect(await says(bot.member('ada'), 'verify')).toContain('follow from the record');
      expect(bot.program.stdout()).not.toMatch(/"level":"error"/);
      expect((await bot.end()).status).toBe(0);
    }, 120_000);
  },
);
