import { readFileSync } from 'node:fs';
import type { ChainableCommander, Redis, Result } from 'ioredis';
import type { z } from 'zod';

/** What a script takes as a value. */
export type Argument = string | number;

type Command = `script:${string}`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    [script: Command]: ((...args: Argument[]) => Result<unknown, Context>) | undefined;
  }
}

/** What a script is given: a key for each name, a value for each name, and any number of further values. */
export interface Given<Key extends string, Arg extends string> {
  readonly keys: Readonly<Record<Key, string>>;
  readonly args: Readonly<Record<Arg, Argument>>;
  readonly rest?: readonly Argument[];
}

/** One atomic step in Redis, written in Lua. */
export interface Script<Key extends string, Arg extends string, Reply> {
  /**
   * Runs it.
   * @throws when Redis does not answer, or the script replies what its head does not say
   */
  run(redis: Redis, given: Given<Key, Arg>): Promise<Reply>;
  /** Makes it known to a client, so that its transactions can have it. */
  teach(redis: Redis): void;
  /** Puts it in a transaction of a client that it has been made known to. */
  queue(transaction: ChainableCommander, given: Given<Key, Arg>): ChainableCommander;
  /** Reads the reply that a transaction gave. */
  parse(reply: unknown): Reply;
}

interface Definition<Key extends string, Arg extends string, Schema extends z.ZodType> {
  /** The `.lua` file. */
  readonly file: URL;
  /** Further `.lua` files, put in front of it. */
  readonly prelude?: readonly URL[];
  /** The Lua gets `K.name` for each of these keys, and `A.name` for each of these values. */
  readonly keys: readonly Key[];
  readonly args: readonly Arg[];
  readonly reply: Schema;
}

/**
 * Says in one place what a script takes and replies. The Lua gets its keys as `K.name`, its values as `A.name`, and
 * whatever values come after those from `ARGV[REST]` on.
 */
export function defineScript<const Key extends string, const Arg extends string, Schema extends z.ZodType>({
  file,
  prelude = [],
  keys,
  args,
  reply,
}: Definition<Key, Arg, Schema>): Script<Key, Arg, z.output<Schema>> {
  const command: Command = `script:${file.pathname.split('/').slice(-3).join('/')}`;
  const lua = [
    `local K = { ${keys.map((key, index) => `${key} = KEYS[${index + 1}]`).join(', ')} }`,
    `local A = { ${args.map((arg, index) => `${arg} = ARGV[${index + 1}]`).join(', ')} }`,
    `local REST = ${args.length + 1}`,
    ...[...prelude, file].map((part) => readFileSync(part, 'utf8')),
  ].join('\n');
  const values = (given: Given<Key, Arg>): Argument[] => [
    ...keys.map((key) => given.keys[key]),
    ...args.map((arg) => given.args[arg]),
    ...(given.rest ?? []),
  ];
  const teach = (redis: Redis): void => {
    if (redis[command] === undefined) redis.defineCommand(command, { numberOfKeys: keys.length, lua });
  };
  return {
    teach,
    parse: (raw) => reply.parse(raw),
    async run(redis, given) {
      teach(redis);
      return reply.parse(await redis[command]?.(...values(given)));
    },
    queue(transaction, given) {
      const queued = transaction[command];
      if (queued === undefined) throw new Error(`The client does not know ${command}.`);
      return queued.call(transaction, ...values(given));
    },
  };
}
