import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fields, isFields, parseJson } from './json.ts';
import { listen, readBody, serve } from './loopback.ts';

/** Slack takes this many posts at one address. */
const MOST_POSTS = 5;

/** What was posted at a response address. */
export interface Post {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly body: Fields;
}

export interface ResponseAddress {
  readonly url: string;
  /** Every post so far, oldest first. */
  readonly posts: readonly Post[];
  /** Waits for the next post that no earlier call of this function returned; fails after `ms` (10,000). */
  next(ms?: number): Promise<Fields>;
}

export interface Responses {
  /**
   * Makes a fresh address for one command or click.
   * @param taken told of each post that is taken
   */
  open(taken?: (body: Fields) => void): ResponseAddress;
  /** The posts at an address; none where it is unknown. */
  at(url: string): readonly Post[];
  close(): Promise<void>;
}

/** Starts the server behind every `response_url`. As in Slack, the sixth post at one address is refused. */
export async function startResponses(): Promise<Responses> {
  const posts = new Map<string, Post[]>();
  const listeners = new Map<string, (body: Fields) => void>();
  const server = await listen(
    serve(async (request, response) => {
      const body = parseJson((await readBody(request)).toString());
      const kept = posts.get(request.url ?? '');
      const error = refusal(kept, body);
      if (isFields(body) && !error) {
        kept?.push({ at: Date.now(), body });
        listeners.get(request.url ?? '')?.(body);
      }
      const answer = error ? { ok: false, error } : { ok: true };
      response.writeHead(error ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    }),
  );
  return {
    open(taken) {
      const path = `/response/${randomUUID()}`;
      const kept: Post[] = [];
      posts.set(path, kept);
      if (taken) listeners.set(path, taken);
      return { url: server.url + path, posts: kept, next: taker(kept) };
    },
    at: (url) => posts.get(new URL(url).pathname) ?? [],
    close: server.close,
  };
}

function refusal(kept: readonly Post[] | undefined, body: unknown): string | undefined {
  if (kept === undefined || kept.length >= MOST_POSTS) return 'used_url';
  return isFields(body) ? undefined : 'invalid_payload';
}

function taker(posts: readonly Post[]): ResponseAddress['next'] {
  let taken = 0;
  return async (ms = 10_000) => {
    const index = taken;
    taken += 1;
    for (const end = Date.now() + ms; Date.now() < end; await sleep(10)) {
      const post = posts[index];
      if (post) return post.body;
    }
    throw new Error(`Nothing came to the response address within ${ms} ms (${index} posts before).`);
  };
}
