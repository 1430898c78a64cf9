import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDrand } from '../../src/drand/index.ts';
import { check } from '../../src/draw/fair/check.ts';
import { listInProcess } from '../../src/draw/fair/entrant-list.ts';
import { parseFile } from '../../src/draw/fair/file.ts';
import { createLog } from '../../src/log.ts';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import { savedProof } from '../support/fixtures/saved-proof.ts';
import { makeChain, startBeacon, type TestBeacon } from '../support/stand-ins/drand-chain.ts';
import { freePort } from '../support/workspace/loopback.ts';
import { buttons } from '../support/workspace/read.ts';

const chain = makeChain();
const port = await freePort();
const verifier = createDrand({ urls: [], log: createLog('silent', []), chain: chain.info });

async function isRight(text: string): Promise<boolean> {
  const file = parseFile(text);
  if ('problem' in file) throw new Error(file.problem);
  return (await check(file.proof, listInProcess(file.entrants), verifier, [])).verdict !== 'wrong';
}

/** Which messages of the latest draw have been posted, and are not being posted once more. */
async function delivered({ redis }: Fixture): Promise<readonly string[]> {
  const [entry = ''] = await redis.hvals('prizedraw:slack:draws');
  const { sweep: _, ...messages } = await redis.hgetall(`prizedraw:slack:draw:${entry.split(' ')[0]}:messages`);
  const isThere = (json: string): boolean => !('pendingSince' in JSON.parse(json));
  return Object.keys(messages)
    .filter((part) => isThere(messages[part] ?? '{}'))
    .toSorted();
}

async function drawn(fixture: Fixture): Promise<void> {
  await fixture.says('olivia', 'start "A mug" "A book"', 'admin');
  for (const name of ['ada', 'grace', 'linus', 'dennis']) await fixture.says(name, `enter ${name}`);
  await fixture.says('olivia', 'pick', 'admin');
}

withBot(
  'a pick with drand',
  (fixture) => {
    let beacon: TestBeacon | undefined;
    beforeAll(async () => {
      beacon = await startBeacon(chain, 'honest', port);
    });
    afterAll(() => beacon?.close());

    it('is fixed in the channel before its round exists, and can be checked by anyone', async () => {
      await fixture().says('olivia', 'start "A mug" "A book"', 'admin');
      for (const name of ['ada', 'grace', 'linus', 'dennis']) await fixture().says(name, `enter ${name}`);
      expect(await fixture().says('olivia', 'pick', 'admin')).toMatch(/Drawing from 4 entrants with .*drand round \d+/);
      const panel = await fixture().type('olivia', 'admin', 'admin');
      expect(readText(panel)).toContain('The winners are being picked.');
      expect(buttons(panel)).toEqual([]);
      const drawing = await fixture().announced('Drawing from 4 entrants for 2 prizes with');
      const round = Number(/drand round (\d+)/.exec(readText(drawing))?.[1]);
      expect(Number(drawing.ts) * 1000).toBeLessThan(verifier.timeOf(round));
      const winners = readText(await fixture().announced('And the winners are', 20_000));
      expect(winners).toContain(`Drawn from 4 entrants with <https://api.drand.sh/`);
      expect(winners).toContain(`drand round ${round}>`);
      expect(winners).toContain('/prizedraw verify');
      expect(winners).not.toContain('beforehand');
      // The opening is marked closed all the same.
      await fixture().announced('This draw is closed. The winners are out.');

      const said = await fixture().says('grace', 'verify');
      expect(said).toContain('The pick was right.');
      for (const step of [`drand signed round ${round}`, 'did not exist yet', '4 entrants', '2 prizes', 'wins A mug'])
        expect(said).toContain(step);
      expect(said.match(/✅/g)?.length).toBeGreaterThan(8);
      expect(said).not.toContain('❌');
      expect(said).toMatch(/grace was in the draw\. Its ticket ranked [1-4] of 4/);
      expect(await fixture().says('margaret', 'verify')).toContain('You did not enter this draw through Slack');
      expect(await fixture().says('margaret', 'verify ken')).toContain('ken was not in the draw.');
      expect(await fixture().says('margaret', 'verify <script>')).toContain('not a possible GitHub ID');

      const text = await savedProof(fixture());
      expect(await isRight(text)).toBe(true);
      expect(await isRight(`${text}\nzoe`)).toBe(false);
      const file = parseFile(text);
      expect('proof' in file && file.proof).toMatchObject({
        source: 'drand',
        seededBy: 'drand',
        round,
        pickedBy: fixture().bot.slack.users['olivia'],
      });
    }, 60_000);

    it('does not have the opening posted again whose answer was lost right before', async () => {
      fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'lose_answer' }, 1);
      await fixture().says('olivia', 'start "A lost mug"', 'admin');
      await fixture().says('ada', 'enter ada');
      await fixture().says('olivia', 'pick', 'admin');
      await expect.poll(() => fixture().redis.exists('prizedraw:winners'), { timeout: 30_000 }).toBe(1);
      const both = expect.arrayContaining(['draw', 'winners 1']);
      await expect.poll(() => delivered(fixture()), { timeout: 10_000 }).toEqual(both);
      const texts = (await fixture().announcements()).map(readText).filter((text) => text.includes('A lost mug'));
      expect(texts.map((text) => /Prize draw: closed|And the winners are/.exec(text)?.[0])).toEqual([
        'Prize draw: closed',
        'And the winners are',
      ]);
    }, 60_000);

    it('says so with the winners when Slack did not take the numbers before the round was out', async () => {
      await fixture().says('olivia', 'start "A late mug"', 'admin');
      await fixture().says('ada', 'enter ada');
      await fixture().announced('A late mug');
      const heal = fixture().bot.slack.proxy.fault((path) => path.includes('chat.'), { kind: 'status', status: 500 });
      await fixture().says('olivia', 'pick', 'admin');
      await expect.poll(() => fixture().redis.exists('prizedraw:winners'), { timeout: 30_000 }).toBe(1);
      heal();
      await fixture().says('olivia', 'admin', 'admin');
      const winners = await fixture().announced('nobody could see them beforehand', 30_000);
      expect(readText(winners)).toContain('A late mug');
    }, 90_000);

    it('keeps its record until the next pick, and does not mistake another program’s winners for its own', async () => {
      await drawn(fixture());
      await expect.poll(() => fixture().redis.exists('prizedraw:winners'), { timeout: 15_000 }).toBe(1);
      await fixture().says('olivia', 'start "A pen"', 'admin');
      expect(await fixture().says('ada', 'verify')).toContain('The pick was right.');
      expect(await fixture().says('ada', 'proof')).toContain('A mug');
      await fixture().redis.flushall();
      await fixture().write({ wins: [{ prize: 'A mug', login: 'ken' }] });
      expect(await fixture().says('ada', 'verify')).toMatch(/[Tt]here is no record of/);
      expect(await fixture().says('ada', 'proof')).toMatch(/[Tt]here is no record of/);
    }, 60_000);
  },
  { config: { randomness: 'drand', drandUrls: [`http://127.0.0.1:${port}`] }, drandChain: chain.info },
);

withBot(
  'a pick when no beacon answers',
  (fixture) => {
    it('is done all the same, and says plainly that its seed is local', async () => {
      await drawn(fixture());
      await fixture().announced('Drawing from 4 entrants');
      const winners = readText(await fixture().announced('And the winners are', 40_000));
      expect(winners).toContain(
        'The randomness beacon drand did not give its round in time, so the seed of this draw is local',
      );
      const said = await fixture().says('ada', 'verify');
      expect(said).toContain('⚠️ *The winners follow from the record*, but its seed is the bot’s own');
      expect(said).toContain('⚠️ the seed is the bot’s own: nobody can check that it was not chosen');
      expect(await isRight(await savedProof(fixture()))).toBe(true);
    }, 60_000);
  },
  { config: { randomness: 'drand', drandUrls: ['http://127.0.0.1:9'] }, drandChain: chain.info },
);

withBot('a pick with a local seed', (fixture) => {
  it('says so, posts nothing beforehand, and can be checked but for its seed', async () => {
    await drawn(fixture());
    const winners = readText(await fixture().announced('And the winners are'));
    expect(winners).toContain('Drawn from 4 entrants. The seed of this draw is local: the bot made it itself.');
    expect((await fixture().announcements()).map(readText).join()).not.toContain('Drawing from');
    expect(await fixture().says('ada', 'verify')).toContain('⚠️ *The winners follow from the record*');
    const text = await savedProof(fixture());
    expect(await isRight(text)).toBe(true);
    expect(await isRight(text.replace(/\n[a-z]+$/, ''))).toBe(false);
  }, 30_000);

  it('is in several messages when it is long, and named as a file when it is too long', async () => {
    const entrants = Array.from({ length: 1_500 }, (_, index) => `member-number-${index + 1}`);
    await fixture().write({ open: true, prizes: ['A mug'], entrants });
    await fixture().says('olivia', 'pick', 'admin');
    expect(await isRight(await savedProof(fixture()))).toBe(true);
    await fixture().redis.flushall();
    const many = Array.from({ length: 5_000 }, (_, index) => `member-number-${index + 1}`);
    await fixture().write({ open: true, prizes: ['A mug'], entrants: many });
    await fixture().says('olivia', 'pick', 'admin');
    expect(await fixture().says('ada', 'proof')).toContain('node dist/cli/export-proof.js > proof.txt');
    expect(await fixture().says('ada', 'verify member-number-7')).toMatch(/ranked [\d,]+ of 5,000/);
  }, 40_000);

  it('warns when somebody changed the winners afterwards', async () => {
    await drawn(fixture());
    await fixture().announced('And the winners are');
    await fixture().redis.hset('prizedraw:winners', 'A mug', 'ken');
    const said = await fixture().says('ada', 'verify');
    expect(said).toContain('⚠️ *Other winners are out than those of this record.*');
  }, 30_000);

  it('is still right once another program has started the next draw', async () => {
    await drawn(fixture());
    await drawn(fixture());
    await fixture().redis.del('prizedraw:winners', 'prizedraw:winners_json', 'prizedraw:prizes');
    await fixture().write({ open: true, prizes: ['A lamp'] });
    expect(await fixture().says('ada', 'verify')).toContain('The winners follow from the record');
    await fixture().redis.del('prizedraw:is_open', 'prizedraw:prizes');
    await fixture().write({ wins: [{ prize: 'A lamp', login: 'ken' }] });
    expect(await fixture().says('ada', 'verify')).toMatch(/Another program (picked the last winners|has picked since)/);
  }, 30_000);
});

withBot(
  'a pick by SPOP',
  (fixture) => {
    it('is done in one step, and says that nobody can check it', async () => {
      await drawn(fixture());
      const winners = readText(await fixture().announced('And the winners are'));
      expect(winners).toContain('Drawn from 4 entrants by Redis’s SPOP, which nobody can check.');
      expect(await fixture().says('ada', 'verify')).toContain('nobody can check that');
      expect(await fixture().says('ada', 'proof')).toContain('nobody can check that');
      expect(await fixture().redis.hlen('prizedraw:winners')).toBe(2);
      expect(await fixture().redis.exists('prizedraw:entrants', 'prizedraw:is_open')).toBe(0);
    }, 30_000);
  },
  { config: { randomness: 'spop' } },
);
