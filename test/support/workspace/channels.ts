import { z } from 'zod';
import { APP, type Api } from './emulator.ts';
import { type Fields, isFields } from './json.ts';
import type { Call } from './proxy.ts';

export interface Channels {
  /** `#general`, public: draws and winners are posted there. */
  readonly announce: string;
  /** `#draw-admins`, private. */
  readonly admin: string;
  /** `#random`, public. */
  readonly random: string;
}

/** How a channel stands with the bot. */
export interface Standing {
  readonly hasBot: boolean;
  readonly isArchived: boolean;
  /** Only its managers may post in it. */
  readonly isReadOnly: boolean;
  /** Only its managers may post in it; others may reply in threads. */
  readonly isThreadOnly: boolean;
}

/** A channel as people know it. */
export interface Channel extends Standing {
  readonly name: string;
  readonly isPrivate: boolean;
}

export interface ChannelOptions {
  readonly isPrivate?: boolean;
  /** Whether the bot is in it; else yes. */
  readonly hasBot?: boolean;
}

/** All the channels of a workspace. */
export interface Directory {
  readonly channels: Channels;
  /** By ID. */
  readonly all: ReadonlyMap<string, Channel>;
  add(name: string, options?: ChannelOptions): Promise<string>;
  alter(id: string, change: Partial<Standing>): Promise<void>;
  /** What the emulator would do and Slack refuses: the answer in its place. */
  refuse(path: string, body: Fields): Fields | undefined;
  /** Puts into what is told of a channel what the emulator does not know. */
  amend(call: Call): unknown;
}

const list = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });
const created = z.object({ channel: z.object({ id: z.string() }) });
const members = z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Reads who is in the workspace: name to ID, bots too. */
export async function readMembers(api: Api): Promise<Record<string, string>> {
  const answer = members.parse(await api('users.list', { limit: '1000' }));
  return Object.fromEntries(answer.members.map(({ id, name }) => [name, id]));
}

const ORDINARY = { isPrivate: false, hasBot: true, isArchived: false, isReadOnly: false, isThreadOnly: false } as const;

/**
 * Puts everybody and the bot into the public channels, and makes the private one with the organisers and the bot.
 * @param everyone IDs of all people
 * @param organisers IDs of those in the private channel
 */
export async function setUpChannels(
  api: Api,
  everyone: readonly string[],
  organisers: readonly string[],
): Promise<Directory> {
  const { channels: there } = list.parse(await api('conversations.list'));
  const named = (name: string) => there.find((channel) => channel.name === name)?.id ?? '';
  const create = async (name: string, isPrivate: boolean): Promise<string> =>
    created.parse(await api('conversations.create', { name, is_private: String(isPrivate) })).channel.id;

  const channels: Channels = {
    announce: named('general'),
    random: named('random'),
    admin: await create('draw-admins', true),
  };
  await invite(api, channels.announce, [APP.botUser, ...everyone]);
  await invite(api, channels.random, everyone);
  await invite(api, channels.admin, [APP.botUser, ...organisers]);
  const all = new Map<string, Channel>([
    [channels.announce, { ...ORDINARY, name: 'general' }],
    [channels.random, { ...ORDINARY, name: 'random', hasBot: false }],
    [channels.admin, { ...ORDINARY, name: 'draw-admins', isPrivate: true }],
  ]);
  return {
    channels,
    all,
    async add(name, { isPrivate = false, hasBot = true } = {}) {
      const id = await create(name, isPrivate);
      await invite(api, id, hasBot ? [APP.botUser, ...everyone] : everyone);
      all.set(id, { ...ORDINARY, name, isPrivate, hasBot });
      return id;
    },
    async alter(id, change) {
      const before = all.get(id);
      if (before === undefined) throw new Error(`There is no channel ${id}.`);
      const after = { ...before, ...change };
      // In this order: nobody joins or leaves an archived channel.
      if (before.isArchived && !after.isArchived) await api('conversations.unarchive', { channel: id });
      if (after.hasBot && !before.hasBot) await invite(api, id, [APP.botUser]);
      if (before.hasBot && !after.hasBot) await api('conversations.kick', { channel: id, user: APP.botUser });
      if (after.isArchived && !before.isArchived) await api('conversations.archive', { channel: id });
      all.set(id, after);
    },
    refuse: (path, body) => {
      const channel = all.get(String(body['channel'] ?? ''));
      const error = channel && refusal(channel, path.replace(/^\/api\/|\?.*$/g, ''));
      return error === undefined ? undefined : { ok: false, error };
    },
    amend: ({ path, body, answer }) => {
      const { isReadOnly = false, isThreadOnly = false } = all.get(String(body['channel'] ?? '')) ?? {};
      if (!(isReadOnly || isThreadOnly) || !path.includes('conversations.info') || !isFields(answer)) return undefined;
      const channel = answer['channel'];
      const told = { ...(isReadOnly && { is_read_only: true }), ...(isThreadOnly && { is_thread_only: true }) };
      return isFields(channel) ? { ...answer, channel: { ...channel, ...told } } : undefined;
    },
  };
}

/**
 * What Slack says to a bot that may not: of a private channel that it is not in it tells nothing at all.
 * Source: docs.slack.dev, `chat.postMessage`, `conversations.info` and `conversations.history`, errors.
 */
function refusal({ isPrivate, hasBot, isReadOnly, isThreadOnly }: Channel, method: string): string | undefined {
  if (!/^(?:chat\.|conversations\.(?:info|history)$)/.test(method)) return undefined;
  if (!hasBot && isPrivate) return 'channel_not_found';
  if (!hasBot && method !== 'conversations.info') return 'not_in_channel';
  if (method !== 'chat.postMessage') return undefined;
  if (isReadOnly) return 'restricted_action_read_only_channel';
  return isThreadOnly ? 'restricted_action_thread_only_channel' : undefined;
}

async function invite(api: Api, channel: string, users: readonly string[]): Promise<void> {
  for (let start = 0; start < users.length; start += 100) {
    await api('conversations.invite', { channel, users: users.slice(start, start + 100).join(',') });
  }
}
