import { describe, expect, it } from 'vitest';
import { isOneSlot, parseRedisUrl, passwordsIn, shownAddress } from '../src/redis-url.ts';

const NOBODY = { username: undefined, password: undefined };
const [A, B] = [
  { host: 'a', port: 7000 },
  { host: 'b.example', port: 6379 },
];

describe('the address of a Redis Cluster', () => {
  const base = { kind: 'cluster', nodes: [A, B], login: NOBODY, isTls: false };
  it.each([
    ['redis+cluster://a:7000,b.example', base],
    ['redis-cluster://a:7000,b.example:6379/', base],
    ['redis+cluster://a:7000,b.example/0', base],
    ['rediss+cluster://a:7000,b.example', { ...base, isTls: true }],
    ['rediss-cluster://a:7000,b.example', { ...base, isTls: true }],
    ['redis+cluster://:w%40rd%2C:@a:7000,b.example', { ...base, login: { ...NOBODY, password: 'w@rd,:' } }],
    ['redis+cluster://bot:word@a:7000,b.example', { ...base, login: { username: 'bot', password: 'word' } }],
    ['redis+cluster://[::1]:7000', { ...base, nodes: [{ host: '::1', port: 7000 }] }],
  ])('%s', (url, place) => {
    expect(parseRedisUrl(url)).toEqual(place);
  });
});

describe('the address of sentinels', () => {
  const sentinels = [
    { host: 'a', port: 26379 },
    { host: 'b.example', port: 26380 },
  ];
  const base = {
    ...{ kind: 'sentinel', sentinels, master: 'mymaster', database: 0, isTls: false },
    ...{ login: NOBODY, sentinelLogin: NOBODY },
  };
  const own = { username: 'bot', password: 'p@ss' };
  it.each([
    ['redis+sentinel://a,b.example:26380/mymaster', base],
    ['redis-sentinel://a:26379,b.example:26380/mymaster/0', base],
    ['redis+sentinel://a,b.example:26380/mymaster/', base],
    ['redis+sentinel://a,b.example:26380/my%20master/3', { ...base, master: 'my master', database: 3 }],
    ['rediss+sentinel://a,b.example:26380/mymaster', { ...base, isTls: true }],
    ['redis+sentinel://bot:p%40ss@a,b.example:26380/mymaster', { ...base, login: own }],
    [
      'redis+sentinel://bot:p%40ss@a,b.example:26380/mymaster?sentinel_username=watch&sentinel_password=w+rd%26',
      { ...base, login: own, sentinelLogin: { username: 'watch', password: 'w+rd&' } },
    ],
  ])('%s', (url, place) => {
    expect(parseRedisUrl(url)).toEqual(place);
  });
});

describe('an address that is none', () => {
  it.each([
    ['redis+cluster://', 'address'],
    ['redis+cluster://a:port', 'address'],
    ['redis+cluster://a:0', 'address'],
    ['redis+cluster://a:65536', 'address'],
    ['redis+cluster://a,,b', 'address'],
    ['redis+cluster://a b', 'address'],
    ['redis+cluster://:p@ss@a', 'address'],
    ['redis+cluster://:p/ss@a', 'address'],
    ['redis+cluster://:p%ss@a', '%25'],
    ['redis+cluster://a/1', 'no databases'],
    ['redis+cluster://a?password=x', 'nothing after its ?'],
    ['redis+sentinel://a', 'name the master'],
    ['redis+sentinel://a/', 'name the master'],
    ['redis+sentinel://a/mymaster/x', 'name the master'],
    ['redis+sentinel://a/mymaster/0/1', 'name the master'],
    ['redis+sentinel://a?sentinelMasterId=mymaster', 'nothing after its ?'],
    ['redis+sentinel://a/mymaster?password=x', 'nothing after its ?'],
    ['redis+other://a', 'address'],
    // In capital letters, the client would leave TLS out.
    ['REDISS://127.0.0.1', 'address'],
    ['RedisS+cluster://a', 'address'],
    ['redis://127.0.0.1/name', 'number of a database'],
  ])('%s', (url, words) => {
    expect(parseRedisUrl(url)).toEqual({ problem: expect.stringContaining(words) });
  });
});

describe('what is shown of an address', () => {
  it.each([
    ['redis+cluster://bot:word@a:7000,b:7001', 'redis+cluster://a:7000,b:7001'],
    ['rediss-cluster://:w%40rd@a:7000', 'rediss+cluster://a:7000'],
    ['redis+sentinel://:word@a,b:1/mymaster/2?sentinel_password=other', 'redis+sentinel://a,b:1/mymaster/2'],
  ])('of %s', (url, shown) => {
    expect(shownAddress(url)).toBe(shown);
  });
});

describe('the passwords in an address, as they are written and meant', () => {
  it.each([
    ['redis://:p%40ss@a', ['p%40ss', 'p@ss']],
    ['redis://a?password=word', ['word']],
    ['redis+cluster://a', []],
    ['redis+cluster://bot:p%40ss@a', ['p%40ss', 'p@ss']],
    ['redis+sentinel://:p%40ss@a/m?sentinel_username=u&sentinel_password=q%26', ['p%40ss', 'p@ss', 'q%26', 'q&']],
  ])('%s', (url, passwords) => {
    expect([...new Set(passwordsIn(url))].toSorted()).toEqual(passwords.toSorted());
  });
});

describe('a prefix that keeps all keys in one slot', () => {
  it.each([
    ['{prizedraw}', true],
    ['a{b}c', true],
    ['prizedraw', false],
    ['{}', false],
    // The first braces decide, and in these there is nothing.
    ['{}{a}', false],
    ['{a', false],
    ['}a{', false],
  ])('%s: %s', (prefix, is) => {
    expect(isOneSlot(prefix)).toBe(is);
  });
});
