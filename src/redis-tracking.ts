import type { Redis } from 'ioredis';
import type { Log } from './log.ts';

/** Where Redis says which keys have been changed. Source: redis.io, "Client-side caching", "Two connections mode". */
const INVALIDATIONS = '__redis__:invalidate';

/** How soon it is asked for again where Redis would not have it, in milliseconds: it may only have been busy. */
const AGAIN = 30_000;

/** How often the connection that listens is tried, in milliseconds: one that is dead but not closed would tell nothing. */
const TRY_EVERY = 3_000;

/** How soon the connection that listens is made anew where it leads to another server, in milliseconds. */
const LISTEN_AGAIN = 500;

export interface TrackingOptions {
  readonly redis: Redis;
  /** The beginnings of the keys to be told of; none may be the beginning of another. */
  readonly prefixes: readonly string[];
  readonly log: Log;
  /** Told each key that somebody else has changed; undefined: all of them. */
  readonly onChange: (key: string | undefined) => void;
  /** Told whether changes are being told. */
  readonly onTold: (isTold: boolean) => void;
}

/**
 * Has Redis say when another client changes a key, so that nobody has to look again and again. Needs Redis 6 or later, and
 * no setting of the server; where it does not work, that is told, and nothing else fails.
 * @returns a function that stops it
 */
export function trackKeys({ redis, prefixes, log, onChange, onTold }: TrackingOptions): () => void {
  // What it listens to it says itself, once it has asked for its ID.
  const listener = redis.duplicate({ autoResubscribe: false });
  listener.on('error', () => {});
  listener.on('messageBuffer', (_channel: unknown, keys: unknown) => {
    // Not one text, as messages are, but a list of keys; or nothing, where all of them are gone.
    for (const key of Array.isArray(keys) ? keys : [undefined]) onChange(key === undefined ? undefined : String(key));
  });
  let isStopped = false;
  let said = false;
  let again: NodeJS.Timeout | undefined;
  // Once it listens, it answers nothing else: who it is is asked for before, once for each connection.
  let listening: Promise<readonly [id: number, server: string]> | undefined;
  const end = (): void => onTold(false);
  const endListening = (): void => {
    listening = undefined;
    end();
  };
  const whoListens = (): Promise<readonly [number, string]> => {
    const asked = Promise.all([listener.client('ID'), serverOf(listener)]);
    asked.catch(endListening);
    return asked;
  };
  const listenAnew = (): void => {
    again = setTimeout(() => listener.status === 'ready' && listener.disconnect(true), LISTEN_AGAIN).unref();
  };
  const beginOnce = async (): Promise<void> => {
    if (redis.status !== 'ready' || listener.status !== 'ready') return;
    clearTimeout(again);
    try {
      listening ??= whoListens();
      const [id, server] = await listening;
      // In a failover, one may lead to the old server and the other to the new one, where that ID is somebody else's.
      if (server !== (await serverOf(redis))) return listenAnew();
      await listener.subscribe(INVALIDATIONS);
      const wanted = prefixes.flatMap((prefix) => ['PREFIX', prefix]);
      await redis.client('TRACKING', 'OFF');
      await redis.client('TRACKING', 'ON', 'REDIRECT', id, 'BCAST', ...wanted, 'NOLOOP');
      onTold(true);
    } catch (error) {
      if (isStopped) return;
      onTold(false);
      if (!said) log.debug({ reason: String(error) }, 'Redis does not say what changes; it is looked for instead');
      said = true;
      clearTimeout(again);
      again = setTimeout(begin, AGAIN).unref();
    }
  };
  // Both connections are often there at the same time; but one begins after the other.
  let begun = Promise.resolve();
  const begin = (): void => {
    begun = begun.then(beginOnce);
  };
  const trying = setInterval(async () => {
    if (listener.status !== 'ready') return;
    // While it listens, the answer is no PONG, but it is one.
    await listener.ping().catch(() => listener.disconnect(true));
  }, TRY_EVERY);
  redis.on('ready', begin).on('close', end);
  listener.on('ready', begin).on('close', endListening);
  begin();
  if (listener.status === 'wait') listener.connect().catch(() => {});
  return () => {
    isStopped = true;
    clearTimeout(again);
    clearInterval(trying);
    redis.off('ready', begin).off('close', end);
    listener.off('ready', begin).off('close', endListening);
    listener.disconnect();
  };
}

/** Which server a connection leads to: the ID of its run; empty where its user may not ask. */
async function serverOf(redis: Redis): Promise<string> {
  const info = await redis.info('server').catch(() => '');
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
}
