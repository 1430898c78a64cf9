import type { Redis } from 'ioredis';
import type { Keys } from './keys.ts';
import { PHASES, type Phase } from './record.ts';

/** The latest draw of a channel, in short. */
export interface DrawEntry {
  readonly channel: string;
  readonly id: string;
  readonly phase: Phase;
  /** When its timer closes it, in milliseconds since the epoch. */
  readonly closesAt: number | undefined;
}

/** The latest draw of every channel in which there has been one. */
export interface Registry {
  /** Another one whenever a draw has begun, ended or changed its phase. */
  readonly version: string;
  readonly entries: readonly DrawEntry[];
}

/**
 * Reads the latest draw of every channel.
 * @throws when Redis does not answer
 */
export async function readRegistry(redis: Redis, keys: Keys): Promise<Registry> {
  // In this order: an older version with newer entries is read again, and not the other way round.
  const version = await redis.get(keys.drawsVersion);
  const entries = Object.entries(await redis.hgetall(keys.draws));
  return { version: version ?? '0', entries: entries.flatMap(([channel, entry]) => parseEntry(channel, entry) ?? []) };
}

function parseEntry(channel: string, entry: string): DrawEntry | undefined {
  const [id = '', name = '', closesAt = ''] = entry.split(' ');
  const phase = PHASES.find((known) => known === name);
  return phase && { channel, id, phase, closesAt: closesAt === '' ? undefined : Number(closesAt) };
}
