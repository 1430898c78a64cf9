import { describe, expect, it } from 'vitest';
import { everyKey } from '../support/project/every-key.ts';

describe('every key', () => {
  it.each(['prizedraw', '{prizedraw}', 'a:b'])('begins with the prefix %s and differs from all others', (prefix) => {
    const keys = Object.values(everyKey(prefix));
    expect(keys.filter((key) => !key.startsWith(`${prefix}:`))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('that is shared with the original application has its name', () => {
    expect(everyKey('prizedraw')).toMatchObject({
      isOpen: 'prizedraw:is_open',
      prizes: 'prizedraw:prizes',
      entrants: 'prizedraw:entrants',
      profile: 'prizedraw:profiles:<login>',
      winners: 'prizedraw:winners',
      winnersJson: 'prizedraw:winners_json',
    });
  });

  it('of the bot’s own cannot be taken for one of those', () => {
    const own = Object.values(everyKey('p')).filter((key) => key.startsWith('p:slack:'));
    expect(own.length).toBe(Object.keys(everyKey('p')).length - 6);
  });
});
