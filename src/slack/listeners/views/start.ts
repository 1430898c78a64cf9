import { z } from 'zod';
import { parseJson } from '../../../draw/json.ts';
import { BY_HAND, noticeDialog, OFFERED_MINUTES, startDialog } from '../../blocks/dialogs.ts';
import { startText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import { channelProblem, prizesProblem } from '../../blocks/starting.ts';
import { fallback } from '../../blocks/text.ts';
import { FIELDS, VIEWS } from '../../ids.ts';
import { parsePrizeLines } from '../../prizes-syntax.ts';
import type { Services } from '../../services.ts';
import { startDraw } from '../../starting.ts';
import type { View, ViewAnswer, ViewRequest } from './types.ts';

const metadata = z.object({ channel: z.string() });
const duration = z.enum([BY_HAND, ...OFFERED_MINUTES.map(String)]);

/** The dialog that starts a draw. */
export const startView: View = {
  callbackId: VIEWS.start,
  who: 'organisers',
  channelOf,
  async handle(services, request) {
    const by = { log: request.log, member: request.member, channel: channelOf(request) };
    const prizes = parsePrizeLines(request.values[FIELDS.prizes] ?? '');
    const channel = announceIn(request);
    const outcome = await startDraw(services, by, { prizes, seconds: secondsOf(request), channel });
    switch (outcome.kind) {
      case 'prizes':
        return atField(services, request, prizesProblem(outcome.problem));
      case 'channel':
        return atField(services, request, channelProblem(outcome.problem), FIELDS.announceIn);
      // Refused, the form stays, so that the prizes typed in it are not lost.
      case 'refused':
        return atField(services, request, fallback(startText(outcome)));
      default:
        return { kind: 'notice', view: noticeDialog('Start a draw', note(startText(outcome))) };
    }
  },
  failed: atField,
};

function atField({ draws }: Services, request: ViewRequest, text: string, block: string = FIELDS.prizes): ViewAnswer {
  const typed = {
    prizes: request.values[FIELDS.prizes],
    duration: request.values[FIELDS.duration],
    announceIn: announceIn(request) ?? draws.home.channel,
  };
  return { kind: 'field', block, text, retry: startDialog({ from: channelOf(request), typed }, text) };
}

/** The channel the dialog was opened from; empty, so no organisers' channel, when the dialog does not say. */
function channelOf({ privateMetadata }: ViewRequest): string {
  return parseJson(privateMetadata, metadata)?.channel ?? '';
}

function announceIn({ values }: ViewRequest): string | undefined {
  return values[FIELDS.announceIn] || undefined;
}

/** @throws when the value is none that the dialog offers */
function secondsOf({ values }: ViewRequest): number | undefined {
  const value = duration.parse(values[FIELDS.duration] ?? BY_HAND);
  return value === BY_HAND ? undefined : Number(value) * 60;
}
