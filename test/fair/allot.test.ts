import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allot } from '../../src/draw/fair/allot.ts';
import { byBytes, digestOf } from '../../src/draw/fair/digest.ts';
import { type TicketKind, ticketsFrom } from '../../src/draw/fair/tickets.ts';

const seedOf = (text: string | number): Buffer => createHash('sha256').update(String(text)).digest();
const ticketOf = (bytes: Buffer, kind: TicketKind, name: string): string => ticketsFrom(bytes, kind)(name);
const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 40 });
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

describe('a ticket', () => {
  it('is what the specification says, byte by byte', () => {
    const bytes = Buffer.concat([Buffer.alloc(32, 7), Buffer.from('\0entrant\0octocat')]);
    expect(ticketOf(Buffer.alloc(32, 7), 'entrant', 'octocat')).toEqual(
      createHash('sha256').update(bytes).digest('hex'),
    );
    expect(ticketOf(Buffer.alloc(32, 7), 'prize', 'octocat')).not.toEqual(
      ticketOf(Buffer.alloc(32, 7), 'entrant', 'octocat'),
    );
  });

  it('is made one after the other for names of any length', () => {
    const ticket = ticketsFrom(Buffer.alloc(32, 7), 'prize');
    for (const name of ['é'.repeat(5_000), 'a', '', '\u{1f3a9}'.repeat(300), 'octocat'])
      expect(ticket(name)).toBe(ticketOf(Buffer.alloc(32, 7), 'prize', name));
    const bytes = Buffer.concat([Buffer.alloc(32, 7), Buffer.from(`\0prize\0${'é'.repeat(5_000)}`)]);
    expect(ticket('é'.repeat(5_000))).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('who wins what', () => {
  it('are the lowest tickets, in order, as a plain sort has them', () =>
    fc.assert(
      fc.property(seed, names, names, (bytes, entrants, prizes) => {
        const sorted = (kind: 'entrant' | 'prize', all: readonly string[]): string[] =>
          all.toSorted((a, b) => (ticketOf(bytes, kind, a) < ticketOf(bytes, kind, b) ? -1 : 1));
        const logins = sorted('entrant', entrants);
        const expected = sorted('prize', prizes)
          .slice(0, entrants.length)
          .map((prize, index) => ({ prize, login: logins[index] }));
        expect(allot(bytes, entrants, prizes)).toEqual(expected);
      }),
    ));

  it('does not depend on the order of the entrants or of the prizes', () =>
    fc.assert(
      fc.property(seed, names, names, (bytes, entrants, prizes) => {
        expect(allot(bytes, entrants.toReversed(), prizes.toReversed())).toEqual(allot(bytes, entrants, prizes));
      }),
    ));

  it('is not changed by somebody who does not win', () =>
    fc.assert(
      fc.property(seed, names, names, (bytes, entrants, prizes) => {
        const before = allot(bytes, entrants, prizes);
        const winners = new Set(before.map(({ login }) => login));
        const [loser] = entrants.filter((login) => !winners.has(login));
        if (loser === undefined) return;
        expect(
          allot(
            bytes,
            entrants.filter((login) => login !== loser),
            prizes,
          ),
        ).toEqual(before);
      }),
    ));

  it('changes with every bit of the seed', () => {
    const entrants = numbered('user', 1_000);
    const first = allot(seedOf(1), entrants, ['A', 'B', 'C']);
    for (let bit = 0; bit < 256; bit++) {
      const other = seedOf(1);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(allot(other, entrants, ['A', 'B', 'C'])).not.toEqual(first);
    }
  });

  it('gives everybody the same chance', () => {
    const [draws, people, prizes] = [3_000, 30, 3];
    const entrants = numbered('user', people);
    const times = new Map<string, number>();
    for (let draw = 0; draw < draws; draw++) {
      for (const { login, prize } of allot(seedOf(draw), entrants, numbered('P', prizes))) {
        times.set(login, (times.get(login) ?? 0) + 1);
        times.set(`${login} ${prize}`, (times.get(`${login} ${prize}`) ?? 0) + 1);
      }
    }
    const z = (cells: readonly string[], expected: number): number => {
      const square = cells.reduce((sum, cell) => sum + ((times.get(cell) ?? 0) - expected) ** 2 / expected, 0);
      return (square - (cells.length - 1)) / Math.sqrt(2 * (cells.length - 1));
    };
    expect(Math.abs(z(entrants, (draws * prizes) / people))).toBeLessThan(5);
    const pairs = entrants.flatMap((login) => numbered('P', prizes).map((prize) => `${login} ${prize}`));
    expect(Math.abs(z(pairs, draws / people))).toBeLessThan(5);
  }, 30_000);
});

describe('a digest', () => {
  it('is SHA-256 of the lines, sorted by their bytes', () => {
    const sorted = byBytes(['b', 'a-b', 'ab', 'é', 'a', 'Z']);
    expect(sorted).toEqual(['Z', 'a', 'a-b', 'ab', 'b', 'é']);
    const digest = createHash('sha256').update('Z\na\na-b\nab\nb\né\n').digest('hex');
    expect(digestOf(sorted, 1)).toEqual({ count: 6, digest, inOrder: true });
    const withLengths = createHash('sha256').update('1:Z\n1:a\n3:a-b\n2:ab\n1:b\n2:é\n').digest('hex');
    expect(digestOf(sorted, 2)).toEqual({ count: 6, digest: withLengths, inOrder: true });
  });

  it('is of names sorted as their bytes are, whatever characters they have', () => {
    const bytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
    // All of Unicode, and what sorts otherwise in UTF-16 often.
    const characters = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', '\uffee', '\u{1f3a9}') }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(characters), (all) => {
        expect(byBytes(all)).toEqual(all.toSorted(bytes));
        expect(digestOf(byBytes(all), 2).inOrder).toBe(true);
      }),
    );
  });

  it('in version 2 is another for each other list, whatever line breaks are in its names', () => {
    const alike = [['a\nb', 'c'], ['a', 'b\nc'], ['a\n1:b', 'c'], ['a', 'b\n1:c'], ['a', 'b', 'c'], ['a\nb\nc']];
    const digests = alike.map((names) => digestOf(names, 2).digest);
    expect(new Set(digests).size).toBe(alike.length);
    const inVersion1 = alike.map((names) => digestOf(names, 1).digest);
    expect(new Set(inVersion1).size).toBeLessThan(alike.length);
    const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', '\n', ':', '1', '2', '3') })).map(byBytes);
    fc.assert(
      fc.property(names, names, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(digestOf(one, 2).digest === digestOf(other, 2).digest).toBe(isSame);
      }),
    );
  });

  it.each([[['b', 'a']], [['a', 'a']]])('knows that %j is not in order', (list) => {
    expect(digestOf(list, 2)).toMatchObject({ inOrder: false });
  });
});
