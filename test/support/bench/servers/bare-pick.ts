/** What a pick must do at least: reads the entrants, sorts them, digests the list and each of them, and takes the lowest. */
import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { peakMemory } from '../memory.ts';

const { REDIS_URL = '', PRIZES } = process.env;

const redis = new Redis(REDIS_URL, { lazyConnect: true });
await redis.connect();
const begin = performance.now();
const before = process.cpuUsage();

const names = new Set<string>();
let cursor = '0';
do {
  const [next, some] = await redis.sscan('prizedraw:entrants', cursor, 'COUNT', 10_000);
  for (const name of some) names.add(name);
  cursor = next;
} while (cursor !== '0');
const sorted = [...names].sort();
createHash('sha256').update(sorted.join('\n')).digest('hex');
const tickets = sorted.map((name) => createHash('sha256').update(`seed ${name}`).digest('hex'));
tickets.sort().splice(Number(PRIZES));

const ms = performance.now() - begin;
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ ms, cpu: (user + system) / 1000, memory: peakMemory(process.pid) })}\n`);
redis.disconnect();
