import { describe, expect, it } from 'vitest';
import { Memory } from '../../src/github/memory.ts';

describe('Memory', () => {
  it('recalls what it was told until the time is over', () => {
    let time = 0;
    const memory = new Memory<string>(100, () => time);
    expect(memory.recall('a')).toBeUndefined();
    memory.remember('a', 'x');
    time = 99;
    expect(memory.recall('a')).toBe('x');
    time = 100;
    expect(memory.recall('a')).toBeUndefined();
    memory.remember('a', 'y');
    expect(memory.recall('a')).toBe('y');
  });

  it('forgets the oldest when there are more than 10,000', () => {
    const memory = new Memory<number>(100, () => 0);
    for (let index = 0; index < 10_005; index++) memory.remember(`key${index}`, index);
    expect([0, 4, 5, 10_004].map((index) => memory.recall(`key${index}`))).toEqual([undefined, undefined, 5, 10_004]);
  });
});
