import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { note } from './blocks/parts.ts';
import { type Message, mrkdwn, words } from './blocks/text.ts';
import { slackErrorOf } from './refusal.ts';

/** Slack's words for a trigger that no longer opens a dialog. Source: docs.slack.dev, `views.open`, errors. */
const TOO_LATE = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged']);

/**
 * Opens a dialog for a person.
 * @param triggerId what Slack sent with the command or the button; it opens one dialog, within 3 seconds
 * @param instead what the person can do where the dialog came too late
 * @returns undefined when it is open, else what to tell the person
 * @throws on every other fault
 */
export async function openDialog(
  client: webApi.WebClient,
  triggerId: string,
  view: ModalView,
  instead: string,
): Promise<Message | undefined> {
  try {
    await client.views.open({ trigger_id: triggerId, view });
    return undefined;
  } catch (error) {
    if (!TOO_LATE.has(slackErrorOf(error) ?? '')) throw error;
    return note(mrkdwn`The dialog could not be opened in time. Try again, or type ${words(instead)}.`);
  }
}
