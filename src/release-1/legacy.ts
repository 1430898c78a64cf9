import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../draw/json.ts';
import { naturalOrder } from '../draw/prizes.ts';

/** What release 1 kept of what it had announced. Times are in milliseconds since the epoch. */
const sent = z.record(z.string(), z.string());
const winner = z.object({
  prize: z.string(),
  login: z.string(),
  name: z.string(),
  image: z.string(),
  member: z.string().nullish(),
});

const page = z.object({
  identity: z.string(),
  phase: z.enum(['none', 'open', 'closed', 'won']),
  drawId: z.string(),
  prizes: z.array(z.string()),
  entrants: z.number().int(),
  closesAt: z.number().nullable(),
  opening: z.boolean(),
  channel: z.string(),
  sent,
  winners: z.string(),
  drawn: z
    .object({
      by: z.enum(['drand', 'local', 'spop']),
      isFallback: z.boolean(),
      round: z.number().int().nullable(),
      entrants: z.number().int(),
      digest: z.string(),
      pick: z.string().default(''),
    })
    .nullish(),
  announcing: z.array(winner),
  posting: z.object({ part: z.string(), since: z.number() }).nullable(),
});

/** What release 1 knew and had announced of one draw. */
export type LegacyPage = z.infer<typeof page>;

const announced = page.extend({
  waiting: z.array(page).default([]),
  takenUp: z.string().nullable().default(null),
  doubts: z.array(
    z.object({
      identity: z.string(),
      since: z.number(),
      lookAt: z.number(),
      more: z.number().int(),
      sent: sent.nullable(),
    }),
  ),
});

/** The same of the draw that was being announced, of those that had followed it, and what was in doubt. */
export type LegacyAnnounced = z.infer<typeof announced>;

/** The keys of release 1 under a prefix that this release has not. */
export function legacyKeys(prefix: string) {
  const name = (of: string): string => `${prefix}:slack:${of}`;
  return {
    announced: name('announced'),
    drawId: name('draw_id'),
    memberOf: name('member_of'),
    loginOf: name('login_of'),
    finished: name('finished'),
    commitment: name('commitment'),
    proof: name('proof'),
    proofEntrants: name('proof_entrants'),
    announcer: name('announcer'),
    turns: name('announcer_turns'),
  };
}

/** The copy of the entrants that release 1 made for a pick, by the ID of its commitment. */
export function legacyCopy(prefix: string, pick: string): string {
  return `${prefix}:slack:pick:${pick}`;
}

/** Reads what was announced last; undefined where it cannot be read. */
export function parseAnnounced(json: string | null): LegacyAnnounced | undefined {
  return json === null ? undefined : parseJson(json, announced);
}

/** Winners of draws that another had followed before they were in the record above: a head, a count, and the pairs. */
export function parseFinished(items: readonly string[]): { drawId: string; wins: [string, string][] }[] {
  const draws: { drawId: string; wins: [string, string][] }[] = [];
  for (let index = 0; index < items.length; ) {
    const [head = '', count = '0'] = items.slice(index, index + 2);
    const until = Math.min(index + 2 + 2 * Math.max(0, Number(count)), items.length);
    const wins: [string, string][] = [];
    for (let at = index + 2; at + 1 < until; at += 2) wins.push([items[at] ?? '', items[at + 1] ?? '']);
    draws.push({ drawId: head.replace(/^draw /, ''), wins });
    index = Math.max(until, index + 2);
  }
  return draws;
}

/** How release 1 named winners in short: `winners` of a page. */
export function winnersDigest(wins: readonly (readonly [string, string])[]): string {
  const sorted = wins.toSorted(([a], [b]) => naturalOrder(a, b)).map(([prize, login]) => ({ prize, login }));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
