import { chooseAnswer, inDraw } from '../../blocks/choosing.ts';
import { enterDialog } from '../../blocks/dialogs.ts';
import { enterAnswer } from '../../blocks/entering.ts';
import { literalNote } from '../../blocks/parts.ts';
import type { Message } from '../../blocks/text.ts';
import { openDialog } from '../../dialog.ts';
import type { DrawRef } from '../../draw-ref.ts';
import { enterMeant, meantToEnter } from '../../entering.ts';
import { readAskedIn } from '../../in-channel.ts';
import type { Services } from '../../services.ts';
import { whereAsked } from '../../where-asked.ts';
import type { CommandHandler } from './types.ts';

/** What a button does that enters one of several draws. */
export const ENTER_CHOICE = { name: 'enter', label: 'Enter the draw' };

/** Enters the draw that is meant; without an ID, opens the dialog that asks for it. */
export const enter: CommandHandler = async (services, request) => {
  const asked = readAskedIn(request.rest);
  if (asked.problem !== undefined) return [literalNote(asked.problem)];
  const { rest, named } = asked;
  if (rest === '') return openEnterDialog(services, request, named);
  const entered = await enterMeant(services, rest, { ...request, named });
  if ('kind' in entered) return [chooseAnswer(entered.entries, ENTER_CHOICE, rest, services.now())];
  const answer = enterAnswer(entered.result, entered.channel);
  return [inDraw(answer, entered.channel, whereAsked(services, request.channel))];
};

async function openEnterDialog(
  services: Services,
  { channel, triggerId }: { readonly channel: string; readonly triggerId: string },
  named: string | undefined,
): Promise<readonly Message[]> {
  const meant = await meantToEnter(services, channel, named, true);
  if (meant.kind === 'several') return [chooseAnswer(meant.entries, ENTER_CHOICE, '', services.now())];
  const draw = await current(services, meant.draw);
  const late = await openDialog(services.client, triggerId, enterDialog(draw), '/prizedraw enter your-github-id');
  return late ? [late] : [];
}

/** The draw that is on in a channel, by its ID: the dialog belongs to it and no other. */
async function current({ draws }: Services, { channel }: DrawRef): Promise<DrawRef> {
  const { drawId } = await draws.in(channel).status();
  return { channel, id: drawId === '' ? undefined : drawId };
}
