import type { App } from '@slack/bolt';
import { z } from 'zod';
import { note } from '../../blocks/parts.ts';
import { ACTIONS } from '../../ids.ts';
import { apologise } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { ephemeral } from '../deliver.ts';
import { close } from './close.ts';
import { enter } from './enter.ts';
import { pick } from './pick.ts';
import { start } from './start.ts';
import type { ActionHandler } from './types.ts';

/** What of Slack's request a button needs. Source: docs.slack.dev, "block_actions payload". */
const request = z.object({
  user: z.object({ id: z.string().min(1) }),
  channel: z.object({ id: z.string() }).optional(),
  trigger_id: z.string().default(''),
});

/** Registers the buttons. */
export function registerActions(app: App, services: Services): void {
  register(app, services, ACTIONS.enter, enter);
  register(app, services, ACTIONS.start, start);
  register(app, services, ACTIONS.close, close);
  register(app, services, ACTIONS.pick, pick);
}

/** A button's acknowledgement carries no answer, so it goes out first; answers go to the response address. */
function register(app: App, services: Services, actionId: string, handle: ActionHandler): void {
  app.action(actionId, async ({ body, ack, respond }) => {
    const { log } = services;
    try {
      const acknowledged = ack();
      const { user, channel, trigger_id: triggerId } = request.parse(body);
      log.debug({ action: actionId, member: user.id, channel: channel?.id }, 'A button');
      const answer = await handle(services, { member: user.id, channel: channel?.id ?? '', triggerId }).catch(
        (error: unknown) => ({ message: note(apologise(log, error)), replace: false }),
      );
      await acknowledged.catch((err: unknown) => log.warn({ err }, 'An acknowledgement could not be sent'));
      if (answer) await respond({ ...ephemeral(answer.message), replace_original: answer.replace });
    } catch (err) {
      log.error({ err }, 'An answer to a button could not be delivered');
    }
  });
}
