import type { ChannelMessage, Shown } from '../../workspace/messages.ts';
import type { Slack } from '../../workspace/slack.ts';
import type { Channel, Item, Persona, Screen } from './state.ts';

/** Something that a person wrote, and no command. */
export interface Said {
  readonly name: string;
  readonly channel: string;
  readonly at: number;
  readonly text: string;
}

const BOT = { name: 'prizedraw', avatar: '/avatars/prizedraw.svg', isApp: true } as const;

/** Puts together what one person has on the screen. */
export async function screenOf(
  slack: Slack,
  people: readonly Persona[],
  said: readonly Said[],
  persona: Persona,
): Promise<Screen> {
  const user = slack.users[persona.name] ?? '';
  const seen = [...slack.allChannels]
    .filter(([, { hasBot, isPrivate }]) => hasBot && (persona.isOrganiser || !isPrivate))
    .map(([id, { name, isPrivate }]) => ({ id, name, isPrivate }))
    .toSorted((a, b) => Number(a.isPrivate) - Number(b.isPrivate));
  const author = ({ name }: Said) => {
    const who = people.find((each) => each.name === name);
    return { name: who?.realName ?? name, avatar: who?.avatar ?? '', isApp: false };
  };
  const channels = seen.map(async (channel): Promise<Channel> => {
    const posted = (await slack.messages(channel.id)).filter(({ blocks }) => blocks !== undefined).map(publicItem);
    const whispered = slack.screens
      .of(user)
      .filter((whisper) => whisper.channel === channel.id)
      .map(({ id, at, message }) => item(id, at, message, true));
    const spoken = said
      .filter((each) => each.channel === channel.id)
      .map((each): Item => ({ ...item(`said-${each.at}`, each.at, { text: each.text }, false), author: author(each) }));
    return { ...channel, items: [...posted, ...whispered, ...spoken].toSorted((a, b) => a.at - b.at) };
  });
  const dialog = slack.openViews().findLast((open) => open.user === user)?.view;
  return { channels: await Promise.all(channels), dialog };
}

function publicItem(message: ChannelMessage): Item {
  return item(message.ts, Number(message.ts) * 1000, message, false);
}

function item(key: string, at: number, message: Shown, onlyYou: boolean): Item {
  return { key, at, author: BOT, text: message.text ?? '', blocks: message.blocks ?? [], onlyYou, message };
}
