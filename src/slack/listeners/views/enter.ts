import { enterDialog, noticeDialog } from '../../blocks/dialogs.ts';
import { enterAnswer, isAtFault, refusalText } from '../../blocks/entering.ts';
import { fallback } from '../../blocks/text.ts';
import { type DrawRef, parseRef } from '../../draw-ref.ts';
import { enterDraw } from '../../entering.ts';
import { FIELDS, VIEWS } from '../../ids.ts';
import type { Services } from '../../services.ts';
import type { View, ViewAnswer, ViewRequest } from './types.ts';

/** The dialog that asks for a GitHub ID. */
export const enterView: View = {
  callbackId: VIEWS.enter,
  who: 'anyone',
  channelOf: () => '',
  async handle(services, request) {
    const result = await enterDraw(services, drawIn(services, request), typedIn(request), request);
    if (isAtFault(result)) return atField(services, request, fallback(refusalText(result)));
    const title = result.kind === 'entered' ? 'You are in' : 'Prize draw';
    return { kind: 'notice', view: noticeDialog(title, enterAnswer(result)) };
  },
  failed: atField,
};

function atField(services: Services, request: ViewRequest, text: string): ViewAnswer {
  const retry = enterDialog(drawIn(services, request), typedIn(request), text);
  return { kind: 'field', block: FIELDS.githubId, text, retry };
}

/** The draw that the dialog was shown for; dialogs of older releases say none, and were for the home channel's. */
function drawIn({ draws }: Services, { privateMetadata }: ViewRequest): DrawRef {
  return parseRef(privateMetadata) ?? { channel: draws.home.channel, id: undefined };
}

function typedIn({ values }: ViewRequest): string {
  return values[FIELDS.githubId] ?? '';
}
