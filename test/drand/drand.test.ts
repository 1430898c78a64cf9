import { afterEach, describe, expect, it } from 'vitest';
import { createDrand } from '../../src/drand/index.ts';
import { QUICKNET } from '../../src/drand/quicknet.ts';
import { isSigned } from '../../src/drand/verify.ts';
import { createLog } from '../../src/log.ts';
import { type Conduct, makeChain, startBeacon, type TestBeacon } from '../support/stand-ins/drand-chain.ts';

/** A round of quicknet as drand published it. */
const PUBLISHED = {
  round: 1000,
  signature: 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
  randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
};

/** A round of another chain of the same kind, from the test data of drand's own client. */
const OTHER = {
  chain: {
    ...QUICKNET,
    hash: 'af8b6fc95693b058a3a59efe586eb31c2c352fe00cf40c62a427d87c34f7a235',
    public_key:
      '81d320f220ee9c79e60e19dedc838c31e3ab919b15481e9feb52f643628c4f6a13fdc52129493875a818109d767272ca0541cbcdcea9335f2870d781b39b845ba8cbd44fdfe4967781cf72ca5917fc9398bcf97ca0548ed5a709016c4b1ff0f3',
  },
  round: {
    round: 38,
    signature: '95c93585c513ebbcb4777ff15599b3140e5ec0295faa0e483f3deadd88fa6d43f0d3703e3a4ce106e8fd6c6987f32126',
    randomness: 'b2fc21325a24904a6a9e81a6c63f65f6cec3f0b2400df3f4a56b214770e9ccca',
  },
};

describe('a round of drand', () => {
  it('that was published is signed', async () => {
    expect(await isSigned(QUICKNET, PUBLISHED)).toBe(true);
    expect(await isSigned(OTHER.chain, OTHER.round)).toBe(true);
  });

  it('of another chain is not', async () => {
    expect(await isSigned(QUICKNET, OTHER.round)).toBe(false);
    expect(await isSigned(OTHER.chain, PUBLISHED)).toBe(false);
  });

  it.each([
    ['number', { ...PUBLISHED, round: 1001 }],
    ['randomness', { ...PUBLISHED, randomness: PUBLISHED.randomness.replace(/^fe/, 'ff') }],
    ['signature', { ...PUBLISHED, signature: PUBLISHED.signature.replace(/39$/, '38') }],
    ['signature, of no length', { ...PUBLISHED, signature: '' }],
  ])('with another %s is not', async (_, round) => {
    expect(await isSigned(QUICKNET, round)).toBe(false);
  });

  it('as the tests sign it is signed, and only by their chain', async () => {
    const chain = makeChain();
    expect(await isSigned(chain.info, chain.sign(7))).toBe(true);
    expect(await isSigned(QUICKNET, chain.sign(7))).toBe(false);
  });
});

describe('the beacon', () => {
  const running: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of running.splice(0)) await each.close();
  });
  const chain = makeChain();

  async function setUp(...conducts: Conduct[]) {
    const beacons: TestBeacon[] = await Promise.all(conducts.map((conduct) => startBeacon(chain, conduct)));
    const lines: string[] = [];
    const log = createLog('debug', [], { write: (line) => void lines.push(line) });
    const drand = createDrand({ urls: beacons.map(({ url }) => url), log, chain: chain.info });
    running.push(drand, ...beacons);
    return { drand, beacons, lines };
  }

  it('names a round that does not exist yet, waits for it, and gets it', async () => {
    const { drand, lines } = await setUp('honest');
    const round = await drand.nextRound();
    expect(drand.timeOf(round)).toBeGreaterThan(Date.now() + 5_000);
    expect(drand.timeOf(round)).toBeLessThan(Date.now() + 9_100);
    const got = await drand.get(round, 5_000);
    expect(lines).toEqual([]);
    expect(Date.now()).toBeGreaterThanOrEqual(drand.timeOf(round));
    expect(got).toEqual(chain.sign(round));
    expect(got && (await drand.verify(got))).toBe(true);
  }, 20_000);

  it.each(['away', 'silent', 'nonsense', 'unsigned', 'lying', 'dripping', 'endless'] as const)(
    'gets it from another address when one is %s',
    async (conduct) => {
      const { drand } = await setUp(conduct, 'honest');
      expect(await drand.get(5, 5_000)).toEqual(chain.sign(5));
    },
    20_000,
  );

  it('is content with a slow address', async () => {
    const { drand } = await setUp('slow');
    expect(await drand.get(5, 5_000)).toEqual(chain.sign(5));
  });

  it.each(['away', 'silent', 'nonsense', 'unsigned', 'lying', 'dripping', 'endless'] as const)(
    'gives up in time when every address is %s, and says so',
    async (conduct) => {
      const { drand, lines } = await setUp(conduct);
      const begin = performance.now();
      expect(await drand.get(5, 2_000)).toBeUndefined();
      expect(performance.now() - begin).toBeLessThan(6_000);
      expect(lines.join()).toContain('No drand address had round 5 within 2 s.');
    },
    20_000,
  );

  it('reads no more of an answer than a round can have, and says so', async () => {
    const { drand, beacons, lines } = await setUp('endless');
    expect(await drand.get(5, 1_500)).toBeUndefined();
    const [beacon] = beacons;
    // What the system's own buffers take of each answer is on its way already.
    expect(beacon?.flood.bytes).toBeLessThan((beacon?.asked.length ?? 0) * 16 * 1024 * 1024);
    expect(beacon?.asked.length).toBeGreaterThan(1);
    expect(lines.join()).toContain('had no round 5 (');
  }, 20_000);

  it('waits for no answer that comes byte by byte: it asks that address again', async () => {
    const { drand, beacons } = await setUp('dripping');
    const [beacon] = beacons;
    const getting = drand.get(5, 10_000);
    await expect.poll(() => beacon?.asked.length).toBe(1);
    if (beacon) beacon.conduct = 'honest';
    expect(await getting).toEqual(chain.sign(5));
  }, 20_000);

  it.each([
    ['behind', 300],
    ['ahead of', -60],
  ])(
    'names a round that does not exist by anyone’s clock, and says so, when ours is %s drand’s',
    async (how, seconds) => {
      const theirs = makeChain(Math.floor(Date.now() / 1000) - 9_000);
      const beacon = await startBeacon(theirs);
      // The same chain, as it looks to a machine whose clock is not right.
      const ours = { ...theirs.info, genesis_time: theirs.info.genesis_time + seconds };
      const lines: string[] = [];
      const log = createLog('debug', [], { write: (line) => void lines.push(line) });
      const drand = createDrand({ urls: [beacon.url], log, chain: ours });
      running.push(drand, beacon);
      const round = await drand.nextRound();
      expect(theirs.info.genesis_time + (round - 1) * 3).toBeGreaterThan(Date.now() / 1000);
      expect(lines.join()).toMatch(new RegExp(`This machine's clock is \\d+ s ${how} drand's\\. Set it right\\.`));
    },
  );
});
