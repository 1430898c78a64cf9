import { describe, expect, it } from 'vitest';
import { CLOSED, DRAWING, OPEN, WINNERS } from '../support/fixtures/release-1.0/kinds.ts';
import { loadRelease, type Situation } from '../support/fixtures/release-1.0/load.ts';
import { type Upgraded, upgrade } from '../support/fixtures/release-1.0/upgrade.ts';
import { redisInstalled } from '../support/redis.ts';
import { makeChain, startBeacon } from '../support/stand-ins/drand-chain.ts';
import { freePort } from '../support/workspace/loopback.ts';

const chain = makeChain();
const BEACON_AWAY = { config: { randomness: 'drand' }, drandChain: chain.info } as const;

/** Checks the announced winners of a draw with three entrants and three prizes. */
async function expectWinners({ texts, slack }: Upgraded): Promise<void> {
  const winners = (await texts()).at(-1) ?? '';
  for (const prize of ['A hardback book', 'A mechanical keyboard', 'A mug']) expect(winners).toContain(prize);
  for (const login of ['ada', 'linus', 'octocat']) expect(winners).toContain(`github.com/${login}|`);
  for (const name of ['ada', 'grace']) expect(winners).toContain(`<@${slack.users[name]}>`);
}

/** The digest of the proof that release 1 left. */
function recordedDigest(name: Situation): string {
  const key = loadRelease(name).redis.find(({ key }) => key === 'prizedraw:slack:proof');
  return /"digest":"([0-9a-f]{64})"/.exec(key?.type === 'string' ? key.value : '')?.[1] ?? 'none';
}

describe.skipIf(!redisInstalled())('a pick that release 1.0 had begun', { timeout: 90_000 }, () => {
  it('is carried out with the round that it had announced', async () => {
    const port = await freePort();
    const beacon = await startBeacon(chain, 'honest', port);
    const config = { randomness: 'drand', drandUrls: [`http://127.0.0.1:${port}`] } as const;
    try {
      await upgrade(
        'committed',
        async (there) => {
          await there.takenOver(0);
          expect(await there.says('olivia', 'admin')).toContain('The winners are being picked');
          await there.announced(WINNERS, 30_000);
          await there.shows(CLOSED, DRAWING, WINNERS);
          expect(await there.announced('The winners are out')).toBe(there.places[0]);
          const [, drawing = '', winners = ''] = await there.texts();
          const round = /drand round \d+/.exec(drawing)?.[0] ?? 'none';
          expect(winners).toContain(round);
          expect(winners).not.toContain('beforehand');
          await expectWinners(there);
          const said = await there.says('ada', 'verify');
          expect(said).toContain('The pick was right.');
          expect(said).toContain(`drand signed ${round.replace('drand ', '')}`);
          await there.shows(CLOSED, DRAWING, WINNERS);
        },
        { config, drandChain: chain.info },
      );
    } finally {
      await beacon.close();
    }
  });

  it('is carried out with a local seed where the beacon does not answer', () =>
    upgrade(
      'committed',
      async (there) => {
        await there.takenOver(0);
        await there.announced(WINNERS, 60_000);
        await there.shows(CLOSED, DRAWING, WINNERS);
        expect(await there.announced('The winners are out')).toBe(there.places[0]);
        expect(await there.announced(DRAWING)).toBe(there.places[1]);
        expect((await there.texts())[2]).toContain('did not give its round in time');
        await expectWinners(there);
        await there.shows(CLOSED, DRAWING, WINNERS);
      },
      BEACON_AWAY,
    ));

  it('is carried out if Slack had not taken a word of it', () =>
    upgrade(
      'committed-unposted',
      async (there) => {
        await there.takenOver(0);
        expect(await there.announced('The winners will be announced here')).toBe(there.places[0]);
        await there.announced(WINNERS, 60_000);
        await there.shows(CLOSED, DRAWING, WINNERS);
        expect(await there.announced('The winners are out')).toBe(there.places[0]);
        await expectWinners(there);
        await there.shows(CLOSED, DRAWING, WINNERS);
      },
      BEACON_AWAY,
    ));
});

describe.skipIf(!redisInstalled())('winners whom release 1.0 picked', { timeout: 60_000 }, () => {
  it('stay announced as they are, and can be checked as before', () =>
    upgrade('won', async (there) => {
      await there.takenOver(1);
      const { messages, says } = there;
      const winners = await says('grace', 'winners');
      for (const part of ['You won', 'Margaret Hamilton', 'Ada Lovelace', 'The Octocat'])
        expect(winners).toContain(part);
      const verdict = await says('linus', 'verify linus');
      expect(verdict).toContain('The winners follow from the record');
      expect(verdict).not.toContain('Other winners are out');
      expect(verdict).toMatch(/linus was in the draw\. Its ticket ranked 4 of 4/);
      expect(await says('ada', 'proof')).toContain(recordedDigest('won'));
      expect(await there.announcements()).toEqual(messages);

      await says('olivia', 'start "A lamp"');
      await there.shows(CLOSED, WINNERS, OPEN);
      expect(await says('ada', 'status')).toContain('You have not entered here yet');
      expect(await says('ada', 'verify')).toContain('The winners follow from the record');
      expect((await there.announcements()).slice(0, 2)).toEqual(messages);
    }));

  it('are announced, once, if Slack had not taken them', () =>
    upgrade('won-unannounced', async (there) => {
      await there.takenOver(1);
      await there.shows(CLOSED, WINNERS);
      expect(await there.announced('The winners are out')).toBe(there.places[0]);
      await expectWinners(there);
      expect((await there.texts())[1]).toContain('Drawn from 3 entrants');
      expect(await there.says('ada', 'winners')).toContain('You won');
      expect(await there.says('ada', 'verify')).toContain('The winners follow from the record');
      await there.says('olivia', 'start "A lamp"');
      await there.shows(CLOSED, WINNERS, OPEN);
    }));

  it('stay as they are beside those of a draw before', () =>
    upgrade('won-old-winners', async (there) => {
      await there.takenOver(1);
      const winners = await there.says('ada', 'winners');
      for (const part of ['A drum', 'A kite']) expect(winners).toContain(part);
      const verdict = await there.says('ada', 'verify ken');
      expect(verdict).toContain('The winners follow from the record');
      expect(verdict).not.toContain('Other winners are out');
      expect(await there.says('ada', 'proof')).toContain(recordedDigest('won-old-winners'));
      expect(await there.announcements()).toEqual(there.messages);
      await there.says('olivia', 'start "A lamp"');
      await there.shows(CLOSED, WINNERS, CLOSED, WINNERS, OPEN);
    }));
});
