import { setTimeout as sleep } from 'node:timers/promises';
import { type ChainInfo, roundAt, roundTime } from 'drand-client';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { Beacon, Round } from '../draw/fair/beacon.ts';
import type { Log } from '../log.ts';
import { QUICKNET } from './quicknet.ts';
import { isSigned } from './verify.ts';

/** One request to one address may take this long, in milliseconds, connecting and reading included. */
const TIMEOUT = 3_000;

/** drand's JSON of a round is about 300 bytes; what is far larger is not drand's. */
const MAX_BYTES = 16 * 1024;

/** How long to ask which round is the latest, before the machine's own clock must do, in milliseconds. */
const LATEST_TIMEOUT = 1_500;

/** Clocks may differ by this much, in seconds; beyond, a round may come too late. */
const CLOCKS = 9;

/** How soon an address that had no answer is asked again, in milliseconds. */
const ASK_AGAIN = 500;

/** Rounds ahead: six to nine seconds, in which the commitment is posted. */
const AHEAD = 3;

/** A round as drand's HTTP API gives it. Source: docs.drand.love, HTTP API, `/public/<round>`. */
const answer = z.object({
  round: z.int().positive(),
  signature: z.string().regex(/^[0-9a-f]{96}$/),
  randomness: z.string().regex(/^[0-9a-f]{64}$/),
});

export interface DrandOptions {
  /** Base addresses, without a slash at the end; all are asked at once. */
  readonly urls: readonly string[];
  readonly log: Log;
  readonly chain?: ChainInfo;
}

/** drand, the public randomness beacon, over HTTP. Whatever an address says, it counts only with the chain's signature. */
export function createDrand({ urls, log, chain = QUICKNET }: DrandOptions): Beacon & { close(): Promise<void> } {
  const agent = new Agent({
    connectTimeout: TIMEOUT,
    headersTimeout: TIMEOUT,
    bodyTimeout: TIMEOUT,
    maxResponseSize: MAX_BYTES,
  });

  /** Asks one address, once. */
  const ask = async (url: string, which: number | 'latest', stop: AbortSignal): Promise<Round> => {
    // The agent's own time-outs begin anew with each byte.
    const signal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT)]);
    const address = `${url}/${chain.hash}/public/${which}`;
    const { statusCode, body } = await request(address, { dispatcher: agent, signal });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`it answered with status ${statusCode}`);
    }
    const { data } = answer.safeParse(await body.json());
    if (data === undefined) throw new Error('its answer is no round');
    if (which !== 'latest' && data.round !== which) throw new Error('its answer is another round');
    if (!(await isSigned(chain, data))) throw new Error('its round is not signed by the chain');
    return data;
  };

  /** Asks one address until it has the round. */
  const insist = async (url: string, round: number, stop: AbortSignal): Promise<Round> => {
    let said: string | undefined;
    for (;;) {
      try {
        return await ask(url, round, stop);
      } catch (error) {
        stop.throwIfAborted();
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== said) log.warn(`drand at ${url} had no round ${round} (${reason}).`);
        said = reason;
        await sleep(ASK_AGAIN, undefined, { signal: stop });
      }
    }
  };

  /** The first that any address has. */
  const first = async (
    timeout: number,
    work: (url: string, stop: AbortSignal) => Promise<Round>,
  ): Promise<Round | undefined> => {
    const stop = new AbortController();
    const enough = setTimeout(() => stop.abort(), timeout);
    try {
      return await Promise.any(urls.map((url) => work(url, stop.signal)));
    } catch {
      return undefined;
    } finally {
      clearTimeout(enough);
      stop.abort();
    }
  };

  const timeOf = (round: number): number => roundTime(chain, round);
  return {
    chain: chain.hash,
    timeOf,
    async nextRound() {
      // A machine whose clock is behind would take a round for a future one that is known already.
      const latest = await first(LATEST_TIMEOUT, (url, stop) => ask(url, 'latest', stop));
      const byClock = roundAt(Date.now(), chain);
      const ahead = latest ? (byClock - latest.round) * chain.period : 0;
      if (Math.abs(ahead) > CLOCKS) {
        log.warn(
          `This machine's clock is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} drand's. Set it right.`,
        );
      }
      return Math.max(byClock, latest?.round ?? 0) + AHEAD;
    },
    async get(round, timeout) {
      // Never much longer than the few rounds ahead, whatever the clock.
      await sleep(Math.min(Math.max(0, timeOf(round) - Date.now()), (AHEAD + 1) * chain.period * 1000));
      const found = await first(timeout, (url, stop) => insist(url, round, stop));
      if (found === undefined) log.error(`No drand address had round ${round} within ${timeout / 1000} s.`);
      return found;
    },
    verify: (round) => isSigned(chain, round),
    close: () => agent.destroy(),
  };
}
