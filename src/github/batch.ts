import type { LookupOutcome } from '../draw/types.ts';

/** How long a look-up waits for others at most while another request could be sent, in milliseconds. */
export const PATIENCE = 250;

/** How many requests are under way at most. GitHub asks for few. Source: docs.github.com, "Secondary rate limits". */
const AT_ONCE = 4;

/** How long a look-up waits for its turn at most, in milliseconds: 10,000 at once have theirs within seconds. */
const LONGEST_WAIT = 30_000;

export interface BatchOptions {
  /** How many logins one request may have at the moment. */
  readonly size: () => number;
  /** How long a look-up is to wait for others while no request is under way, in milliseconds, `PATIENCE` at most. */
  readonly wait: () => number;
  /** Asks for all of them; whoever is missing in the answer could not be asked for. */
  readonly ask: (logins: readonly string[]) => Promise<ReadonlyMap<string, LookupOutcome>>;
}

interface Waiting {
  readonly login: string;
  /** When it began to wait, in milliseconds of a clock that is never set. */
  readonly since: number;
  readonly resolve: (outcome: LookupOutcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Gathers look-ups into requests. Those that come while one waits go together; so do those that come while a request is
 * under way, so that the more come, the more go with each request.
 * @returns looks up one login, which nobody else is looking up at the moment; it throws what `ask` throws
 */
export function gatherLookUps({ size, wait, ask }: BatchOptions): (login: string) => Promise<LookupOutcome> {
  const waiting: Waiting[] = [];
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;

  const send = (): void => {
    const batch = waiting.splice(0, size());
    underWay++;
    void ask(batch.map(({ login }) => login))
      .then(
        (outcomes) => {
          for (const { login, resolve } of batch) resolve(outcomes.get(login) ?? { kind: 'unreachable' });
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error);
        },
      )
      .finally(() => {
        underWay--;
        giveUp();
        plan();
      });
  };
  const giveUp = (): void => {
    const begun = waiting.findIndex(({ since }) => performance.now() - since < LONGEST_WAIT);
    const late = waiting.splice(0, begun === -1 ? waiting.length : begun);
    for (const { resolve } of late) resolve({ kind: 'unreachable' });
  };
  const plan = (): void => {
    clearTimeout(timer);
    while (waiting.length >= size() && underWay < AT_ONCE) send();
    const [first] = waiting;
    if (first === undefined || underWay >= AT_ONCE) return;
    const due = first.since + (underWay === 0 ? wait() : PATIENCE);
    timer = setTimeout(
      () => {
        send();
        plan();
      },
      Math.max(0, due - performance.now()),
    );
  };

  return (login) =>
    new Promise((resolve, reject) => {
      waiting.push({ login, since: performance.now(), resolve, reject });
      if (waiting.length === 1 || waiting.length >= size()) plan();
    });
}
