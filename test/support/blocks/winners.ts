import { type Content, desired, type HowDrawn } from '../../../src/announcements/desired.ts';
import { naturalOrder } from '../../../src/draw/prizes.ts';
import type { DrawRecord } from '../../../src/draw/record.ts';
import type { Winner } from '../../../src/draw/types.ts';
import { announcement } from '../../../src/slack/blocks/announcement.ts';
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

/** A draw that is over, of which the winners alone are announced. */
const OVER: DrawRecord = {
  id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11',
  channel: 'C0HOME',
  previous: '',
  phase: 'won',
  createdAt: 0,
  finishedAt: 1,
  number: 1,
  startedBy: '',
  origin: 'bot',
  wasOpen: true,
  isAnnounced: false,
  isOldNews: false,
  prizes: [],
  earlierPrizes: [],
  entrants: 0,
  closesAt: undefined,
  isLastReadable: true,
  commitments: [],
  gaveUp: undefined,
  wins: [],
  provenance: undefined,
  addedLater: 0,
  lastChange: undefined,
  removed: 0,
  cancelReason: '',
  isPickedElsewhere: false,
  isLeft: false,
  changing: undefined,
  revision: 0,
};

/** What the messages about winners say, as the worker puts it into them. */
export function winnersContents(winners: readonly Winner[], how?: HowDrawn): readonly Content[] {
  const record = how ? { ...OVER, provenance: how, addedLater: how.addedLater } : OVER;
  return desired(record, { winners, inTime: how?.inTime ?? null }).map(({ content }) => content);
}

/** The messages about winners, as they are posted. */
export function winnersAnnouncement(winners: readonly Winner[], how?: HowDrawn): readonly Message[] {
  return winnersContents(winners, how).map(announcement);
}
