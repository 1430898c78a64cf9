import type { Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../../log.ts';
import { note } from '../../blocks/parts.ts';
import type { Mrkdwn } from '../../blocks/text.ts';
import type { RequestOutcome } from '../../counts.ts';
import { parseRef } from '../../draw-ref.ts';
import { apologise } from '../../problem.ts';
import { logOf } from '../../request-log.ts';
import type { Services } from '../../services.ts';
import type { Later } from '../commands/types.ts';
import { ephemeral } from '../deliver.ts';
import { refusalOf } from '../rights.ts';
import { ALL_ACTIONS } from './table.ts';
import type { Action, ActionAnswer, ActionRequest } from './types.ts';

/** What of Slack's request a button needs. Source: docs.slack.dev, "block_actions payload". */
const payload = z.object({
  user: z.object({ id: z.string().min(1) }),
  channel: z.object({ id: z.string() }).optional(),
  trigger_id: z.string().default(''),
  actions: z.array(z.object({ value: z.string().optional() })).optional(),
});

const byId = new Map(ALL_ACTIONS.map((action) => [action.actionId, action]));

/** Handles the buttons. The acknowledgement carries no answer, so it goes out first; answers go to the response address. */
export function actionListener(services: Services, ofProcess: Log): Middleware<SlackActionMiddlewareArgs> {
  return async ({ action: pressed, body, ack, respond, context }) => {
    const action = 'action_id' in pressed ? byId.get(pressed.action_id) : undefined;
    if (action === undefined || body.type !== 'block_actions') return;
    const log = logOf(ofProcess, context);
    try {
      const acknowledged = ack();
      const later: Later = async (message, replaces) => {
        await respond({ ...ephemeral(message), replace_original: replaces });
      };
      const request = { ...read(services, body), log, later };
      log.debug({ action: action.actionId, member: request.member, channel: request.channel }, 'A button');
      const answer = await run(services, action, request);
      await acknowledged.catch((err: unknown) => log.warn({ err }, 'An acknowledgement could not be sent'));
      for (const [index, message] of (answer?.messages ?? []).entries()) {
        await later(message, answer?.replaces === true && index === 0);
      }
    } catch (err) {
      log.error({ err }, 'An answer to a button could not be delivered');
    }
  };
}

/** Answers a press, with an apology where that fails, and has it counted. */
async function run(services: Services, action: Action, request: ActionRequest): Promise<ActionAnswer | undefined> {
  let outcome: RequestOutcome = 'failed';
  try {
    const refusal = await refusalOf(services, action, request.channel);
    const answer = refusal ? saying(refusal) : await action.handle(services, request);
    outcome = refusal ? 'refused' : answer === undefined ? 'dialog_opened' : 'answered';
    return answer;
  } catch (error) {
    return saying(apologise(request.log, error));
  } finally {
    services.counts.button(action.actionId, outcome);
  }
}

function saying(text: Mrkdwn): ActionAnswer {
  return { messages: [note(text)], replaces: false };
}

function read({ draws }: Services, body: unknown): Omit<ActionRequest, 'log' | 'later'> {
  const { user, channel, trigger_id: triggerId, actions } = payload.parse(body);
  const value = actions?.[0]?.value ?? '';
  return {
    member: user.id,
    channel: channel?.id ?? '',
    draw: parseRef(value) ?? { channel: draws.home.channel, id: undefined },
    value,
    triggerId,
  };
}
