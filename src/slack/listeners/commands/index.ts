import type { Middleware, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Log, RequestLog } from '../../../log.ts';
import { note } from '../../blocks/parts.ts';
import type { Message } from '../../blocks/text.ts';
import { LONGEST_COMMAND, tooLongAnswer } from '../../blocks/too-long.ts';
import { COMMAND } from '../../ids.ts';
import { apologise } from '../../problem.ts';
import { logOf } from '../../request-log.ts';
import type { Services } from '../../services.ts';
import { deliver, ephemeral } from '../deliver.ts';
import { dispatch } from './dispatch.ts';
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
    const work = run(services, log, command, later).catch((error: unknown) => [note(apologise(log, error))]);
    await deliver(work, ack, respond, log);
  };
}

async function run(services: Services, log: RequestLog, command: unknown, later: Later): Promise<readonly Message[]> {
  const { user_id: member, channel_id: channel, text, trigger_id: triggerId } = request.parse(command);
  // Before anything is read of it, and not cut.
  if (text.length > LONGEST_COMMAND) return [tooLongAnswer(text.length)];
  return dispatch(services, { log, member, channel, text, triggerId, later });
}
