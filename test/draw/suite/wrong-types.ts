import { describe, expect, it } from 'vitest';
import { WrongType } from '../../../src/draw/scripts/key-types.ts';
import { type Dump, dump, KEYS, recordKeys, type Topic } from '../../support/fixtures/draw.ts';

/** The keys that people would miss, and where they stand; without caches. */
const valuable = (all: Dump): Dump =>
  Object.fromEntries(
    Object.entries(all).filter(([name]) => !/winners_json|profiles|:slack:(?:pick|due|draws_version)/.test(name)),
  );

/** Each step that writes, on a draw that two have entered. */
const CHANGES = ['leave', 'extend', 'add', 'drop', 'remove', 'cancel'] as const;
const STEPS = ['start', 'enter', ...CHANGES, 'close', 'pick', 'spop'] as const;
const NAMES = ['prizes', 'entrants', 'winners'] as const;
const OWN = ['record', 'memberOf', 'loginOf', 'removed', 'commitment', 'proof', 'finalEntrants', 'won'] as const;
const WORKSPACE = ['draws', 'due', 'history'] as const;

/** What each step comes to that is carried out. */
const DONE = new Set([
  'started',
  'entered',
  'left',
  'timed',
  'added',
  'dropped',
  'removed',
  'cancelled',
  'closed',
  'picked',
]);

export const wrongTypes: Topic = (fixture) => {
  describe.each(STEPS)('in the step %s', (step) => {
    it.each([...NAMES, ...OWN, ...WORKSPACE])('%s of a wrong type: all is done, or nothing lost', async (name) => {
      const { redis } = fixture();
      const draw = fixture().draw({ randomness: step === 'spop' ? 'spop' : 'local' });
      await draw.start(['A', 'B'], undefined, 'U1');
      await draw.enter('alice', 'U1');
      await draw.enter('bob', 'U2');
      if (step === 'start') await draw.pick();
      const own = await recordKeys(redis);
      const key = { ...KEYS, ...own }[name];
      await redis.del(key);
      // A type that no key of ours has.
      await redis.rpush(key, 'not ours');
      const before = await dump(redis);
      const steps = {
        start: () => draw.start(['C'], undefined, 'U1'),
        enter: () => draw.enter('carol', 'U3'),
        leave: () => draw.leave('U1', 'alice'),
        extend: () => draw.extend(60),
        add: () => draw.addPrizes(['C']),
        drop: () => draw.dropPrizes(['A']),
        remove: () => draw.remove('alice'),
        cancel: () => draw.cancel(''),
        close: () => draw.close(),
        pick: () => draw.pick({ by: 'U1' }),
        spop: () => draw.pick(),
      };
      const done = await steps[step]().then(
        ({ kind }) => kind,
        (error: unknown) => error,
      );
      const after = await dump(redis);
      expect(after[key]?.value).toEqual(before[key]?.value);
      if (typeof done === 'string' && DONE.has(done)) return;
      // Redis itself (or its stand-in) refuses to read it, or the step does.
      if (!(done instanceof WrongType))
        expect(String(done)).toMatch(/WRONGTYPE|does not contain|another_draw|refused|not_open|newer_pick/);
      if (step !== 'pick') return expect(valuable(after)).toEqual(valuable(before));
      // A pick may have been committed to, which loses nothing: whoever has entered and what can be won is all there.
      for (const set of [KEYS.prizes, KEYS.entrants, KEYS.winners]) expect(after[set]).toEqual(before[set]);
    });
  });
};
