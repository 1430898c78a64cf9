import { describe, expect, it } from 'vitest';
import { byOurPick, bySpop } from '../support/fairness/draws.ts';
import { histogram } from '../support/fairness/histogram.ts';
import { statistics } from '../support/fairness/statistics.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';

const ENTRANTS = Array.from({ length: 300 }, (_, index) => `entrant-${index + 1}`);
const DRAWS = 20_000;

describe('how evenly wins are spread', () => {
  it('is measured by chi-square', () => {
    expect(statistics([10, 10, 10], 30)).toEqual({ square: 0, z: -1, most: 1, least: 1 });
    expect(statistics([20, 10, 0], 30)).toEqual({ square: 20, z: 9, most: 2, least: 0 });
  });

  it('is even with our pick', async () => {
    // Enough to tell, and few enough for a busy machine: each is 300 tickets.
    const draws = 5_000;
    const counts = await byOurPick(draws, ENTRANTS);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(draws);
    expect(Math.abs(statistics(counts, draws).z)).toBeLessThan(5);
  }, 60_000);

  it.skipIf(!redisInstalled())(
    'is not with SPOP',
    async () => {
      const server = await startRedis();
      const counts = await bySpop(server.client(), DRAWS, ENTRANTS);
      await server.close();
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(DRAWS);
      expect(statistics(counts, DRAWS).z).toBeGreaterThan(20);
    },
    60_000,
  );

  it('is drawn as a picture with a panel for each', () => {
    const svg = histogram({ prizedraw: [10, 11, 9], SPOP: [20, 10, 0] }, 30);
    expect(svg).toMatch(
      /^<svg [\s\S]*>prizedraw<[\s\S]*luckiest 1\.10[\s\S]*>SPOP<[\s\S]*unluckiest 0\.00[\s\S]*<\/svg>\n$/,
    );
    expect(svg.match(/<rect [^>]*fill="#1264a3"/g)).toHaveLength(3);
  });
});
