import { describe, expect, it } from 'vitest';
import { connectionProblem, isElsewhere, stateOf } from '../src/redis-problem.ts';

describe('what an error reply says of Redis', () => {
  it.each([
    ["READONLY You can't write against a read only replica.", 'READONLY'],
    // As Redis 6 says it of a script.
    ["ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write", 'READONLY'],
    ['LOADING Redis is loading the dataset in memory', 'LOADING'],
    ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'MASTERDOWN'],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'OOM'],
    ['MISCONF Redis is configured to save RDB snapshots', 'MISCONF'],
    ['NOREPLICAS Not enough good replicas to write. script: 1, on @user_script:1.', 'NOREPLICAS'],
    ['ERR Error running script (call to f_1): @user_script:1: -NOREPLICAS Not enough good', 'NOREPLICAS'],
    ['CLUSTERDOWN The cluster is down', 'CLUSTERDOWN'],
    ['MOVED 3999 127.0.0.1:6381', 'MOVED'],
    ['ASK 3999 127.0.0.1:6381', 'ASK'],
    ['TRYAGAIN Multiple keys request during rehashing of slot', 'TRYAGAIN'],
    ['WRONGTYPE Operation against a key holding the wrong kind of value', undefined],
    ['ERR value is not an integer: READONLY', undefined],
  ])('%s', (reply, kind) => {
    expect(stateOf(reply)?.kind).toBe(kind);
  });
});

describe('a server that is left for another one', () => {
  it.each([
    ["READONLY You can't write against a read only replica.", true],
    ['MOVED 3999 127.0.0.1:6381', true],
    ['CLUSTERDOWN The cluster is down', false],
    ['NOREPLICAS Not enough good replicas to write.', false],
  ])('%s: %s', (reply, is) => {
    expect(isElsewhere(reply)).toBe(is);
  });
});

describe('why a connection does not come about', () => {
  const asked = 'All sentinels are unreachable. Retrying from scratch after 100ms.';
  it.each([
    ['ECONNREFUSED', 'away', 'ECONNREFUSED'],
    ['WRONGPASS invalid username-password pair', 'refuses', 'WRONGPASS invalid username-password pair'],
    [`${asked} Last error: connect ECONNREFUSED 127.0.0.1:1`, 'away', /: connect ECONNREFUSED/],
    [`${asked} Last error: NOAUTH Authentication required.`, 'refuses', /: NOAUTH/],
    [asked, 'away', 'no sentinel says where it is: they are asked again'],
    [`${asked} Last error: ERR No such master with that name`, 'refuses', /: they know no master of the name/],
  ])('%s', (reason, kind, words) => {
    expect(connectionProblem(reason)).toEqual({ kind, words: expect.stringMatching(words) });
  });
});
