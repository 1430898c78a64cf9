import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Channels, type Directory, readMembers, setUpChannels } from './channels.ts';
import { startEmulator } from './emulator.ts';
import type { Fields } from './json.ts';
import { type ChannelMessage, readMessages } from './messages.ts';
import { metadata } from './metadata.ts';
import { type RecordingProxy, startProxy } from './proxy.ts';
import { type Post, type ResponseAddress, startResponses } from './responses.ts';
import { type MessageRules, messageRules } from './rules.ts';
import { type Screens, screens } from './screens.ts';
import { type OpenView, type Views, views } from './views.ts';

/** A Slack workspace on this machine. */
export interface Slack {
  /** The Web API behind the proxy, with a slash at the end. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly channels: Channels;
  /** Every channel by its ID: those, and the further ones. */
  readonly allChannels: Directory['all'];
  /** Makes a further channel with everybody in it, and with the bot unless told otherwise; returns its ID. */
  readonly addChannel: Directory['add'];
  /** Has the bot join or leave a channel, or archives it, or makes it read-only. */
  readonly alterChannel: Directory['alter'];
  /** Says what Slack takes as a message from now on, and what may be done with one that is there. */
  setMessageRules(rules: Partial<MessageRules>): void;
  /** Name to ID: the members, `admin`, and the bot `prizedraw`. */
  readonly users: Readonly<Record<string, string>>;
  readonly proxy: RecordingProxy;
  /** A fresh trigger for a person, by name or ID; Slack takes it once, within 3 s. */
  triggerId(user: string): Promise<string>;
  /** All messages of a channel, newest last. Does not pass the proxy. */
  messages(channel: string): Promise<ChannelMessage[]>;
  /** Deletes a message of the bot's. Does not pass the proxy. */
  deleteMessage(channel: string, ts: string): Promise<void>;
  /** The dialogs on people's screens, in the order they were opened. */
  openViews(): OpenView[];
  /** What the answers to submissions did to the dialogs. */
  readonly views: Pick<Views, 'change' | 'shut'>;
  /** What people have on their screens beyond the channels' messages. */
  readonly screens: Screens;
  /**
   * Watches for anything new on anybody's screen: messages, dialogs, answers.
   * @returns a function that ends it
   */
  watch(changed: () => void): () => void;
  /** A fresh `response_url`; `taken` is told of each post there. */
  openResponse(taken?: (body: Fields) => void): ResponseAddress;
  /** What came to a `response_url`, oldest first. */
  responses(url: string): readonly Post[];
  close(): Promise<void>;
}

interface Options {
  /** What the bot token may do: these scopes and no others. */
  readonly scopes: readonly string[];
  /** The members' names. */
  readonly users?: readonly string[];
  /** Those of them who are in the private channel. */
  readonly organisers?: readonly string[];
}

const PEOPLE = ['olivia', 'ada', 'grace', 'linus', 'margaret', 'dennis'];

const trigger = z.object({ trigger_id: z.string() });

/** Starts a workspace: the emulator behind a proxy that records and breaks things, and the response addresses. */
export async function startSlack({ scopes, users = PEOPLE, organisers = ['olivia'] }: Options): Promise<Slack> {
  const emulator = await startEmulator(scopes, [...new Set([...users, ...organisers])]);
  const members = await readMembers(emulator.api);
  const idOf = (user: string) => members[user] ?? user;
  const people = [...new Set([...users, ...organisers])].map(idOf);
  const directory = await setUpChannels(emulator.api, people, organisers.map(idOf));

  const appToken = `xapp-1-${randomBytes(12).toString('hex')}`;
  const triggers = new Map<string, string>();
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  const dialogs = views(changed);
  const rules = messageRules();
  const attached = metadata((channel) => readMessages(emulator.api, channel), rules.mostInPage);
  const known = new Set([emulator.botToken, appToken].map((token) => `Bearer ${token}`));
  const proxy = await startProxy(emulator.url, {
    amend: async (call) => (await attached.amend(call)) ?? directory.amend(call),
    answered: (call) => {
      attached.take(call);
      dialogs.take(call, (id) => triggers.get(id));
      if (/\/chat\./.test(call.path)) changed();
    },
    refuse: (path, { authorization }, body) =>
      known.has(authorization ?? '')
        ? (directory.refuse(path, body) ?? rules.refuse(path, body))
        : { ok: false, error: authorization ? 'invalid_auth' : 'not_authed' },
  });
  const responses = await startResponses();

  return {
    apiUrl: `${proxy.url}/api/`,
    botToken: emulator.botToken,
    appToken,
    signingSecret: randomBytes(16).toString('hex'),
    channels: directory.channels,
    allChannels: directory.all,
    addChannel: directory.add,
    alterChannel: directory.alter,
    setMessageRules: rules.set,
    users: members,
    proxy,
    triggerId: async (user) => {
      const { trigger_id: id } = trigger.parse(await emulator.api('views.generateTriggerId', { user_id: idOf(user) }));
      triggers.set(id, idOf(user));
      return id;
    },
    messages: (channel) => readMessages(emulator.api, channel),
    deleteMessage: async (channel, ts) => {
      await emulator.api('chat.delete', { channel, ts }, emulator.botToken);
      changed();
    },
    openViews: dialogs.open,
    views: dialogs,
    screens: screens(changed),
    watch: (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    openResponse: responses.open,
    responses: responses.at,
    close: async () => {
      await Promise.all([proxy.close(), responses.close()]);
      await emulator.close();
    },
  };
}
