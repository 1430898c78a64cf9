import { enterDialog, noticeDialog } from '../../blocks/dialogs.ts';
import { enterAnswer, isAtFault, refusalText } from '../../blocks/entering.ts';
import { fallback } from '../../blocks/text.ts';
import { FIELDS } from '../../ids.ts';
import type { ViewAnswer, ViewHandler, ViewRequest } from './types.ts';

/** The dialog that asks for a GitHub ID. */
export const enterView: ViewHandler = {
  async handle({ enter }, request) {
    const result = await enter(typedIn(request), request.member);
    if (isAtFault(result)) return atField(request, fallback(refusalText(result)));
    const title = result.kind === 'entered' ? 'You are in' : 'Prize draw';
    return { kind: 'notice', view: noticeDialog(title, enterAnswer(result)) };
  },
  failed: atField,
};

function atField(request: ViewRequest, text: string): ViewAnswer {
  const retry = enterDialog(typedIn(request), text);
  return { kind: 'field', block: FIELDS.githubId, text, retry };
}

function typedIn({ values }: ViewRequest): string {
  return values[FIELDS.githubId] ?? '';
}
