import { randomBytes } from 'node:crypto';
import { APP, TEAM } from './emulator.ts';
import { type Fields, isFields } from './json.ts';
import type { Shown } from './messages.ts';
import { buttons } from './read.ts';
import type { Slack } from './slack.ts';
import type { View } from './views.ts';

/** Somebody doing something: who, and what Slack made for the occasion. */
export interface Occasion {
  readonly name: string;
  readonly user: string;
  readonly triggerId: string;
  readonly responseUrl: string;
}

/** The verification token, which Slack still sends and nobody may rely on. */
const TOKEN = 'verification-token';

/** The form of a slash command. */
export function commandPayload(by: Occasion, slack: Slack, channel: string, command: string, text: string): Fields {
  return {
    token: TOKEN,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: channel,
    channel_name: channelName(slack, channel),
    user_id: by.user,
    user_name: by.name,
    command,
    text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: by.responseUrl,
    trigger_id: by.triggerId,
  };
}

/** A button by the words on it: which one of several that have the same, counted from 0. */
export interface Labelled {
  readonly label: string;
  readonly nth: number;
}

/** The payload of a click on a button, under a message that all see or only one person. */
export function clickPayload(by: Occasion, slack: Slack, button: Labelled, where: Shown): Fields {
  const channel = where.channel ?? slack.channels.random;
  const messageTs = where.ts ?? now();
  const isPublic = where.ts !== undefined;
  return {
    ...envelope('block_actions', by),
    container: { type: 'message', message_ts: messageTs, channel_id: channel, is_ephemeral: !isPublic },
    channel: { id: channel, name: channelName(slack, channel) },
    ...(isPublic ? { message: where } : {}),
    state: { values: {} },
    response_url: by.responseUrl,
    actions: [{ ...buttonNamed(button, where), action_ts: now() }],
  };
}

/** The payload of a dialog's submission. */
export function submissionPayload(by: Occasion, view: View, values: Fields, overrides: Fields = {}): Fields {
  return {
    ...envelope('view_submission', by),
    view: {
      app_installed_team_id: TEAM.id,
      external_id: '',
      previous_view_id: null,
      private_metadata: '',
      callback_id: '',
      root_view_id: view.id,
      hash: now(),
      ...view,
      state: { values },
      ...overrides,
    },
    response_urls: [],
  };
}

function envelope(type: string, by: Occasion): Fields {
  return {
    type,
    user: { id: by.user, username: by.name, name: by.name, team_id: TEAM.id },
    team: { id: TEAM.id, domain: TEAM.domain },
    api_app_id: APP.id,
    token: TOKEN,
    trigger_id: by.triggerId,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Finds a button by its words, with the ID of the block it is in, or one made up where the bot gave none. */
function buttonNamed({ label, nth }: Labelled, where: Shown): Fields {
  let before = nth;
  for (const block of where.blocks ?? []) {
    const parts = [block['accessory'], ...(Array.isArray(block['elements']) ? block['elements'] : [])];
    const named = parts.filter(isFields).filter((part) => buttons(part)[0] === label);
    const found = named[before];
    before -= named.length;
    if (!found) continue;
    const { action_id = made(), text, value, style } = found;
    const given = { ...(value === undefined ? {} : { value }), ...(style === undefined ? {} : { style }) };
    return { action_id, block_id: block['block_id'] ?? made(), text, type: 'button', ...given };
  }
  const there = buttons(where).map((each) => `"${each}"`);
  throw new Error(`There is no button "${label}" here. There are: ${there.join(', ') || 'none'}.`);
}

function channelName(slack: Slack, id: string): string {
  const channel = slack.allChannels.get(id);
  return channel === undefined || channel.isPrivate ? 'privategroup' : channel.name;
}

function now(): string {
  return (Date.now() / 1000).toFixed(6);
}

function made(): string {
  return randomBytes(3).toString('hex');
}
