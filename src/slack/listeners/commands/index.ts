import type { Middleware, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Log, RequestLog } from '../../../log.ts';
import { note } from '../../blocks/parts.ts';
import type { Message } from '../../blocks/text.ts';
import { LONGEST_COMMAND, tooLongAnswer } from '../../blocks/too-long.ts';
import { type RequestOutcome, secondsSince } from '../../counts.ts';
import { COMMAND } from '../../ids.ts';
import { apologise } from '../../problem.ts';
import { logOf } from '../../request-log.ts';
import type { Services } from '../../services.ts';
import { deliver, ephemeral } from '../deliver.ts';
import { dispatch, type Seen, type Typed } from './dispatch.ts';
import type { Later } from './types.ts';

/** What of Slack's request the command needs. Source: docs.slack.dev, "Implementing slash commands". */
const request = z.object({
  user_id: z.string().min(1),
  channel_id: z.string().default(''),
  text: z.string().default(''),
  trigger_id: z.string().default(''),
});

/** Handles `/prizedraw`. */
export function commandListener(services: Services, ofProcess: Log): Middleware<SlackCommandMiddlewareArgs> {
  return async ({ command, ack, respond, context }) => {
    if (command.command !== COMMAND) return;
    const log = logOf(ofProcess, context);
    const later: Later = async (message) => void (await respond(ephemeral(message)));
    await deliver(answer(services, log, command, later), ack, respond, log);
  };
}

/** Answers a command, with an apology where it fails, and has it counted. */
async function answer(
  services: Services,
  log: RequestLog,
  command: unknown,
  later: Later,
): Promise<readonly Message[]> {
  const began = performance.now();
  const seen: Seen = { command: 'unknown', outcome: undefined };
  let outcome: RequestOutcome = 'failed';
  try {
    const { user_id: member, channel_id: channel, text, trigger_id: triggerId } = request.parse(command);
    const messages = await run(services, { log, member, channel, text, triggerId, later }, seen);
    outcome = seen.outcome ?? (messages.length === 0 ? 'dialog_opened' : 'answered');
    return messages;
  } catch (error) {
    return [note(apologise(log, error))];
  } finally {
    services.counts.command(seen.command, outcome, secondsSince(began));
  }
}

async function run(services: Services, typed: Typed, seen: Seen): Promise<readonly Message[]> {
  // Before anything is read of it, and not cut.
  if (typed.text.length > LONGEST_COMMAND) {
    seen.outcome = 'too_long';
    return [tooLongAnswer(typed.text.length)];
  }
  return dispatch(services, typed, seen);
}
