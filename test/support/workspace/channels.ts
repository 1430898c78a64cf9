import { z } from 'zod';
import { APP, type Api } from './emulator.ts';

export interface Channels {
  /** `#general`, public: draws and winners are posted there. */
  readonly announce: string;
  /** `#draw-admins`, private. */
  readonly admin: string;
  /** `#random`, public. */
  readonly random: string;
}

const list = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });
const created = z.object({ channel: z.object({ id: z.string() }) });
const members = z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Reads who is in the workspace: name to ID, bots too. */
export async function readMembers(api: Api): Promise<Record<string, string>> {
  const answer = members.parse(await api('users.list', { limit: '1000' }));
  return Object.fromEntries(answer.members.map(({ id, name }) => [name, id]));
}

/**
 * Puts everybody and the bot into the public channels, and makes the private one with the organisers and the bot.
 * @param everyone IDs of all people
 * @param organisers IDs of those in the private channel
 */
export async function setUpChannels(
  api: Api,
  everyone: readonly string[],
  organisers: readonly string[],
): Promise<Channels> {
  const { channels } = list.parse(await api('conversations.list'));
  const named = (name: string) => channels.find((channel) => channel.name === name)?.id ?? '';
  const { channel } = created.parse(await api('conversations.create', { name: 'draw-admins', is_private: 'true' }));
  const ids: Channels = { announce: named('general'), random: named('random'), admin: channel.id };
  await invite(api, ids.announce, [APP.botUser, ...everyone]);
  await invite(api, ids.random, everyone);
  await invite(api, ids.admin, [APP.botUser, ...organisers]);
  return ids;
}

async function invite(api: Api, channel: string, users: readonly string[]): Promise<void> {
  for (let start = 0; start < users.length; start += 100) {
    await api('conversations.invite', { channel, users: users.slice(start, start + 100).join(',') });
  }
}
