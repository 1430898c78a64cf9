import type { AckFn, Middleware, SlackViewMiddlewareArgs, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Log } from '../../../log.ts';
import { noticeDialog } from '../../blocks/dialogs.ts';
import { note } from '../../blocks/parts.ts';
import { fallback, type Mrkdwn, mrkdwn } from '../../blocks/text.ts';
import type { RequestOutcome } from '../../counts.ts';
import { FIELD_VALUE } from '../../ids.ts';
import { apologise } from '../../problem.ts';
import { logOf } from '../../request-log.ts';
import type { Services } from '../../services.ts';
import { LATER, within } from '../answer-timeout.ts';
import { refusalOf } from '../rights.ts';
import { ALL_VIEWS } from './table.ts';
import type { View, ViewAnswer, ViewRequest } from './types.ts';

const field = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
});

/** What of Slack's request a dialog needs. Source: docs.slack.dev, "view_submission payload". */
const submission = z.object({
  user: z.object({ id: z.string().min(1) }),
  view: z.object({
    id: z.string(),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), field)) }),
  }),
});

const byId = new Map(ALL_VIEWS.map((view) => [view.callbackId, view]));

/** Handles the dialogs. */
export function viewListener(
  services: Services,
  ofProcess: Log,
): Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>> {
  return async ({ view: filledIn, body, ack, context }) => {
    const view = byId.get(filledIn.callback_id);
    if (view === undefined) return;
    const log = logOf(ofProcess, context);
    try {
      const { id, submitted } = read(body);
      const request = { ...submitted, log };
      log.debug({ view: view.callbackId, member: request.member }, 'A dialog');
      await answer(run(services, view, request), id, ack, services);
    } catch (err) {
      log.error({ err }, 'An answer to a dialog could not be delivered');
    }
  };
}

/** Answers a dialog, with an apology where that fails, and has it counted. */
async function run(services: Services, view: View, request: ViewRequest): Promise<ViewAnswer> {
  let outcome: RequestOutcome = 'failed';
  try {
    const refusal = await refusalOf(services, view, view.channelOf(request));
    const answer = refusal ? notice(refusal) : await view.handle(services, request);
    outcome = refusal ? 'refused' : 'answered';
    return answer;
  } catch (error) {
    return view.failed(services, request, fallback(apologise(request.log, error)));
  } finally {
    services.counts.dialog(view.callbackId, outcome);
  }
}

function notice(text: Mrkdwn): ViewAnswer {
  return { kind: 'notice', view: noticeDialog('Prize draw', note(text)) };
}

/** Answers inside the acknowledgement when the answer is known in time, else changes the dialog later. */
async function answer(
  work: Promise<ViewAnswer>,
  viewId: string,
  ack: AckFn<ViewResponseAction>,
  { client }: Services,
): Promise<void> {
  const known = await within(work);
  if (known !== LATER) {
    await ack(
      known.kind === 'field'
        ? { response_action: 'errors', errors: { [known.block]: known.text } }
        : { response_action: 'update', view: known.view },
    );
    return;
  }
  await ack({ response_action: 'update', view: waiting });
  const later = await work;
  await client.views.update({ view_id: viewId, view: later.kind === 'field' ? later.retry : later.view });
}

const waiting: ModalView = noticeDialog(
  'Prize draw',
  note(mrkdwn`⏳ This takes a little longer than usual. The answer will appear here.`),
);

function read(body: unknown): { readonly id: string; readonly submitted: Omit<ViewRequest, 'log'> } {
  const { user, view } = submission.parse(body);
  const values = Object.entries(view.state.values).map(([block, elements]) => {
    const { value, selected_option, selected_conversation } = elements[FIELD_VALUE] ?? {};
    return [block, value ?? selected_option?.value ?? selected_conversation ?? ''] as const;
  });
  return {
    id: view.id,
    submitted: { member: user.id, values: Object.fromEntries(values), privateMetadata: view.private_metadata },
  };
}
