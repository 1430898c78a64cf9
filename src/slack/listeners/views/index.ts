import type { AckFn, App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { noticeDialog } from '../../blocks/dialogs.ts';
import { note } from '../../blocks/parts.ts';
import { fallback, mrkdwn } from '../../blocks/text.ts';
import { FIELD_VALUE, VIEWS } from '../../ids.ts';
import { apologise } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { LATER, within } from '../patience.ts';
import { enterView } from './enter.ts';
import { startView } from './start.ts';
import type { ViewAnswer, ViewHandler, ViewRequest } from './types.ts';

const field = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
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

/** Registers the dialogs. */
export function registerViews(app: App, services: Services): void {
  register(app, services, VIEWS.enter, enterView);
  register(app, services, VIEWS.start, startView);
}

function register(app: App, services: Services, callbackId: string, handler: ViewHandler): void {
  app.view<ViewSubmitAction>({ callback_id: callbackId, type: 'view_submission' }, async ({ body, ack }) => {
    try {
      const { id, request } = read(body);
      services.log.debug({ view: callbackId, member: request.member }, 'A dialog');
      const work = handler
        .handle(services, request)
        .catch((error: unknown) => handler.failed(request, fallback(apologise(services.log, error))));
      await answer(work, id, ack, services);
    } catch (err) {
      services.log.error({ err }, 'An answer to a dialog could not be delivered');
    }
  });
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

function read(body: unknown): { readonly id: string; readonly request: ViewRequest } {
  const { user, view } = submission.parse(body);
  const values = Object.entries(view.state.values).map(([block, elements]) => {
    const { value, selected_option } = elements[FIELD_VALUE] ?? {};
    return [block, value ?? selected_option?.value ?? ''] as const;
  });
  return {
    id: view.id,
    request: { member: user.id, values: Object.fromEntries(values), privateMetadata: view.private_metadata },
  };
}
