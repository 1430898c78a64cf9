/** Slack's limits. Source: docs.slack.dev, reference of Block Kit, views and `chat.postMessage`. */
export const LIMITS = {
  /** Blocks in a message. */
  messageBlocks: 50,
  /**
   * Characters of all texts of a message together. Slack states no such limit, but refuses with `msg_blocks_too_long`;
   * people report 9,597 as taken and 11,341 as refused. Source: github.com/slackapi/bolt-js/issues/2867.
   */
  messageText: 9500,
  /** Characters of a message's `text`; Slack cuts off only after 40,000. Source: docs.slack.dev, `chat.postMessage`, "text". */
  text: 4000,
  /** Characters of a header. */
  header: 150,
  /** Characters of a section's text. */
  sectionText: 3000,
  /** Characters of one field of a section. */
  sectionField: 2000,
  /** Characters of an image's alternative text. */
  altText: 2000,
  /** Characters that a plain-text input takes. */
  input: 3000,
  /** Messages that may be sent to one response address, the acknowledgement not counted. */
  responses: 5,
} as const;

/** Our own, shorter ones, where Slack would allow a wall of text. */
export const DISPLAY = {
  /** Characters of a prize in a list. */
  prize: 150,
  /** Characters of a person's name. */
  name: 80,
  /** Names that are named in a sentence; more are counted. */
  names: 3,
  /** Characters of what others wrote within a text of ours. */
  inText: 300,
  /** Characters of a reason that somebody gave. */
  reason: 200,
  /** Characters of a list; the rest of the section's limit is left to Slack's own escaping. */
  list: 2500,
  /** Characters of a list in a message that Slack refused as too long. */
  bareList: 800,
} as const;

/** Widths of names and prizes, in characters, from the one we like to the one that fits in any case. */
export const WIDTHS: readonly number[] = [DISPLAY.prize, 80, 50, 30, 12];
