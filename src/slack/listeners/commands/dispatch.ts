import type { Draw } from '../../../draw/index.ts';
import type { DrawEntry } from '../../../draw/registry.ts';
import { type AppliesTo, which } from '../../../draw/which.ts';
import { chooseAnswer, inDraw } from '../../blocks/choosing.ts';
import { LIMITS } from '../../blocks/limits.ts';
import { overText } from '../../blocks/organising.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import type { Message } from '../../blocks/text.ts';
import type { RequestOutcome } from '../../counts.ts';
import { drawOf, isReplaced, parseRef } from '../../draw-ref.ts';
import { parseInChannel, readAskedIn } from '../../in-channel.ts';
import type { Services } from '../../services.ts';
import { whereAsked } from '../../where-asked.ts';
import { refusalOf } from '../rights.ts';
import { decodeEntities } from '../text.ts';
import { help } from './help.ts';
import { SUBCOMMANDS } from './table.ts';
import type { CommandRequest, DrawSubcommand } from './types.ts';

/** A text that was typed after `/prizedraw`, and where. */
export interface Typed extends Pick<CommandRequest, 'log' | 'member' | 'channel' | 'triggerId' | 'later'> {
  readonly text: string;
}

/** What is seen of a command on the way to its answer, for whoever counts it. */
export interface Seen {
  /** A name in the table. */
  command: string;
  /** Where it comes to no answer of its own. */
  outcome: RequestOutcome | undefined;
}

/**
 * Runs a subcommand, if the person may in this channel, on the draw that is meant.
 * @param seen takes note of what was typed
 */
export async function dispatch(services: Services, { text, ...by }: Typed, seen: Seen): Promise<readonly Message[]> {
  const [, word = '', typed = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  // `/prizedraw in #channel`: the status of the draw there.
  const isStatus = word === '' || (word.toLowerCase() === 'in' && parseInChannel(text).kind !== 'none');
  const name = isStatus ? 'status' : decodeEntities(word).toLowerCase();
  by.log.debug({ command: name, member: by.member, channel: by.channel }, 'A command');
  const subcommand = SUBCOMMANDS.find((candidate) => candidate.name === name);
  if (subcommand === undefined) return help(SUBCOMMANDS, services, by.channel, decodeEntities(word));
  seen.command = subcommand.name;
  const refusal = await refusalOf(services, subcommand, by.channel);
  if (refusal) {
    seen.outcome = 'refused';
    return [note(refusal)];
  }
  if (!('on' in subcommand)) return subcommand.handle(services, { ...by, rest: typed, named: undefined });
  const asked = readAskedIn(isStatus ? text : typed);
  if (asked.problem !== undefined) return [literalNote(asked.problem)];
  return onDraw(services, subcommand, { ...by, rest: asked.rest, named: asked.named });
}

/** Runs a subcommand on the draw that is meant; where several can be, lists them, each with a button that does it. */
async function onDraw(
  services: Services,
  subcommand: DrawSubcommand,
  request: CommandRequest,
): Promise<readonly Message[]> {
  const { draws, directory, now } = services;
  const { entries } = await directory.read();
  const { channel: typedIn, named } = request;
  const asked = { typedIn, named, home: draws.home.channel, now: now().getTime() };
  const meant = which(entries, subcommand.on, asked);
  if (meant.kind === 'one') return runOn(services, subcommand, request, draws.in(meant.channel));
  const able = await lookedAt(services, subcommand.on, meant.entries, request.member);
  const [only, ...others] = able;
  if (others.length === 0) return runOn(services, subcommand, request, only ? draws.in(only.channel) : draws.home);
  return [chooseAnswer(able, subcommand, request.rest, now())];
}

/** Of several draws that a step may apply to, by the registry, those that it does. */
async function lookedAt(
  { draws }: Services,
  on: AppliesTo,
  entries: readonly DrawEntry[],
  member: string,
): Promise<readonly DrawEntry[]> {
  const those = async (isAble: (draw: Draw) => Promise<boolean>): Promise<readonly DrawEntry[]> => {
    const able = await Promise.all(entries.map(({ channel }) => isAble(draws.in(channel))));
    return entries.filter((_, index) => able[index]);
  };
  // Anybody may type this: with more than can be listed, nothing is read of each.
  if (entries.length > LIMITS.messageBlocks) return entries;
  // Those commands are about the last pick.
  if (on === 'any') return those(async (draw) => (await draw.lastProof()) !== undefined);
  if (on !== 'pickable' && on !== 'entered') return entries;
  const entered = await those(async (draw) => {
    const { entrants, entered } = await draw.status(member);
    return on === 'entered' ? entered.length > 0 : entrants > 0;
  });
  return entered.length === 0 ? entries : entered;
}

async function runOn(
  services: Services,
  subcommand: DrawSubcommand,
  request: CommandRequest,
  draw: Draw,
): Promise<readonly Message[]> {
  const answers = await subcommand.handleDraw(services, request, draw);
  return answers.map((answer) => inDraw(answer, draw.channel, whereAsked(services, request.channel)));
}

/**
 * Runs what a button of such a list asks for.
 * @returns undefined where the button is none of ours
 */
export async function dispatchChoice(
  services: Services,
  value: string,
  by: Omit<Typed, 'text'>,
): Promise<readonly Message[] | undefined> {
  const [name = '', channel = '', id = '', ...rest] = value.split(' ');
  const subcommand = SUBCOMMANDS.find((candidate) => candidate.name === name);
  const ref = parseRef(`${channel} ${id}`);
  if (subcommand === undefined || !('on' in subcommand) || ref === undefined) return undefined;
  const refusal = await refusalOf(services, subcommand, by.channel);
  if (refusal) return [note(refusal)];
  // Steps look for themselves; answers that change nothing are not to be another draw's.
  if (isReplaced(await services.directory.read(), ref)) return [note(overText())];
  const request = { ...by, rest: rest.join(' '), named: ref.channel };
  return runOn(services, subcommand, request, drawOf(services.draws, ref));
}
