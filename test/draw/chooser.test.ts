import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniformChooser } from '../../src/draw/chooser.ts';

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 40 });

describe('uniformChooser', () => {
  it('pairs as many as there are prizes or entrants, nobody and nothing twice', () => {
    fc.assert(
      fc.property(names, names, (prizes, entrants) => {
        const wins = uniformChooser(prizes, entrants);
        expect(wins.length).toBe(Math.min(prizes.length, entrants.length));
        expect(new Set(wins.map(({ prize }) => prize)).size).toBe(wins.length);
        expect(new Set(wins.map(({ login }) => login)).size).toBe(wins.length);
        for (const { prize, login } of wins) {
          expect(prizes).toContain(prize);
          expect(entrants).toContain(login);
        }
      }),
    );
  });

  it('leaves what it is given as it is', () => {
    const prizes = Object.freeze(['a', 'b', 'c']);
    const entrants = Object.freeze(['x', 'y']);
    expect(uniformChooser(prizes, entrants)).toHaveLength(2);
    expect([prizes, entrants]).toEqual([
      ['a', 'b', 'c'],
      ['x', 'y'],
    ]);
  });

  it.each([
    [[], ['x']],
    [['a'], []],
    [[], []],
  ])('finds no pair among %j and %j', (prizes, entrants) => {
    expect(uniformChooser(prizes, entrants)).toEqual([]);
  });
});

/**
 * A chi-square limit that fair dice pass in all but about one run in 10^9: the distribution's mean plus six standard
 * deviations and a margin for its long tail (Wilson and Hilferty's cube-root approximation, z = 6.2: p < 3e-10).
 */
function limit(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 6.2 * Math.sqrt(spread)) ** 3;
}

function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('the chances of uniformChooser, over 20,000 picks', () => {
  const PICKS = 20_000;
  const prizes = ['p0', 'p1', 'p2'];
  const entrants = Array.from({ length: 20 }, (_, index) => `e${index}`);

  it('are the same for every entrant and every prize, wherever they stand in the order', () => {
    // One cell for each pair of a prize and an entrant: 60 cells, in each pick 3 of them.
    const cells = new Map<string, number>(prizes.flatMap((prize) => entrants.map((login) => [`${prize} ${login}`, 0])));
    for (let pick = 0; pick < PICKS; pick++) {
      for (const { prize, login } of uniformChooser(prizes, entrants)) {
        const cell = `${prize} ${login}`;
        cells.set(cell, (cells.get(cell) ?? Number.NaN) + 1);
      }
    }
    expect(chiSquare([...cells.values()])).toBeLessThan(limit(cells.size - 1));
  });

  it('are the same for every prize when there are fewer entrants than prizes', () => {
    const won = new Map<string, number>(entrants.map((prize) => [prize, 0]));
    for (let pick = 0; pick < PICKS; pick++) {
      for (const { prize } of uniformChooser(entrants, prizes)) won.set(prize, (won.get(prize) ?? Number.NaN) + 1);
    }
    expect(chiSquare([...won.values()])).toBeLessThan(limit(won.size - 1));
  });

  it('are the same for every way in which all can be paired', () => {
    const ways = new Map<string, number>();
    for (let pick = 0; pick < PICKS; pick++) {
      const wins = uniformChooser(['a', 'b', 'c', 'd'], ['w', 'x', 'y', 'z']);
      const way = wins
        .map(({ prize, login }) => prize + login)
        .toSorted()
        .join(' ');
      ways.set(way, (ways.get(way) ?? 0) + 1);
    }
    expect(ways.size).toBe(24);
    expect(chiSquare([...ways.values()])).toBeLessThan(limit(23));
  });

  it('would fail a chooser that favours anybody by a fifth', () => {
    const counts = Array.from({ length: 60 }, (_, index) => (index === 0 ? 1200 : 1000));
    const favoured = counts.map((count, index) => (index < 3 ? Math.round(count * 1.2) : count));
    expect(chiSquare(favoured)).toBeGreaterThan(limit(59));
  });
});
