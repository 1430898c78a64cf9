import { randomUUID } from 'node:crypto';
import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel as PinoLevel } from './config.ts';

export type Log = Logger;

/** The log of one request: every line carries the request's ID. */
export type RequestLog = Log & { readonly requestId: string };

/** Tokens, addresses that let their holder post as the bot, and Slack's socket addresses with their tickets. */
const SECRET_SHAPES =
  /xox[a-z](?:\.[a-z]+)?-[\w-]+|xapp-[\w-]+|https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"\\]+|wss:\/\/[^\s"\\]+/g;

/** Slack's deprecated verification token, in JSON within a text or not. */
const VERIFICATION_TOKEN = /("token\\*":\s*\\*")[^"\\]+/g;

/**
 * Makes the logger. No line carries a secret.
 * @param secrets texts to leave out wherever they turn up
 * @param destination where the lines go; standard output when left out
 */
export function createLog(level: PinoLevel, secrets: readonly string[], destination?: DestinationStream): Log {
  // The longest first: one may begin with another.
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  const redact = (line: string): string =>
    longestFirst
      .reduce((text, secret) => text.replaceAll(JSON.stringify(secret).slice(1, -1), '[secret]'), line)
      .replace(SECRET_SHAPES, '[secret]')
      .replace(VERIFICATION_TOKEN, '$1[secret]');
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
    hooks: { streamWrite: redact },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * Makes the log of one request. It is handed on to whatever is done for the request: what Node.js itself offers for that,
 * `AsyncLocalStorage`, makes every promise of the process cost more.
 * @param id the request's ID; a new one when left out
 */
export function requestLog(log: Log, id: string = newRequestId()): RequestLog {
  return Object.assign(log.child({ request: id }), { requestId: id });
}

/** A request's ID: eight hexadecimal digits. Node.js fetches chance for many UUIDs at once, and for few bytes each time. */
export function newRequestId(): string {
  return randomUUID().slice(0, 8);
}

/** Causes beyond this depth are left out; an error may even be its own cause. */
const DEEPEST_CAUSE = 5;

/** The parts of an error that help; not its other properties, where libraries keep commands and requests. */
function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  const told = error.cause === undefined || depth === DEEPEST_CAUSE;
  const cause = told ? {} : { cause: describeError(error.cause, depth + 1) };
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}

const BOLT_LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: LogLevel.DEBUG,
  debug: LogLevel.DEBUG,
  info: LogLevel.INFO,
  warn: LogLevel.WARN,
};

/** Pino as the logger of Bolt and of Slack's clients. Their levels follow ours and cannot be changed by them. */
export function boltLogger(log: Log): BoltLogger {
  const text = (parts: unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: (...parts) => log.debug(text(parts)),
    info: (...parts) => log.debug(text(parts)),
    warn: (...parts) => log.warn(text(parts)),
    error: (...parts) => log.error(text(parts)),
    getLevel: () => BOLT_LEVELS[log.level] ?? LogLevel.ERROR,
    setLevel: () => {},
    setName: () => {},
  };
}

/**
 * Pino as the logger of Slack's clients: for who looks closely. What goes wrong in a call comes back as an error, and is
 * said once by whoever made the call; the clients would say it at each attempt.
 */
export function clientLogger(log: Log): BoltLogger {
  const { debug, ...levels } = boltLogger(log);
  return { ...levels, debug, info: debug, warn: debug, error: debug };
}
