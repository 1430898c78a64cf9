import { naturalOrder } from '../../../src/draw/prizes.ts';
import type { Winner } from '../../../src/draw/types.ts';
import type { Message } from '../../../src/slack/blocks/text.ts';
import { images } from '../workspace/read.ts';

/** As many of a thing. */
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Winners with ordinary names; the prizes in natural order. */
export function ordinary(count: number): Winner[] {
  return times(count, (index) => ({
    prize: `Sticker ${count - index}`,
    login: `member-${index}`,
    name: `Margaret Hamilton ${index}`,
    image: `https://avatars.githubusercontent.com/u/${index}?v=4`,
    member: index % 2 === 0 ? `U0123456${index}` : undefined,
  })).toSorted((a, b) => naturalOrder(a.prize, b.prize));
}

/** Winners with the longest names that GitHub and Slack give. */
export const widest = (count: number, prize: string): Winner[] =>
  times(count, (index) => ({
    prize: `${prize}${index}`,
    login: `${index}`.padStart(39, 'a'),
    name: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(4),
    image: `https://avatars.example/${index}`,
    member: 'U0123456789A',
  }));

/** The avatars in messages, in order. */
export const pictures = (messages: readonly Message[]): string[] =>
  messages.flatMap(images).map(({ image_url }) => image_url);

/** The avatars of winners, in order. */
export const all = (winners: readonly Winner[]): string[] => winners.map(({ image }) => image);
