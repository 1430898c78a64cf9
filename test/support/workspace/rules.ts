import { type Fields, textAt } from './json.ts';
import { images } from './read.ts';

/** What Slack takes as a message, and what may be done with one that is there. */
export interface MessageRules {
  /**
   * Characters that the blocks of a message may have as JSON. Slack states no such limit; people report 15,561 as taken and
   * 17,694 as refused, with `msg_blocks_too_long`. Source: github.com/slackapi/node-slack-sdk/issues/2509 and
   * github.com/slackapi/bolt-js/issues/2867.
   */
  readonly blocks: number;
  /** Characters of a message's `text`; more is refused with `msg_too_long`. Source: docs.slack.dev, `chat.update`, errors. */
  readonly text: number;
  /** Addresses of images that Slack cannot fetch: a message that has one is refused with `invalid_blocks`. */
  readonly brokenImages: readonly string[];
  /**
   * Messages in one page of a channel's history at most; 15 for apps that are sold outside of Slack's Marketplace.
   * Source: docs.slack.dev, `conversations.history`, and "Rate limits".
   */
  readonly historyPage: number;
  /** The error that each change of a message gets, such as `edit_window_closed`. Source: docs.slack.dev, `chat.update`, errors. */
  readonly noChange: string | undefined;
  /** The error that each deletion of a message gets, such as `cant_delete_message`. Source: docs.slack.dev, `chat.delete`, errors. */
  readonly noDeletion: string | undefined;
}

const USUAL: MessageRules = {
  blocks: 15_561,
  text: 40_000,
  brokenImages: [],
  historyPage: 999,
  noChange: undefined,
  noDeletion: undefined,
};

/** The rules that are in force, and what Slack says where a call breaks one. */
export function messageRules() {
  let rules = USUAL;
  return {
    /** Changes some of them; all others are as usual. */
    set(change: Partial<MessageRules>): void {
      rules = { ...USUAL, ...change };
    },
    mostInPage: () => rules.historyPage,
    /** The answer in place of the emulator's. */
    refuse(path: string, body: Fields): Fields | undefined {
      const error = errorOf(rules, path.replace(/^\/api\/|\?.*$/g, ''), body);
      return error === undefined ? undefined : { ok: false, error };
    },
  };
}

function errorOf(rules: MessageRules, method: string, body: Fields): string | undefined {
  if (method === 'chat.delete') return rules.noDeletion;
  if (method !== 'chat.postMessage' && method !== 'chat.update') return undefined;
  if (method === 'chat.update' && rules.noChange !== undefined) return rules.noChange;
  if ((textAt(body, 'text') ?? '').length > rules.text) return 'msg_too_long';
  if (JSON.stringify(body['blocks'] ?? []).length > rules.blocks) return 'msg_blocks_too_long';
  return images(body).some(({ image_url }) => rules.brokenImages.includes(image_url)) ? 'invalid_blocks' : undefined;
}
