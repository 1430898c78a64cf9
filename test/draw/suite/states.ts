import { describe, expect, it } from 'vitest';
import type { DrawState } from '../../../src/draw/types.ts';
import {
  type DrawFixture,
  dump,
  KEYS,
  OWN_AFTER_PICK,
  OWN_BEFORE_PICK,
  ownNames,
  shared,
  type Topic,
  userJson,
  without,
  write,
} from '../../support/fixtures/draw.ts';

/** Whether each of the four keys that make the state is there. */
interface Presence {
  readonly open: boolean;
  readonly winners: boolean;
  readonly prizes: boolean;
  readonly entrants: boolean;
}

const ANY = [false, true];

/** The contract's table: for each state, what `is_open`, `winners`, `prizes` and `entrants` may be. */
const TABLE: ReadonlyArray<readonly [DrawState, boolean[], boolean[], boolean[], boolean[]]> = [
  ['NO_DRAW', [false], [false], [false], ANY],
  ['DRAW_OPEN_NO_ENTRANTS', [true], ANY, ANY, [false]],
  ['DRAW_OPEN_WITH_ENTRANTS', [true], ANY, ANY, [true]],
  ['DRAW_CLOSED_NO_ENTRANTS', [false], [false], [true], [false]],
  ['DRAW_CLOSED_WITH_ENTRANTS', [false], [false], [true], [true]],
  ['DRAW_WON', [false], [true], ANY, ANY],
];

const ROWS = TABLE.flatMap(([state, opens, wons, prizess, entrantss]) =>
  opens.flatMap((open) =>
    wons.flatMap((winners) =>
      prizess.flatMap((prizes) => entrantss.map((entrants) => ({ state, open, winners, prizes, entrants }))),
    ),
  ),
).map((row) => ({ ...row, keys: keysOf(row) }));

function keysOf({ open, winners, prizes, entrants }: Presence): string {
  const there = Object.entries({ is_open: open, winners, prizes, entrants }).filter(([, present]) => present);
  return there.map(([name]) => name).join(' + ') || 'no keys';
}

/** Writes a draw by hand: three prizes, two entrants, an old winner with the cache, and somebody's profile. */
async function arrange({ redis }: DrawFixture, presence: Presence): Promise<void> {
  await write(redis, {
    open: presence.open,
    prizes: presence.prizes ? ['A', 'B', 'C'] : [],
    entrants: presence.entrants ? ['alice', 'bob'] : [],
    wins: presence.winners ? [{ prize: 'Old', login: 'zoe' }] : [],
  });
  if (presence.winners) await redis.set(KEYS.winnersJson, '[{"name":"Zoe","prize":"Old","image":"https://x.example"}]');
  await redis.set(KEYS.profile('alice'), userJson('alice'), 'EX', 1000);
}

export const states: Topic = (fixture) => {
  it('has a row for every combination of keys', () => {
    expect(new Set(ROWS.map(({ keys }) => keys)).size).toBe(16);
  });

  describe.each(ROWS)('$state ($keys)', (row) => {
    const { state, open, winners, prizes, entrants } = row;

    it('is what the status says, and asking changes nothing', async () => {
      await arrange(fixture(), row);
      const before = await dump(fixture().redis);
      const status = await fixture().draw().status('U1');
      expect(status).toEqual({
        state,
        closesIn: undefined,
        entrants: entrants ? 2 : 0,
        prizes: prizes ? ['A', 'B', 'C'] : [],
        logins: [],
        entered: [],
        drawId: '',
        phase: undefined,
        commitment: undefined,
      });
      expect(await dump(fixture().redis)).toEqual(before);
    });

    it('start', async () => {
      await arrange(fixture(), row);
      const { redis } = fixture();
      const before = await dump(redis);
      const outcome = await fixture().draw().start(['X', 'Y'], 600);
      if (['NO_DRAW', 'DRAW_WON', 'DRAW_CLOSED_NO_ENTRANTS'].includes(state)) {
        expect(outcome).toEqual({ kind: 'started' });
        expect(shared(await dump(redis))).toEqual({
          [KEYS.isOpen]: { value: 'true', expires: true },
          [KEYS.prizes]: { value: ['X', 'Y'], expires: false },
          [KEYS.profile('alice')]: before[KEYS.profile('alice')],
        });
      } else {
        expect(outcome).toEqual({ kind: 'refused', state });
        expect(await dump(redis)).toEqual(before);
      }
    });

    it('enter', async () => {
      await arrange(fixture(), row);
      const { redis } = fixture();
      const before = await dump(redis);
      const outcome = await fixture().draw().enter('carol', 'U1');
      if (open) {
        expect(outcome).toMatchObject({ kind: 'entered', profile: { login: 'carol' } });
        expect(shared(await dump(redis))).toEqual({
          ...before,
          [KEYS.entrants]: { value: entrants ? ['alice', 'bob', 'carol'] : ['carol'], expires: false },
          [KEYS.profile('carol')]: { value: userJson('carol'), expires: true },
        });
      } else {
        expect(outcome).toEqual({ kind: 'not_open', state });
        expect(fixture().profiles.asked).toEqual([]);
        expect(await dump(redis)).toEqual(before);
      }
    });

    it('close', async () => {
      await arrange(fixture(), row);
      const { redis } = fixture();
      const before = await dump(redis);
      const outcome = await fixture().draw().close();
      if (open) {
        expect(outcome).toEqual({ kind: 'closed', entrants: entrants ? 2 : 0 });
        const after = await dump(redis);
        expect(shared(after)).toEqual(without(before, KEYS.isOpen));
        expect(ownNames(after)).toEqual(OWN_BEFORE_PICK);
      } else {
        expect(outcome).toEqual({ kind: 'not_open', state });
        expect(await dump(redis)).toEqual(before);
      }
    });

    it('pick', async () => {
      await arrange(fixture(), row);
      const { redis } = fixture();
      const before = await dump(redis);
      const outcome = await fixture().draw().pick();
      if (prizes && entrants && (open || !winners)) {
        if (outcome.kind !== 'picked') throw new Error(outcome.kind);
        expect(outcome).toMatchObject({ entrants: 2, wins: [{}, {}] });
        const won = Object.fromEntries(outcome.wins.map(({ prize, login }) => [prize, login]));
        expect(Object.values(won).toSorted()).toEqual(['alice', 'bob']);
        const after = await dump(redis);
        expect(ownNames(after)).toEqual(OWN_AFTER_PICK);
        expect(shared(after)).toEqual({
          ...without(before, KEYS.isOpen, KEYS.entrants, KEYS.winnersJson),
          [KEYS.prizes]: { value: ['A', 'B', 'C'].filter((prize) => !(prize in won)), expires: false },
          [KEYS.winners]: { value: { ...(winners ? { Old: 'zoe' } : {}), ...won }, expires: false },
        });
      } else {
        expect(outcome).toEqual({ kind: 'refused', state });
        expect(await dump(redis)).toEqual(before);
      }
    });
  });
};
