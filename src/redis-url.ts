/** One server of several. */
export interface Node {
  readonly host: string;
  readonly port: number;
}

interface Login {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** Where Redis is, as `REDIS_URL` says. */
export type RedisPlace =
  /** One server, whose address the client reads by itself. */
  | { readonly kind: 'server'; readonly url: string }
  /** A Redis Cluster, of which some nodes are known: one that answers is enough. */
  | { readonly kind: 'cluster'; readonly nodes: readonly Node[]; readonly login: Login; readonly isTls: boolean }
  /** A server whose address sentinels know, by its name. */
  | {
      readonly kind: 'sentinel';
      readonly sentinels: readonly Node[];
      readonly master: string;
      readonly database: number;
      /** That of the server. */
      readonly login: Login;
      /** That of the sentinels, which have their own or none. */
      readonly sentinelLogin: Login;
      readonly isTls: boolean;
    };

/** What is wrong with an address, in words that follow the name of the setting and quote nothing of it. */
export interface UrlProblem {
  readonly problem: string;
}

const FORMS: UrlProblem = {
  problem:
    'must be an address such as redis://127.0.0.1:6379/0, rediss://… for TLS, redis+cluster://host:6379,host:6379 or redis+sentinel://host:26379,host:26379/mymaster.',
};
const PERCENT: UrlProblem = { problem: 'must have each % of its user and password written as %25.' };
const DATABASE: UrlProblem = { problem: 'must end with the number of a database, such as /0, or with none.' };
const ONE_DATABASE: UrlProblem = { problem: 'must end after the nodes: a Redis Cluster has no databases but 0.' };
const MASTER: UrlProblem = {
  problem:
    'must name the master after the sentinels, such as redis+sentinel://host:26379,host:26379/mymaster or …/mymaster/0.',
};
const QUERY: UrlProblem = {
  problem: 'must have nothing after its ?, but for sentinels sentinel_username=… and sentinel_password=….',
};

/** The address of several servers, which no standard parser takes. What is before the last @ is user and password. */
const SEVERAL =
  /^(?<scheme>rediss?)[+-](?<kind>cluster|sentinel):\/\/(?<servers>[^/?#]*)(?<path>[^?#]*)(?<query>\?[^#]*)?$/;
const SERVER = /^(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|(?<host>[^\s:[\]]+))(?::(?<port>\d{1,5}))?$/;
const PORTS = { cluster: 6379, sentinel: 26379 } as const;

/**
 * Reads the address of a Redis: `redis://` and `rediss://`; `redis+cluster://` and `redis+sentinel://`, with `rediss` for
 * TLS and also with a hyphen, as other clients write them.
 */
export function parseRedisUrl(text: string): RedisPlace | UrlProblem {
  if (!isPercentEncoded(text)) return PERCENT;
  const several = SEVERAL.exec(text)?.groups;
  if (several === undefined) return parseServer(text);
  const { scheme = '', servers = '', path = '', query = '' } = several;
  const isTls = scheme === 'rediss';
  const at = servers.lastIndexOf('@');
  const login = parseLogin(servers.slice(0, Math.max(0, at)));
  const kind = several['kind'] === 'cluster' ? 'cluster' : 'sentinel';
  const nodes = parseNodes(servers.slice(at + 1), PORTS[kind]);
  const sentinelLogin = parseQuery(query);
  if (nodes === undefined || login === undefined) return FORMS;
  if (sentinelLogin === undefined || (kind === 'cluster' && query !== '')) return QUERY;
  if (kind === 'cluster') return /^\/?0?$/.test(path) ? { kind, nodes, login, isTls } : ONE_DATABASE;
  const [, master = '', database = '0', more] = path.split('/');
  if (master === '' || !/^\d*$/.test(database) || more !== undefined) return MASTER;
  return {
    kind,
    sentinels: nodes,
    master: decodeURIComponent(master),
    database: Number(database),
    login,
    sentinelLogin,
    isTls,
  };
}

function parseServer(text: string): RedisPlace | UrlProblem {
  // In capital letters, the client would take rediss:// for redis://.
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text) || new URL(text).hostname === '') return FORMS;
  // With a name for a database, the client would take 0.
  return /^\/?$|^\/\d+$/.test(new URL(text).pathname) ? { kind: 'server', url: text } : DATABASE;
}

/** @returns undefined where it is none */
function parseLogin(text: string): Login | undefined {
  if (text.includes('@')) return undefined;
  const colon = text.indexOf(':');
  const [user, word] = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return { username: decoded(user), password: decoded(word) };
}

function parseNodes(text: string, port: number): readonly Node[] | undefined {
  const nodes = text.split(',').map((server) => {
    const { v6, host = v6, port: given = String(port) } = SERVER.exec(server)?.groups ?? {};
    return { host: host ?? '', port: Number(given) };
  });
  return nodes.every((node) => node.host !== '' && node.port >= 1 && node.port <= 65535) ? nodes : undefined;
}

/** A plus stands for itself, as in the rest of an address. */
function parseQuery(query: string): Login | undefined {
  const pairs = query
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '');
  const given = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const login = {
    username: decoded(given.get('sentinel_username')),
    password: decoded(given.get('sentinel_password')),
  };
  given.delete('sentinel_username');
  given.delete('sentinel_password');
  return given.size === 0 ? login : undefined;
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : decodeURIComponent(text);
}

/** Whether each `%` in the text begins an encoded character. */
function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a prefix of keys puts them all in one slot of a Redis Cluster: what is in its first braces decides. */
export function isOneSlot(keyPrefix: string): boolean {
  return /^[^{]*\{[^}]+\}/.test(keyPrefix);
}

/** The address of a Redis, fit to be shown: without users and passwords. */
export function shownAddress(url: string): string {
  const several = SEVERAL.exec(url)?.groups;
  if (several === undefined) {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  }
  const { scheme, kind, servers = '', path = '' } = several;
  return `${scheme}+${kind}://${servers.slice(servers.lastIndexOf('@') + 1)}${path}`;
}

/** The password of a user, and those in a query: the client takes one of a single server from there, too. */
const USERS_PASSWORD = /^[^/?#]*?:\/\/[^:/?#]*:(?<word>[^/?#]*)@/;
const QUERYS_PASSWORD = /[?&](?:sentinel_)?password=(?<word>[^&#]*)/g;

/**
 * Every password in the address of a Redis, as it is written and as it is meant.
 * @param url one that `parseRedisUrl` takes
 */
export function passwordsIn(url: string): readonly string[] {
  const written = [USERS_PASSWORD.exec(url), ...url.matchAll(QUERYS_PASSWORD)]
    .map((found) => found?.groups?.['word'] ?? '')
    .filter((word) => word !== '');
  return [...written, ...written.map(decodeURIComponent)];
}
