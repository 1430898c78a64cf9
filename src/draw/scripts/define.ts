import { readFileSync } from 'node:fs';
import type { ChainableCommander, Redis, Result } from 'ioredis';
import type { z } from 'zod';
import { Replicas } from '../replicas.ts';
import { KEY_TYPES, type KeyName, WrongType } from './key-types.ts';

/** What a script takes as a value. */
export type Argument = string | number;

type Command = `script:${string}`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    [script: Command]: ((...args: Argument[]) => Result<unknown, Context>) | undefined;
  }
}

/** What a script is given: a key for each name, a value for each name, and any number of further values. */
export interface Given<Key extends KeyName, Arg extends string> {
  readonly keys: Readonly<Record<Key, string>>;
  readonly args: Readonly<Record<Arg, Argument>>;
  readonly rest?: readonly Argument[];
}

/** One atomic step in Redis, written in Lua. */
export interface Script<Key extends KeyName, Arg extends string, Reply> {
  /**
   * Runs it.
   * @throws WrongType; when Redis does not answer, or the script replies what its head does not say
   */
  run(redis: Redis, given: Given<Key, Arg>): Promise<Reply>;
  /** Whether replicas are to have what it did, before anybody is told. */
  readonly isKept: boolean;
  /** Makes it known to a client, so that its transactions can have it. */
  teach(redis: Redis): void;
  /** Puts it in a transaction of a client that it has been made known to. */
  queue(transaction: ChainableCommander, given: Given<Key, Arg>): ChainableCommander;
  /**
   * Reads the reply that a transaction gave.
   * @throws WrongType; when it is not what the script's head says
   */
  parse(reply: unknown, given: Given<Key, Arg>): Reply;
}

interface Definition<Key extends KeyName, Arg extends string, Schema extends z.ZodType> {
  /** The `.lua` file. */
  readonly file: URL;
  /** Further `.lua` files, put in front of it. */
  readonly prelude?: readonly URL[];
  /** The Lua gets `K.name` for each of these keys, and `A.name` for each of these values. */
  readonly keys: readonly Key[];
  readonly args: readonly Arg[];
  readonly reply: Schema;
  /** Whether somebody is told what it did, so that no failover may lose it: it waits until the replicas have it, too. */
  readonly isKept?: boolean;
}

const lua = (name: string): URL => new URL(`./${name}.lua`, import.meta.url);
const CHECK_TYPES = lua('check_types');

/**
 * Says in one place what a script takes and replies. The Lua gets its keys as `K.name`, its values as `A.name`, and
 * whatever values come after those from `ARGV[REST]` on. It does nothing where a key holds something else than it should.
 */
export function defineScript<const Key extends KeyName, const Arg extends string, Schema extends z.ZodType>({
  file,
  prelude = [],
  keys,
  args,
  reply,
  isKept = false,
}: Definition<Key, Arg, Schema>): Script<Key, Arg, z.output<Schema>> {
  const command: Command = `script:${file.pathname.split('/').slice(-3).join('/')}`;
  const typed = keys.filter((key) => KEY_TYPES[key] !== 'any');
  const text = [
    `local K = { ${keys.map((key, index) => `${key} = KEYS[${index + 1}]`).join(', ')} }`,
    `local A = { ${args.map((arg, index) => `${arg} = ARGV[${index + 1}]`).join(', ')} }`,
    `local REST = ${args.length + 1}`,
    `local TYPES = { ${typed.map((key) => `${key} = '${KEY_TYPES[key]}'`).join(', ')} }`,
    ...[CHECK_TYPES, ...prelude, file].map((part) => readFileSync(part, 'utf8')),
  ].join('\n');
  const values = (given: Given<Key, Arg>): Argument[] => [
    ...keys.map((key) => given.keys[key]),
    ...args.map((arg) => given.args[arg]),
    ...(given.rest ?? []),
  ];
  const teach = (redis: Redis): void => {
    if (redis[command] === undefined) redis.defineCommand(command, { numberOfKeys: keys.length, lua: text });
  };
  const parse = (raw: unknown, given: Given<Key, Arg>): z.output<Schema> => {
    const wrong = Array.isArray(raw) && raw[0] === 'wrong_type' && keys.find((key) => key === raw[1]);
    if (wrong) throw new WrongType(given.keys[wrong], KEY_TYPES[wrong]);
    return reply.parse(raw);
  };
  return {
    teach,
    parse,
    isKept,
    async run(redis, given) {
      teach(redis);
      const replied = redis[command]?.(...values(given));
      if (!isKept) return parse(await replied, given);
      return parse(await Replicas.of(redis).haveAfter(command, replied), given);
    },
    queue(transaction, given) {
      const queued = transaction[command];
      if (queued === undefined) throw new Error(`The client does not know ${command}.`);
      return queued.call(transaction, ...values(given));
    },
  };
}
