import { describe, expect, it } from 'vitest';
import { stateOf } from '../src/redis-problem.ts';

describe('what an error reply says of Redis', () => {
  it.each([
    ["READONLY You can't write against a read only replica.", 'READONLY'],
    // As Redis 6 says it of a script.
    ["ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write", 'READONLY'],
    ['LOADING Redis is loading the dataset in memory', 'LOADING'],
    ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'MASTERDOWN'],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'OOM'],
    ['MISCONF Redis is configured to save RDB snapshots', 'MISCONF'],
    ['WRONGTYPE Operation against a key holding the wrong kind of value', undefined],
    ['ERR value is not an integer: READONLY', undefined],
  ])('%s', (reply, kind) => {
    expect(stateOf(reply)?.kind).toBe(kind);
  });
});
