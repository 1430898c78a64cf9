import { describe, expect, it } from 'vitest';
import type { Legacy } from '../../src/release-1/draws.ts';
import { legacyKeys, parseAnnounced, winnersDigest } from '../../src/release-1/legacy.ts';
import { planTakeOver, type TakenOver } from '../../src/release-1/plan.ts';
import { loadRelease, SITUATIONS, type Situation } from '../support/fixtures/release-1.0/load.ts';

const OLD = legacyKeys('prizedraw');
const PRIZES = ['A hardback book', 'A mechanical keyboard', 'A mug'];

/** What there is to read in a recording. */
function legacyOf(name: Situation): Legacy {
  const { redis, taken } = loadRelease(name);
  const text = (key: string): string | null => {
    const found = redis.find((each) => each.key === key);
    return found?.type === 'string' ? found.value : null;
  };
  const list = (key: string): readonly string[] => {
    const found = redis.find((each) => each.key === key);
    return found?.type === 'list' || found?.type === 'set' ? found.value : [];
  };
  const winners = redis.find(({ key }) => key === 'prizedraw:winners');
  const left = redis.find(({ key }) => key === 'prizedraw:is_open')?.pttl;
  const now = Date.parse(taken);
  return {
    announced: parseAnnounced(text(OLD.announced)),
    drawId: text(OLD.drawId) ?? '',
    finished: list(OLD.finished),
    commitment: text(OLD.commitment),
    proof: text(OLD.proof),
    home: 'C000000001',
    isOpen: text('prizedraw:is_open') !== null,
    closesAt: left ? now + left : undefined,
    prizes: list('prizedraw:prizes'),
    entrants: list('prizedraw:entrants').length,
    wins: winners?.type === 'hash' ? winners.value : {},
    now,
  };
}

/** A draw in short: phase, prizes, entrants, winners, number, whether it is announced, news, and what is kept with it. */
function inShort({ phase, fields, won, messages, sweep, hasCommitment, hasProof, closesAt }: TakenOver): string {
  const prizes = String(fields.prizes ?? '').split('","').length;
  const parts = Object.entries(messages).map(([part, { ts }]) => `${part.split(' ')[0]}${ts === undefined ? '?' : ''}`);
  return [
    `${phase}: ${fields.prizes === '[]' ? 0 : prizes} prizes, ${fields.entrants} in`,
    ...(closesAt === undefined ? [] : ['timer']),
    ...(Object.keys(won).length > 0 ? [`${Object.keys(won).length} won`] : []),
    ...(fields.number === undefined ? [] : [`#${fields.number}`]),
    ...(fields.is_announced === 1 ? ['announced'] : []),
    ...(fields.is_old_news === 1 ? ['old'] : []),
    ...(fields.origin === 'other' ? ['other'] : []),
    ...(parts.length > 0 ? [`at ${parts.join(' ')}`] : []),
    ...(sweep ? ['sweep'] : []),
    ...(hasCommitment ? ['commitment'] : []),
    ...(hasProof ? ['proof'] : []),
  ].join(', ');
}

const planned = (legacy: Legacy): string[] => planTakeOver(legacy).draws.map(inShort);

describe('what is planned to be kept of each situation', () => {
  const expected: Readonly<Record<Situation, readonly string[]>> = {
    open: ['open: 3 prizes, 3 in, timer, announced, at draw'],
    'open-unannounced': ['open: 3 prizes, 1 in, timer, announced, at draw?, sweep'],
    'open-posting': ['open: 3 prizes, 0 in, timer, announced, at draw?'],
    closed: ['closed: 3 prizes, 3 in, announced, at draw'],
    'closed-no-entrants': ['closed: 3 prizes, 0 in, announced, at draw'],
    committed: ['committed: 3 prizes, 3 in, announced, at draw drawing, commitment'],
    'committed-unposted': ['committed: 3 prizes, 3 in, announced, at drawing? draw, commitment'],
    won: ['won: 3 prizes, 4 in, 3 won, #1, announced, old, at draw winners, proof'],
    'won-unannounced': ['won: 3 prizes, 3 in, 3 won, #1, announced, at draw, sweep, proof'],
    'won-old-winners': ['won: 0 prizes, 2 in, 2 won, #1, old, at winners, proof'],
    waiting: [
      'won: 1 prizes, 1 in, 1 won, #1, announced, at draw?, sweep',
      'won: 1 prizes, 1 in, 1 won, #2, announced',
      'won: 1 prizes, 1 in, 1 won, #3, announced, proof',
      'open: 2 prizes, 1 in, announced',
    ],
    finished: [
      'won: 1 prizes, 1 in, 1 won, #1, announced, at draw?',
      'won: 1 prizes, 1 in, 1 won, #2, proof',
      'open: 1 prizes, 0 in, announced',
    ],
    doubts: ['open: 3 prizes, 1 in, timer, announced, at draw, sweep'],
    'doubts-trouble': ['open: 3 prizes, 1 in, timer, announced, at draw, sweep'],
    another: ['open: 3 prizes, 2 in, announced, other, at draw'],
    'another-won': ['won: 3 prizes, 2 in, 2 won, #1, announced, old, other, at draw winners'],
  };

  it.each(SITUATIONS)('%s', (name) => {
    expect(planned(legacyOf(name))).toEqual(expected[name]);
  });

  it('names each draw before another in its channel', () => {
    const { draws } = planTakeOver(legacyOf('waiting'));
    expect(draws.map(({ fields }) => fields.previous)).toEqual(['', ...draws.slice(0, -1).map(({ id }) => id)]);
    const times = draws.map(({ fields }) => Number(fields.created_at));
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
  });

  it('keeps how winners were drawn, and their names where these were kept', () => {
    const [won] = planTakeOver(legacyOf('won-unannounced')).draws;
    expect(JSON.parse(String(won?.fields.provenance))).toMatchObject({ by: 'local', round: null, entrants: 3 });
    expect(won?.shown).toContain('Ada Lovelace');
    expect(won?.shown).not.toContain('member');
    expect(Object.keys(won?.members ?? {}).toSorted()).toEqual(['ada', 'octocat']);
    const [, knife] = planTakeOver(legacyOf('finished')).draws;
    expect(JSON.parse(String(knife?.fields.provenance))).toMatchObject({ by: 'local', entrants: 1 });
    expect(knife?.shown).toBeUndefined();
  });
});

describe('what release 1.0 had noted is planned', () => {
  it('also where it kept less', () => {
    const { announced } = legacyOf('closed');
    if (announced === undefined) throw new Error('It is there.');
    const { drawn: _d, waiting: _w, takenUp: _t, ...less } = announced;
    expect(planned({ ...legacyOf('closed'), announced: parseAnnounced(JSON.stringify(less)) })).toEqual(
      planned(legacyOf('closed')),
    );
    const { pick: _pick, ...drawn } = legacyOf('won').announced?.drawn ?? { pick: '' };
    const won = parseAnnounced(JSON.stringify({ ...legacyOf('won').announced, drawn }));
    expect(won?.drawn?.pick).toBe('');
    expect(planned({ ...legacyOf('won'), announced: won })).toEqual(planned(legacyOf('won')));
  });

  it.each([null, 'Hello.', '{}', '[]', '{"phase":"open"}'])('as nothing where it cannot be read: %s', (json) => {
    expect(parseAnnounced(json)).toBeUndefined();
  });

  it('from what else there is where it cannot be read', () => {
    const unread = (name: Situation): string[] => planned({ ...legacyOf(name), announced: undefined });
    expect(unread('open')).toEqual(['open: 3 prizes, 3 in, timer, announced']);
    expect(unread('committed')).toEqual(['committed: 3 prizes, 3 in, announced, commitment']);
    expect(unread('won')).toEqual(['won: 3 prizes, 4 in, 3 won, #1, proof']);
    expect(unread('finished')).toEqual([
      'won: 1 prizes, 1 in, 1 won, #1',
      'won: 1 prizes, 1 in, 1 won, #2, proof',
      'open: 1 prizes, 0 in, announced',
    ]);
    expect(unread('another')).toEqual(['open: 3 prizes, 2 in, announced, other']);
    // Nobody knows whether these are from before the bot ever ran.
    expect(unread('another-won')).toEqual(['won: 3 prizes, 0 in, 2 won, #1, old, other']);
  });

  it('once, although the bot noted the same winners at the start of the next draw', () => {
    const legacy = legacyOf('won');
    const { announced, drawId, wins } = legacy;
    expect(announced?.winners).toBe(winnersDigest(Object.entries(wins)));
    const finished = [`draw ${drawId}`, '3', ...Object.entries(wins).flat()];
    const next = { ...legacy, finished, drawId: 'next', isOpen: true, prizes: ['A lamp'], wins: {}, entrants: 0 };
    const lamp = 'open: 1 prizes, 0 in, announced';
    const over = ['won: 3 prizes, 4 in, 3 won, #1, announced, old, at draw winners, proof', lamp];
    expect(planned(next)).toEqual(over);
    const takenUp = announced && { ...announced, takenUp: drawId };
    expect(planned({ ...next, announced: takenUp })).toEqual(over);
  });

  it('with the winners of a pick that it had not noted yet', () => {
    const { proof, wins } = legacyOf('won');
    const legacy = { ...legacyOf('closed'), prizes: [], entrants: 0, proof, wins };
    expect(planned(legacy)).toEqual(['won: 3 prizes, 4 in, 3 won, #1, announced, at draw, proof']);
    // Of another draw, the winners would be others.
    const lamp = { ...legacyOf('closed'), proof };
    expect(planned(lamp)).toEqual([
      'won: 3 prizes, 4 in, 3 won, #1, old, proof',
      'closed: 3 prizes, 3 in, announced, at draw',
    ]);
  });

  it('but for messages in the channel of an earlier setting', () => {
    expect(planned({ ...legacyOf('doubts'), home: 'C0NEW' })).toEqual(['open: 3 prizes, 1 in, timer, announced']);
    expect(planned({ ...legacyOf('open-posting'), home: 'C0NEW' })).toEqual(['open: 3 prizes, 0 in, timer, announced']);
    expect(planned({ ...legacyOf('committed'), home: 'C0NEW' })).toEqual([
      'committed: 3 prizes, 3 in, announced, at drawing, commitment',
    ]);
  });

  it('with the doubts of a draw that is announced whole', () => {
    const legacy = legacyOf('doubts');
    const { announced } = legacy;
    if (announced === undefined) throw new Error('It is there.');
    const doubt = { identity: 'before', since: 1, lookAt: 2, more: 1, sent: { draw: '3.4' } };
    const doubts = [...announced.doubts, doubt, { ...doubt, identity: 'unknown', sent: null }];
    const { draws, doubted } = planTakeOver({ ...legacy, announced: { ...announced, doubts } });
    expect(draws.map(inShort)).toEqual(planned(legacy));
    expect(doubted.map(inShort)).toEqual(['replaced: 0 prizes, 0 in, old, other, at draw, sweep']);
    expect(doubted[0]?.sweep).toEqual({ since: 1, at: 2, more: 1 });
  });

  it('with the earlier winners beside whom a draw is open', () => {
    const [draw] = planTakeOver({ ...legacyOf('another'), wins: { 'A kite': 'ada' } }).draws;
    expect(draw?.fields.earlier_prizes).toBe('["A kite"]');
    expect(draw?.won).toEqual({});
    expect(planned({ ...legacyOf('open'), prizes: PRIZES })).toEqual(planned(legacyOf('open')));
  });
});
