import type { LookupOutcome } from '../draw/types.ts';
import type { GraphqlApi } from './apis.ts';
import { PATIENCE } from './batch.ts';
import type { Limit } from './limits.ts';

/** How much of the time GraphQL may take, so that there is some for REST where it does not answer. */
const GRAPHQL_SHARE = 2 / 3;

/** How many requests for single users are under way at once for those that came together. */
const AT_ONCE = 16;

/** While no less of what REST allows is left than this share, nothing is saved. */
const PLENTY = 1 / 2;

/** How long one look-up is held up for others then, in milliseconds: nobody notices. */
const UNNOTICED = 5;

export interface Apis {
  readonly rest: (login: string, timeout: number) => Promise<LookupOutcome>;
  readonly graphql: GraphqlApi;
  readonly limits: { readonly rest: Limit; readonly graphql: Limit };
  /** How long a look-up may take, in milliseconds, whichever APIs are asked. */
  readonly timeout: number;
}

type Outcomes = ReadonlyMap<string, LookupOutcome>;

/**
 * Looks users up that came together: by GraphQL, and by REST whomever GraphQL does not find, as it does not show everybody.
 *
 * One alone costs either API one of what it allows, and each allows 5,000 an hour. It goes by REST, which answers sooner
 * and in the very words that are cached; once half of that is used, by the one that has more left.
 * @throws GitHubTokenRefused
 */
export async function lookUpTogether(apis: Apis, logins: readonly string[]): Promise<Outcomes> {
  const end = performance.now() + apis.timeout;
  const left = (): number => end - performance.now();
  const isAlone = logins.length === 1;
  if (isAlone && isRestFirst(apis)) {
    const outcomes = await byRest(apis, logins, left);
    const limited = logins.filter((login) => outcomes.get(login)?.kind === 'limited');
    return new Map([...outcomes, ...(await byGraphql(apis, limited, left))]);
  }
  const found = await byGraphql(apis, logins, left);
  const others = logins.filter((login) => !found.has(login));
  return new Map([...found, ...(await byRest(apis, others, left))]);
}

/**
 * How long a look-up is to wait for others, in milliseconds. Somebody comes every 60 ms where 10,000 enter within ten
 * minutes: once half of REST's allowance is used, several go together, so that what is left is enough for all.
 */
export function waitForOthers({ limits }: Apis): number {
  return isPlenty(limits.rest) ? UNNOTICED : PATIENCE;
}

function isPlenty(rest: Limit): boolean {
  return rest.until === undefined && (rest.share ?? 1) >= PLENTY;
}

function isRestFirst({ limits: { rest, graphql }, ...apis }: Apis): boolean {
  if (!apis.graphql.isUsable || isPlenty(rest)) return true;
  return rest.until === undefined && (rest.share ?? 1) >= (graphql.share ?? 1);
}

async function byGraphql({ graphql, timeout }: Apis, logins: readonly string[], left: () => number): Promise<Outcomes> {
  if (logins.length === 0 || !graphql.isUsable) return new Map();
  return graphql.lookUp(logins, Math.min(timeout * GRAPHQL_SHARE, left()));
}

/** Not all at once: once REST limits look-ups, it is asked no more. */
async function byRest(apis: Apis, logins: readonly string[], left: () => number): Promise<Outcomes> {
  const outcomes = new Map<string, LookupOutcome>();
  const remaining = logins.values();
  const work = async (): Promise<void> => {
    for (const login of remaining) {
      const outcome = left() > 0 ? await apis.rest(login, left()) : ({ kind: 'unreachable' } as const);
      outcomes.set(login, outcome.kind === 'limited' ? sooner(outcome, apis.limits.graphql.until) : outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, logins.length) }, work));
  return outcomes;
}

/** Where both limit look-ups, it is worth trying again as soon as one of them does no longer. */
function sooner(limited: Extract<LookupOutcome, { kind: 'limited' }>, other: Date | undefined): LookupOutcome {
  return other && other < limited.until ? { kind: 'limited', until: other } : limited;
}
