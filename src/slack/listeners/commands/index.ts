import type { App } from '@slack/bolt';
import { z } from 'zod';
import { note } from '../../blocks/parts.ts';
import type { Message } from '../../blocks/text.ts';
import { LONGEST_COMMAND, tooLongAnswer } from '../../blocks/too-long.ts';
import { type RequestOutcome, secondsSince } from '../../counts.ts';
import { COMMAND } from '../../ids.ts';
import { apologise } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { deliver, ephemeral } from '../deliver.ts';
import { dispatch, type Seen } from './dispatch.ts';
import type { Later } from './types.ts';

/** What of Slack's request the command needs. Source: docs.slack.dev, "Implementing slash commands". */
const request = z.object({
  user_id: z.string().min(1),
  channel_id: z.string().default(''),
  text: z.string().default(''),
  trigger_id: z.string().default(''),
});

/** Registers `/prizedraw`. */
export function registerCommands(app: App, services: Services): void {
  app.command(COMMAND, async ({ command, ack, respond }) => {
    const later: Later = async (message) => void (await respond(ephemeral(message)));
    await deliver(answer(services, command, later), ack, respond, services.log);
  });
}

/** Answers a command, with an apology where it fails, and has it counted. */
async function answer(services: Services, command: unknown, later: Later): Promise<readonly Message[]> {
  const began = performance.now();
  const seen: Seen = { command: 'unknown', outcome: undefined };
  let outcome: RequestOutcome = 'failed';
  try {
    const messages = await run(services, command, later, seen);
    outcome = seen.outcome ?? (messages.length === 0 ? 'dialog_opened' : 'answered');
    return messages;
  } catch (error) {
    return [note(apologise(services.log, error))];
  } finally {
    services.counts.command(seen.command, outcome, secondsSince(began));
  }
}

async function run(services: Services, command: unknown, later: Later, seen: Seen): Promise<readonly Message[]> {
  const { user_id: member, channel_id: channel, text, trigger_id: triggerId } = request.parse(command);
  // Before anything is read of it, and not cut.
  if (text.length > LONGEST_COMMAND) {
    seen.outcome = 'too_long';
    return [tooLongAnswer(text.length)];
  }
  return dispatch(services, { member, channel, text, triggerId, later }, seen);
}
