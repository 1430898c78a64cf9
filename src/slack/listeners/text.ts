const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** What Slack makes of a channel, a person or an address, `<target>` or `<target|label>`. Source: docs.slack.dev, "Formatting text". */
const LINK = /<([#@!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * Reads a text as a person typed it: Slack's own forms of channels, people and addresses become what was typed for them, and
 * its entities are decoded.
 */
export function typedText(text: string): string {
  return decodeEntities(
    text.replace(LINK, (_link, sign: string, target: string, label = '') => {
      const name = label || target;
      // `<!here>`, and `<!subteam^S0123|@team>`.
      const shown = sign === '!' ? '@' : sign;
      return name.startsWith(shown) ? name : shown + name;
    }),
  );
}

/**
 * Decodes what Slack encodes in a command's text. Source: docs.slack.dev, "Escaping text".
 */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}
