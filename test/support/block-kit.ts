import { hazards, mrkdwnIn } from './block-kit/literal.ts';
import { problemsOf } from './block-kit/problems.ts';
import { ack, message, view } from './block-kit/surfaces.ts';
import { acrossBlocks, brokenText, missingSubmit, tooMuchText, withoutContent } from './block-kit/whole.ts';
import { isFields } from './workspace/json.ts';

/**
 * Checks a message, as `chat.postMessage`, `chat.update`, a response address or an acknowledgement takes it.
 * @returns every problem in words, each with its place; none when Slack would take the message
 */
export function validateMessage(candidate: unknown): string[] {
  return [
    ...problemsOf(message, candidate),
    ...acrossBlocks(candidate),
    ...withoutContent(candidate),
    ...tooMuchText(candidate),
    ...brokenText(candidate),
  ];
}

/** Checks a view, as `views.open` and an acknowledgement take it. */
export function validateView(candidate: unknown): string[] {
  return [
    ...problemsOf(view, candidate),
    ...acrossBlocks(candidate),
    ...missingSubmit(candidate),
    ...brokenText(candidate),
  ];
}

/**
 * Checks the body of an answer to `view_submission`.
 * Source: https://docs.slack.dev/surfaces/modals (updating views, displaying errors).
 * @param blockIds the input blocks of the view that was submitted; errors can be shown at these only
 */
export function validateAck(body: unknown, blockIds: readonly string[] = []): string[] {
  if (body === undefined || body === '') return [];
  const problems = problemsOf(ack, body);
  if (!isFields(body)) return problems;
  if ('view' in body) problems.push(...validateView(body['view']).map((problem) => `view.${problem}`));
  if (isFields(body['errors'])) {
    const keys = Object.keys(body['errors']);
    if (keys.length === 0) problems.push('errors: is empty');
    for (const key of keys) if (!blockIds.includes(key)) problems.push(`errors.${key}: there is no such input block`);
  }
  return problems;
}

/**
 * Checks that what others wrote is shown as it stands, wherever Slack would read mrkdwn: that it can make no mention,
 * link, quote or formatting. In plain text and in rich text it may stand as it is.
 * @param foreign what others wrote, as they wrote it; a mention in it must not be one that we make ourselves
 */
export function validateLiteral(candidate: unknown, foreign: readonly string[]): string[] {
  return mrkdwnIn(candidate).flatMap((one) =>
    foreign.flatMap((words) => hazards(one, words).map((problem) => `${one.path}: ${problem}`)),
  );
}
