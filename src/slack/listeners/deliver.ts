import type { AckFn, RespondArguments, RespondFn } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { LIMITS } from '../blocks/limits.ts';
import type { Message } from '../blocks/text.ts';
import { LATER, within } from './answer-timeout.ts';

/**
 * Answers a command inside its acknowledgement when the answer is known in time, else at the response address; a second
 * and further message go there in any case. Never throws: an answer that reaches nobody is a matter for the log.
 * @param work the answer; must not reject
 */
export async function deliver(
  work: Promise<readonly Message[]>,
  ack: AckFn<string | RespondArguments>,
  respond: RespondFn,
  log: Log,
): Promise<void> {
  try {
    const known = await within(work);
    const first = known === LATER ? undefined : known[0];
    const acknowledged = await acknowledge(ack, first, log);
    const answers = await work;
    const later = first && acknowledged ? answers.slice(1) : answers;
    for (const message of later.slice(0, LIMITS.responses)) await respond(ephemeral(message));
  } catch (err) {
    log.error({ err }, 'An answer could not be delivered');
  }
}

/** Whether it went out; over a socket that has just closed it does not, and the response address is left. */
async function acknowledge(
  ack: AckFn<string | RespondArguments>,
  message: Message | undefined,
  log: Log,
): Promise<boolean> {
  try {
    await (message ? ack(ephemeral(message)) : ack());
    return true;
  } catch (err) {
    log.warn({ err }, 'An acknowledgement could not be sent');
    return false;
  }
}

/** A message that only the person who asked sees. */
export function ephemeral(message: Message): RespondArguments {
  return { response_type: 'ephemeral', text: message.text, blocks: message.blocks };
}
