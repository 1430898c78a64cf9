import { describe, expect, it } from 'vitest';
import { keysUnder } from '../../src/draw/keys.ts';
import { legacyKeys } from '../../src/release-1/legacy.ts';
import { everyKey, listOfKeys } from '../support/project/every-key.ts';

describe('every key', () => {
  it.each(['prizedraw', '{prizedraw}', 'a:b'])('begins with the prefix %s and differs from all others', (prefix) => {
    const keys = [...listOfKeys(prefix), ...Object.values(legacyKeys(prefix))];
    expect(keys.filter((key) => !key.startsWith(`${prefix}:`))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is in one of the groups', () => {
    const { prefix, shared, draw, profile, misses, ...workspace } = keysUnder('p', 'C0HOME');
    const each = [
      profile('l'),
      misses('m'),
      ...[shared('C0HOME'), shared('C1'), draw('d'), workspace].map(Object.values),
    ];
    expect(prefix).toBe('p');
    expect(listOfKeys('p')).toHaveLength(each.flat().length);
  });

  it('that is shared with the original application has its name', () => {
    expect(everyKey('prizedraw').shared).toEqual({
      isOpen: 'prizedraw:is_open',
      prizes: 'prizedraw:prizes',
      entrants: 'prizedraw:entrants',
      profile: 'prizedraw:profiles:<login>',
      winners: 'prizedraw:winners',
      winnersJson: 'prizedraw:winners_json',
    });
  });

  it('of the draw in another channel has the same name under the channel’s ID', () => {
    const { shared, channel } = everyKey('prizedraw');
    const { profile: _, ...six } = shared;
    const there = Object.entries(six).map(([name, key]) => [name, key.replace('prizedraw:', 'prizedraw:<channel>:')]);
    expect(channel).toEqual(Object.fromEntries(there));
  });

  it('of the bot’s own cannot be taken for one of those', () => {
    const { draw, workspace } = everyKey('p');
    const own = [...Object.values(draw), ...Object.values(workspace), ...Object.values(legacyKeys('p'))];
    expect(own.filter((key) => !key.startsWith('p:slack:'))).toEqual([]);
    // No ID of a channel looks like that.
    expect(listOfKeys('p').filter((key) => key.startsWith('p:slack:')).length).toBe(
      Object.keys(draw).length + Object.keys(workspace).length,
    );
  });

  it('of one draw is none of another', () => {
    const keys = keysUnder('p', 'C0HOME');
    const all = ['a', 'b', 'a:won', 'member_of'].flatMap((id) => Object.values(keys.draw(id)));
    const ids = ['a', 'b', 'member_of'].flatMap((id) => Object.values(keys.draw(id)));
    expect(new Set(ids).size).toBe(ids.length);
    // An ID has no colon; one that had would be taken for another draw's key.
    expect(new Set(all).size).toBeLessThan(all.length);
  });
});
