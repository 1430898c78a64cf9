import { NEWER } from '../process/newer.ts';
import { isFields } from '../workspace/json.ts';
import { type FaultFixture, insist } from './fixture.ts';

/** Why the bot is not done yet with a channel's draw, as it says itself in Redis; undefined: it is, and doubts nothing. */
export async function whatIsLeft({ redis, keys }: FaultFixture, channel: string): Promise<string | undefined> {
  const [id = '', phase = 'none'] = ((await insist(() => redis.hget(keys.draws, channel))) ?? '').split(' ');
  if (phase !== 'won') return `its draw is ${phase}`;
  const { sweep, ...messages } = await insist(() => redis.hgetall(keys.draw(id).messages));
  if (sweep !== undefined) return 'it looks for messages that are there twice';
  // What only the newer version knows, this one cannot tell.
  const left = Object.entries(messages).find(([part, json]) => part !== NEWER.part && !isDelivered(JSON.parse(json)));
  return left && `"${left[0]}" is not delivered`;
}

function isDelivered(state: unknown): boolean {
  return isFields(state) && state['pendingSince'] === undefined && state['ts'] !== undefined && state['digest'] !== '';
}
