import { describe, expect, it } from 'vitest';
import { TtlCache } from '../../src/github/ttl-cache.ts';

describe('TtlCache', () => {
  it('recalls what it was told until the time is over', () => {
    let time = 0;
    const cache = new TtlCache<string>(100, () => time);
    expect(cache.get('a')).toBeUndefined();
    cache.set('a', 'x');
    time = 99;
    expect(cache.get('a')).toBe('x');
    time = 100;
    expect(cache.get('a')).toBeUndefined();
    cache.set('a', 'y');
    expect(cache.get('a')).toBe('y');
  });

  it('forgets the oldest when there are more than 10,000', () => {
    const cache = new TtlCache<number>(100, () => 0);
    for (let index = 0; index < 10_005; index++) cache.set(`key${index}`, index);
    expect([0, 4, 5, 10_004].map((index) => cache.get(`key${index}`))).toEqual([undefined, undefined, 5, 10_004]);
  });
});
