import type { Redis } from 'ioredis';
import { commonSettings, SettingsInUse } from '../../../src/announcements/settings.ts';
import { Worker } from '../../../src/announcements/worker.ts';
import type { Draws } from '../../../src/draw/index.ts';
import { createLog, type Log } from '../../../src/log.ts';
import { drawFixture } from '../fixtures/draw.ts';
import { FakeChannel } from './channel.ts';

/** A worker over a Redis, with a Slack in memory. */
export interface WorkerFixture {
  readonly worker: Worker;
  readonly draws: Draws;
  readonly channel: FakeChannel;
  readonly log: Log;
  /** The messages of the log so far, "level: message". */
  readonly said: readonly string[];
}

/** Puts a worker together; `start` starts it. */
export function workerFixture(redis: Redis): WorkerFixture {
  const said: string[] = [];
  const write = (line: string): void => {
    const { level, msg }: { level?: string; msg?: string } = JSON.parse(line);
    said.push(`${level}: ${msg}`);
  };
  const log = createLog('debug', [], { write });
  const draws = drawFixture(redis).draws();
  const channel = new FakeChannel(Date.now);
  const common = commonSettings({ announceChannel: draws.home.channel, adminChannel: 'C0ADMIN' });
  const settings = new SettingsInUse(redis, draws.keys, common, log);
  return { worker: new Worker({ draws, redis, messenger: channel, settings, log }), draws, channel, log, said };
}
