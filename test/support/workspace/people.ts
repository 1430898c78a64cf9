import { fillIn } from './inputs.ts';
import { isFields, textAt } from './json.ts';
import { type Shown, shownAs, shownIn } from './messages.ts';
import { clickPayload, commandPayload, type Occasion, submissionPayload } from './payloads.ts';
import type { Post, ResponseAddress } from './responses.ts';
import type { Slack } from './slack.ts';
import type { Ack, Transport } from './transport.ts';
import { sentText } from './typed.ts';
import type { View } from './views.ts';

/** What came of a command or a click. */
export interface Answer {
  readonly ack: Ack;
  /** What the acknowledgement itself shows to the person; undefined where it shows nothing. */
  readonly message: Shown | undefined;
  /** Waits for the next post at the response address, at most 10 s. */
  later(): Promise<Shown>;
  /** Every post at the response address so far. */
  readonly posts: readonly Post[];
}

export interface CommandOptions {
  /** An ID, or one of the names in `slack.channels`; else `#random`. */
  readonly channel?: string;
  readonly command?: string;
  /** Whether the text is sent as Slack sends it (see `sentText`), or as it is; else as Slack does. */
  readonly escape?: boolean;
}

export interface Person {
  readonly name: string;
  readonly id: string;
  /** Types `/prizedraw` and this text. */
  command(text: string, options?: CommandOptions): Promise<Answer>;
  /**
   * Clicks the button with these words under a message; fails, and names those there, where there is none.
   * @param nth which one of several with the same words, from 0
   */
  click(label: string, where: Shown, nth?: number): Promise<Answer>;
  /**
   * Submits a dialog, filled in as `fillIn` says; `overrides` replaces fields of the `view` sent, for forgeries. The
   * dialog then closes, stays with its errors, or shows what the bot answered.
   */
  submit(view: View, values: Readonly<Record<string, string>>, overrides?: Record<string, unknown>): Promise<Ack>;
  /** The dialog before this person, the topmost; undefined where there is none. */
  lastView(): View | undefined;
}

/**
 * A member of the workspace.
 * @param name one of the keys of `slack.users`
 */
export function person(slack: Slack, transport: Transport, name: string): Person {
  const id = slack.users[name];
  if (id === undefined) throw new Error(`Nobody is called "${name}" in the workspace.`);

  const occasion = async (responseUrl: string): Promise<Occasion> => {
    return { name, user: id, triggerId: await slack.triggerId(id), responseUrl };
  };
  return {
    name,
    id,
    async command(text, { channel = 'random', command = '/prizedraw', escape: asSlackDoes = true } = {}) {
      const where = new Map(Object.entries(slack.channels)).get(channel) ?? channel;
      const response = slack.openResponse((post) => slack.screens.take(id, where, post, undefined));
      const typed = asSlackDoes ? sentText(text, slack) : text;
      const payload = commandPayload(await occasion(response.url), slack, where, command, typed);
      const ack = await transport.send('slash_commands', payload);
      const message = shownIn(where, ack.status === 200 ? ack.body : undefined);
      if (message) slack.screens.show(id, where, message);
      return answer(ack, message, where, response);
    },
    async click(label, where, nth = 0) {
      const channel = where.channel ?? slack.channels.random;
      const origin = textAt(where, 'whisper');
      const response = slack.openResponse((post) => slack.screens.take(id, channel, post, origin));
      const payload = clickPayload(await occasion(response.url), slack, { label, nth }, where);
      const ack = await transport.send('interactive', payload);
      return answer(ack, undefined, channel, response);
    },
    async submit(view, values, overrides) {
      const payload = submissionPayload(await occasion(''), view, fillIn(view, values), overrides);
      const ack = await transport.send('interactive', payload);
      if (ack.status === 200) show(slack, view.id, ack.body);
      return ack;
    },
    lastView: () =>
      slack
        .openViews()
        .filter(({ user }) => user === id)
        .at(-1)?.view,
  };
}

function answer(ack: Ack, message: Shown | undefined, channel: string, response: ResponseAddress): Answer {
  const later = async () => shownAs(channel, await response.next());
  return { ack, message, later, posts: response.posts };
}

/** Shows on the screen what the answer to a submission says. */
function show(slack: Slack, id: string, body: unknown): void {
  const action = textAt(body, 'response_action');
  if (action === undefined || action === 'clear') slack.views.shut(id);
  const content = isFields(body) ? body['view'] : undefined;
  if (action === 'update' && isFields(content)) slack.views.change(id, content);
}
