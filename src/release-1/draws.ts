import { type Proof, parseProof } from '../draw/fair/proof.ts';
import { naturalOrder } from '../draw/prizes.ts';
import { type LegacyAnnounced, type LegacyPage, parseFinished, winnersDigest } from './legacy.ts';

/** Everything that release 1 left, and the shared keys as they are. */
export interface Legacy {
  /** Undefined where there is none, or it cannot be read. */
  readonly announced: LegacyAnnounced | undefined;
  /** The ID of the draw that the bot started last; empty where it never did. */
  readonly drawId: string;
  readonly finished: readonly string[];
  readonly commitment: string | null;
  readonly proof: string | null;
  readonly home: string;
  readonly isOpen: boolean;
  readonly closesAt: number | undefined;
  readonly prizes: readonly string[];
  readonly entrants: number;
  readonly wins: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One draw that release 1 left. */
export interface LegacyDraw {
  readonly page: LegacyPage;
  /** Who won what, as far as that is known. */
  readonly wins: Readonly<Record<string, string>>;
  /** The proof of its pick, where that was kept. */
  readonly proof: Proof | undefined;
}

type Wins = Readonly<Record<string, string>>;

/** The draws that release 1 left, oldest first; the last is the channel's latest. Pure. */
export function legacyDraws(legacy: Legacy): readonly LegacyDraw[] {
  const parsed = legacy.proof === null ? undefined : parseProof(legacy.proof);
  const proof = parsed && parsed.source !== 'spop' ? parsed : undefined;
  const pages = withLastPick(withCurrent(withFinished(notedPages(legacy), legacy), legacy, proof), legacy, proof);
  const draws = pages.map((page, index): LegacyDraw => {
    const isLast = index === pages.length - 1;
    return { page, wins: winnersOn(page, isLast ? legacy.wins : {}), proof: undefined };
  });
  if (!proof) return draws;
  const byPick = draws.findLastIndex(({ page }) => page.drawn?.pick === proof.id);
  const at = byPick >= 0 ? byPick : draws.findLastIndex(({ wins }) => isPickOf(proof, wins));
  if (at < 0) return [drawOfProof(proof, legacy.home), ...draws];
  return draws.map((draw, index) => (index === at ? { ...draw, wins: withProof(draw.wins, proof), proof } : draw));
}

function notedPages({ announced }: Legacy): LegacyPage[] {
  return announced ? [announced, ...announced.waiting].filter(({ phase }) => phase !== 'none') : [];
}

/** Adds the draws that the bot noted at the start of the next one, unless the pages have them already. */
function withFinished(pages: readonly LegacyPage[], { announced, finished, home }: Legacy): LegacyPage[] {
  const all = parseFinished(finished);
  const takenUp = announced?.takenUp;
  const known = typeof takenUp === 'string' ? all.findLastIndex(({ drawId }) => drawId === takenUp) : -1;
  const after = [...pages];
  for (const { drawId, wins } of all.slice(known + 1)) {
    const last = after.at(-1);
    const isNoted = last?.drawId === drawId && last.phase === 'won' && last.winners === winnersDigest(wins);
    // What was over before the bot ever ran is no news.
    if (isNoted || (announced === undefined && drawId === '')) continue;
    const isLast =
      last?.drawId === drawId && last.phase !== 'won' && wins.every(([prize]) => last.prizes.includes(prize));
    const page = isLast ? after.pop() : undefined;
    const base = page ?? newPage(idOf(drawId, after), home, { drawId, prizes: wins.map(([prize]) => prize) });
    after.push(wonPage(base, Object.fromEntries(wins)));
  }
  return after;
}

/** Adds the draw that the shared keys hold, where the bot started it and no page is of it yet. */
function withCurrent(pages: readonly LegacyPage[], legacy: Legacy, proof: Proof | undefined): readonly LegacyPage[] {
  const { drawId, home, isOpen, wins, prizes, entrants, closesAt = null } = legacy;
  const hasWon = !isOpen && Object.keys(wins).length > 0;
  const isNone = !isOpen && !hasWon && prizes.length === 0;
  const last = pages.at(-1);
  if (isNone || (last && last.drawId === drawId)) return pages;
  const page = newPage(idOf(drawId, pages), home, { drawId, prizes, entrants });
  if (!hasWon) return [...pages, { ...page, phase: isOpen ? 'open' : 'closed', closesAt, opening: true }];
  const ofPrizes = { ...page, prizes: [...new Set([...Object.keys(wins), ...prizes])].toSorted(naturalOrder) };
  // What was over before the bot ever ran is no news.
  const isNews = drawId !== '' || last !== undefined || (proof !== undefined && isPickOf(proof, wins));
  return [...pages, isNews ? wonPage(ofPrizes, wins, proof) : { ...ofPrizes, phase: 'won' }];
}

/** Puts winners on the last page whom the bot had picked, and had not noted yet. */
function withLastPick(
  pages: readonly LegacyPage[],
  { isOpen, wins }: Legacy,
  proof: Proof | undefined,
): readonly LegacyPage[] {
  const last = pages.at(-1);
  if (isOpen || !last || last.phase === 'won' || !proof || !isPickOf(proof, wins)) return pages;
  if (!proof.prizes.every((prize) => last.prizes.includes(prize))) return pages;
  return [...pages.slice(0, -1), wonPage(last, wins, proof)];
}

/** Whether the winners of a pick are all among these; those of an earlier draw may be there too. */
function isPickOf({ winners }: Proof, wins: Wins): boolean {
  return winners.length > 0 && winners.every(({ prize, login }) => wins[prize] === login);
}

function winnersOn({ phase, announcing }: LegacyPage, now: Wins): Wins {
  if (phase !== 'won') return {};
  if (announcing.length === 0) return now;
  return Object.fromEntries(announcing.map(({ prize, login }) => [prize, login]));
}

function withProof(wins: Wins, { winners }: Proof): Wins {
  return Object.keys(wins).length > 0 ? wins : Object.fromEntries(winners.map(({ prize, login }) => [prize, login]));
}

/** A page of winners who have not been announced; their names are looked up then. */
function wonPage(page: LegacyPage, wins: Wins, proof?: Proof): LegacyPage {
  const announcing = Object.entries(wins).map(([prize, login]) => ({ prize, login, name: '', image: '' }));
  const entrants = proof?.entrants ?? Math.max(page.entrants, announcing.length);
  return { ...page, phase: 'won', entrants, announcing };
}

/** The draw of the last proof, of which nothing else was kept any more: it is over, and announced. */
function drawOfProof(proof: Proof, home: string): LegacyDraw {
  const { id, prizes, entrants } = proof;
  const page: LegacyPage = { ...newPage(id, home, { drawId: id, prizes, entrants }), phase: 'won' };
  return { page, wins: withProof({}, proof), proof };
}

/** An ID for a draw that has none of its own: another program started it. */
function idOf(drawId: string, pages: readonly LegacyPage[]): string {
  const isTaken = drawId === '' || pages.some(({ identity }) => identity === drawId);
  return isTaken ? `release-1-${pages.length}` : drawId;
}

/** A page of a draw of which nothing has been announced. */
export function newPage(
  identity: string,
  home: string,
  of: { readonly drawId: string; readonly prizes: readonly string[]; readonly entrants?: number },
): LegacyPage {
  return {
    identity,
    phase: 'closed',
    drawId: of.drawId,
    prizes: [...of.prizes],
    entrants: of.entrants ?? 0,
    closesAt: null,
    opening: false,
    channel: home,
    sent: {},
    winners: '',
    announcing: [],
    posting: null,
  };
}
