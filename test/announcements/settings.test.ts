import { describe, expect, it } from 'vitest';
import { commonSettings, SettingsInUse } from '../../src/announcements/settings.ts';
import { keysUnder } from '../../src/draw/keys.ts';
import { createLog } from '../../src/log.ts';
import { BACKENDS } from '../support/backends.ts';

const KEYS = keysUnder('prizedraw', 'C0HOME');
const settings = (announceChannel: string, adminChannel = 'C0ADMIN') =>
  commonSettings({ announceChannel, adminChannel });

describe.each(BACKENDS)('the settings in use %s', (_, open) => {
  it('are those of the first process, and not of one that differed, though Redis has lost them since', async () => {
    const { clients, close } = await open();
    const log = createLog('silent', []);
    const [redis] = clients;
    const first = new SettingsInUse(redis, KEYS, settings('C0ONE'), log);
    const copy = new SettingsInUse(redis, KEYS, settings('C0TWO'), log);
    for (const each of [first, copy]) await each.compare();
    expect([first.isAgreed, copy.isAgreed]).toEqual([true, false]);
    await redis.del(KEYS.settings);
    await copy.compare();
    expect(copy.problem).toContain('PRIZEDRAW_ANNOUNCE_CHANNEL is C0TWO here, and none is in use');
    await first.compare();
    await copy.compare();
    expect([first.isAgreed, copy.isAgreed]).toEqual([true, false]);
    await close();
  });

  it('get a further one from a process that differs in none', async () => {
    const { clients, close } = await open();
    const [redis] = clients;
    await redis.hset(KEYS.settings, 'PRIZEDRAW_ANNOUNCE_CHANNEL', 'C0ONE');
    const log = createLog('silent', []);
    await new SettingsInUse(redis, KEYS, settings('C0TWO', 'C0OTHER'), log).compare();
    expect(await redis.hget(KEYS.settings, 'PRIZEDRAW_ADMIN_CHANNEL')).toBeNull();
    await new SettingsInUse(redis, KEYS, settings('C0ONE'), log).compare();
    expect(await redis.hget(KEYS.settings, 'PRIZEDRAW_ADMIN_CHANNEL')).toBe('C0ADMIN');
    await close();
  });
});
