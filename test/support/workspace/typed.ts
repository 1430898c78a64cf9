import type { Slack } from './slack.ts';

/** An address, with or without `https://`; what closes a quotation or a sentence is no part of it. */
const ADDRESS = /(?<![\w@./:;&-])(https?:\/\/)?((?:[a-z\d-]+\.)+[a-z]{2,}(?:[/?#](?:(?!&[lg]t;)[^\s"“”„‟«»])*)?)/gi;

/** A channel or a person at the beginning of a word. */
const NAME = /(?<![^\s"“”„‟«»(])([#@])([a-z\d][\w-]*)(?![\w-])/g;

const EVERYBODY = new Set(['here', 'channel', 'everyone']);

/**
 * What Slack sends a command of what was typed after it, where the command has `should_escape: true`: its entities, and in
 * its own form the channels, people and addresses it knows. Source: docs.slack.dev, "Implementing slash commands".
 */
export function sentText(typed: string, { allChannels, users }: Pick<Slack, 'allChannels' | 'users'>): string {
  const channels = new Map([...allChannels].map(([id, { name }]) => [name, id]));
  const people = new Map(Object.entries(users));
  return typed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(ADDRESS, (whole, scheme?: string) => (scheme ? `<${whole}>` : `<http://${whole}|${whole}>`))
    .replace(NAME, (whole, sign: string, name: string) => {
      if (sign === '@' && EVERYBODY.has(name)) return `<!${name}>`;
      const id = (sign === '#' ? channels : people).get(name);
      return id === undefined ? whole : `<${sign}${id}|${name}>`;
    });
}
