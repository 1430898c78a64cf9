import { z } from 'zod';
import { parsePrizes } from '../../../draw/prizes.ts';
import { BY_HAND, noticeDialog, OFFERED_MINUTES, startDialog } from '../../blocks/dialogs.ts';
import { startText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import { prizesProblem } from '../../blocks/starting.ts';
import { fallback } from '../../blocks/text.ts';
import { FIELDS } from '../../ids.ts';
import type { ViewAnswer, ViewHandler, ViewRequest } from './types.ts';

const metadata = z.object({ channel: z.string() });
const duration = z.enum([BY_HAND, ...OFFERED_MINUTES.map(String)]);

/** The dialog that starts a draw. */
export const startView: ViewHandler = {
  async handle({ organiser }, request) {
    const prizes = parsePrizes((request.values[FIELDS.prizes] ?? '').split('\n'));
    if (prizes.kind !== 'ok') return atField(request, prizesProblem(prizes));
    const outcome = await organiser.start(
      { member: request.member, channel: channelOf(request) },
      prizes.prizes,
      secondsOf(request),
    );
    // Refused, the form stays, so that the prizes typed in it are not lost.
    if (outcome.kind === 'refused') return atField(request, fallback(startText(outcome)));
    return { kind: 'notice', view: noticeDialog('Start a draw', note(startText(outcome))) };
  },
  failed: atField,
};

function atField(request: ViewRequest, text: string): ViewAnswer {
  const typed = { prizes: request.values[FIELDS.prizes], duration: request.values[FIELDS.duration] };
  return {
    kind: 'field',
    block: FIELDS.prizes,
    text,
    retry: startDialog(channelOf(request), typed, text),
  };
}

/** The channel the dialog was opened from; empty, so no organisers' channel, when the dialog does not say. */
function channelOf({ privateMetadata }: ViewRequest): string {
  try {
    return metadata.parse(JSON.parse(privateMetadata)).channel;
  } catch {
    return '';
  }
}

/** @throws when the value is none that the dialog offers */
function secondsOf({ values }: ViewRequest): number | undefined {
  const value = duration.parse(values[FIELDS.duration] ?? BY_HAND);
  return value === BY_HAND ? undefined : Number(value) * 60;
}
