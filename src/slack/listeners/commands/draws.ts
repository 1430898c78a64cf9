import { isOver } from '../../../draw/record.ts';
import { drawsAnswer } from '../../blocks/draws.ts';
import { LIMITS } from '../../blocks/limits.ts';
import type { CommandHandler } from './types.ts';

/** Every draw that is open, or closed and not yet picked. */
export const draws: CommandHandler = async ({ draws, directory, now }) => {
  const { entries } = await directory.read();
  const on = entries.filter(({ phase }) => !isOver(phase)).map(({ channel }) => channel);
  // What another program does is known of the home channel only when it has been looked at.
  const channels = [...new Set([draws.home.channel, ...on])];
  const seen = channels.slice(0, LIMITS.messageBlocks);
  const all = await Promise.all(seen.map(async (channel) => ({ channel, status: await draws.in(channel).status() })));
  const those = all.filter(({ status }) => status.state !== 'NO_DRAW' && status.state !== 'DRAW_WON');
  return [drawsAnswer(those, channels.length - seen.length, now())];
};
