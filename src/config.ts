import { z } from 'zod';
import { isOneSlot, parseRedisUrl, passwordsIn } from './redis-url.ts';

/** How Slack reaches the bot. */
export type SlackMode =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string };

export interface Config {
  readonly slack: { readonly botToken: string; readonly apiUrl: string; readonly mode: SlackMode };
  /** IDs of the two channels. */
  readonly adminChannel: string;
  readonly announceChannel: string;
  readonly redisUrl: string;
  readonly keyPrefix: string;
  /** How many GitHub IDs one member may enter in a draw; 0: any number. */
  readonly entriesPerMember: number;
  readonly randomness: 'drand' | 'local' | 'spop';
  /** Base addresses of the beacon, without a slash at the end. */
  readonly drandUrls: readonly string[];
  readonly github: { readonly apiUrl: string; readonly token: string | undefined };
  readonly port: number;
  readonly logLevel: LogLevel;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

const channel = z
  .string(
    'is missing: the ID of a channel, such as C0123456789 (in Slack: the channel’s name, About, at the bottom). In .env, what follows # is a comment.',
  )
  .regex(
    /^[CG][A-Z0-9]{2,}$/,
    'must be a channel’s ID, such as C0123456789, not its name (in Slack: the channel’s name, About, at the bottom).',
  );

/** Has only characters that a header of HTTP can hold: a token pasted with its ellipsis (`xoxb-…`) could never be sent. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/** An address to send requests to. With a user in it none can be made, and the reason given for that shows the password. */
const webAddress = (example: string) =>
  z
    .string()
    .refine(isWebAddress, `must be an address such as ${example}`)
    .refine(
      (text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '',
      'must have no user and no password in it.',
    );

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && hostname !== '';
}

const RANDOMNESS = ['drand', 'local', 'spop'] as const;

/** The public addresses of drand. Source: docs.drand.love, "Endpoints". */
const DRAND_URLS = [
  'https://api.drand.sh',
  'https://api2.drand.sh',
  'https://api3.drand.sh',
  'https://drand.cloudflare.com',
];

/** The settings, as `.env.example` describes them. No message may quote a value: it might be a secret. */
const environment = z.object({
  SLACK_BOT_TOKEN: z
    .string('is missing: the bot token, xoxb-… (api.slack.com/apps, OAuth & Permissions).')
    .regex(
      /^xoxb-[\x21-\x7e]+$/,
      'must be the whole bot token, which begins with xoxb- (api.slack.com/apps, OAuth & Permissions).',
    ),
  SLACK_APP_TOKEN: z
    .string()
    .regex(
      /^xapp-[\x21-\x7e]+$/,
      'must be a whole app-level token, which begins with xapp- (api.slack.com/apps, Basic Information, App-Level Tokens); for HTTP mode, leave it out.',
    )
    .optional(),
  SLACK_SIGNING_SECRET: z.string().regex(/^\S+$/, 'must not contain spaces.').optional(),
  PRIZEDRAW_ADMIN_CHANNEL: channel,
  PRIZEDRAW_ANNOUNCE_CHANNEL: channel,
  REDIS_URL: z
    .string()
    .superRefine((text, context) => {
      const parsed = parseRedisUrl(text);
      if ('problem' in parsed) context.addIssue(parsed.problem);
    })
    .default('redis://127.0.0.1:6379/0'),
  PRIZEDRAW_KEY_PREFIX: z
    .string()
    .regex(/^[^\s:](?:[^\s]*[^\s:])?$/, 'must have no spaces and no colon at either end, such as prizedraw.')
    .default('prizedraw'),
  PRIZEDRAW_ENTRIES_PER_MEMBER: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number, such as 1, or 0 for no limit.')
    .transform(Number)
    .default(1),
  PRIZEDRAW_RANDOMNESS: z.enum(RANDOMNESS, `must be one of ${RANDOMNESS.join(', ')}.`).default('drand'),
  PRIZEDRAW_DRAND_URLS: z
    .string()
    .transform((text) =>
      text
        .split(/[\s,]+/)
        .filter((url) => url !== '')
        .map((url) => url.replace(/(?<!\/)\/+$/, '')),
    )
    .pipe(z.array(webAddress('https://api.drand.sh; several are separated by commas.')).min(1, 'must name an address.'))
    .default(DRAND_URLS),
  GITHUB_TOKEN: z
    .string()
    .regex(
      HEADER_TEXT,
      'must be a token as GitHub gives it, such as github_pat_1AB: letters, digits and signs, no spaces.',
    )
    .optional(),
  GITHUB_API_URL: webAddress('https://api.github.com.').default('https://api.github.com'),
  SLACK_API_URL: webAddress('https://slack.com/api/.').default('https://slack.com/api/'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535.')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535, 'must be a port number from 1 to 65535.')
    .default(3000),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}.`).default('info'),
});

/** Scripts take keys of one slot alone, and so do transactions. */
const SEVERAL_SLOTS =
  'PRIZEDRAW_KEY_PREFIX must have a part in braces, such as {prizedraw}: REDIS_URL is a Redis Cluster, and that keeps all keys in one slot of it.';

const NEITHER_SECRET =
  'SLACK_APP_TOKEN (for Socket Mode, the simplest) or SLACK_SIGNING_SECRET (for HTTP mode): one of the two is needed.';

/**
 * Reads the configuration from the environment. A setting that is empty counts as not given.
 * @returns the configuration, or every problem at once, each a line in plain words that holds no setting's value
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  const problems = parsed.success ? [] : firstOfEach(parsed.error.issues);
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = given;
  if (appToken === undefined && signingSecret === undefined) problems.push(NEITHER_SECRET);

  const mode: SlackMode | undefined =
    appToken !== undefined
      ? { kind: 'socket', appToken }
      : signingSecret !== undefined
        ? { kind: 'http', signingSecret }
        : undefined;
  const hasSeveralSlots = needsBraces(given);
  if (hasSeveralSlots) problems.push(SEVERAL_SLOTS);
  if (!parsed.success || mode === undefined || hasSeveralSlots) return { ok: false, problems };
  return { ok: true, config: toConfig(parsed.data, mode) };
}

/**
 * Reads where the draw is kept, and nothing else.
 * @returns undefined where a setting is wrong
 */
export function parseRedisSettings(
  env: Environment,
): Pick<Config, 'redisUrl' | 'keyPrefix' | 'announceChannel'> | undefined {
  const { data } = parseSome(env, { REDIS_URL: true, PRIZEDRAW_KEY_PREFIX: true, PRIZEDRAW_ANNOUNCE_CHANNEL: true });
  if (data === undefined || needsBraces(env)) return undefined;
  return {
    redisUrl: data.REDIS_URL,
    keyPrefix: data.PRIZEDRAW_KEY_PREFIX,
    announceChannel: data.PRIZEDRAW_ANNOUNCE_CHANNEL,
  };
}

/**
 * Reads the channel for organisers, and nothing else.
 * @returns undefined where it is wrong
 */
export function parseAdminChannel(env: Environment): string | undefined {
  return parseSome(env, { PRIZEDRAW_ADMIN_CHANNEL: true }).data?.PRIZEDRAW_ADMIN_CHANNEL;
}

/** Whether the keys would be in several slots of a Redis Cluster. */
function needsBraces(env: Environment): boolean {
  const { data } = parseSome(env, { REDIS_URL: true, PRIZEDRAW_KEY_PREFIX: true });
  if (data === undefined) return false;
  const place = parseRedisUrl(data.REDIS_URL);
  return 'kind' in place && place.kind === 'cluster' && !isOneSlot(data.PRIZEDRAW_KEY_PREFIX);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads some of the settings, and nothing else. */
function parseSome<const Names extends Partial<Record<keyof typeof environment.shape, true>>>(
  env: Environment,
  names: Names & Record<Exclude<keyof Names, keyof typeof environment.shape>, never>,
) {
  const given = Object.keys(names).map((name) => [name, env[name]?.trim() || undefined] as const);
  return environment.pick(names).safeParse(Object.fromEntries(given));
}

/** The first problem of each setting; what else is wrong with it follows from that, or is said next time. */
function firstOfEach(issues: readonly z.core.$ZodIssue[]): string[] {
  const problems = new Map<string, string>();
  for (const { path, message } of issues) {
    const name = String(path[0]);
    if (!problems.has(name)) problems.set(name, `${name} ${message}`);
  }
  return [...problems.values()];
}

function toConfig(settings: z.infer<typeof environment>, mode: SlackMode): Config {
  return {
    slack: { botToken: settings.SLACK_BOT_TOKEN, apiUrl: `${settings.SLACK_API_URL.replace(/\/$/, '')}/`, mode },
    adminChannel: settings.PRIZEDRAW_ADMIN_CHANNEL,
    announceChannel: settings.PRIZEDRAW_ANNOUNCE_CHANNEL,
    redisUrl: settings.REDIS_URL,
    keyPrefix: settings.PRIZEDRAW_KEY_PREFIX,
    entriesPerMember: settings.PRIZEDRAW_ENTRIES_PER_MEMBER,
    randomness: settings.PRIZEDRAW_RANDOMNESS,
    drandUrls: settings.PRIZEDRAW_DRAND_URLS,
    github: { apiUrl: settings.GITHUB_API_URL.replace(/\/$/, ''), token: settings.GITHUB_TOKEN },
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
  };
}

/** Every secret of a configuration, so that the log can leave it out wherever it turns up. */
export function secretsOf({ slack, github, redisUrl }: Config): readonly string[] {
  const modeSecret = slack.mode.kind === 'socket' ? slack.mode.appToken : slack.mode.signingSecret;
  return [slack.botToken, modeSecret, github.token, ...passwordsIn(redisUrl)].filter(
    (text): text is string => text !== undefined && text !== '',
  );
}
