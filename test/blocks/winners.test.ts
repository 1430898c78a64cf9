import { describe, expect, it } from 'vitest';
import type { HowDrawn } from '../../src/announcements/desired.ts';
import { winnersMessage } from '../../src/slack/blocks/winners.ts';
import { validateMessage } from '../support/block-kit.ts';
import { readable, textLength } from '../support/blocks/readable.ts';
import { all, ordinary, pictures, times, widest, winnersAnnouncement } from '../support/blocks/winners.ts';
import { images } from '../support/workspace/read.ts';

const DRAWN: HowDrawn = {
  by: 'local',
  isFallback: true,
  round: null,
  entrants: 90,
  digest: '0bc450ed961a461c',
  pick: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11',
  inTime: null,
  addedLater: 0,
};

const pagesOf = (count: number): string[] => winnersAnnouncement(ordinary(count)).map((message) => readable(message));

describe('the announcement of the winners', () => {
  it.each([
    [1, [1]],
    [19, [19]],
    [20, [20]],
    [21, [20, 1]],
    [40, [20, 20]],
    [41, [20, 20, 1]],
    [120, times(6, () => 20)],
    [500, times(25, () => 20)],
  ])('of %i has at most 20 in a message, in order, none missing', (count, each) => {
    const winners = ordinary(count);
    const messages = winnersAnnouncement(winners);
    expect(messages.map((message) => images(message).length)).toEqual(each);
    expect(pictures(messages)).toEqual(all(winners));
    expect(messages.flatMap(validateMessage)).toEqual([]);
  });

  it('says which of its messages each is, where there are several', () => {
    expect(pagesOf(20)[0]).toMatch(/^🏆 And the winners are…\n/);
    expect(pagesOf(45).map((text) => text.split('\n')[0])).toEqual([
      '🏆 And the winners are… (1 of 3)',
      '🏆 More winners (2 of 3)',
      '🏆 More winners (3 of 3)',
    ]);
  });

  it('is made a message at a time, each the same as in the whole', () => {
    const winners = ordinary(45);
    const page = (index: number) => ({
      winners: winners.slice(index * 20, index * 20 + 20),
      page: index,
      pages: 3,
      total: 45,
    });
    expect([0, 1, 2].map((index) => winnersMessage(page(index), DRAWN))).toEqual(winnersAnnouncement(winners, DRAWN));
    expect(winnersMessage(page(0), DRAWN).text).toMatch(
      /^The winners of the prize draw are out: 45 winners \(1 of 3\)\.\n/,
    );
    expect(winnersMessage(page(2), DRAWN).text).toMatch(/^More winners of the prize draw \(3 of 3\):\n/);
  });

  it('says once how they were drawn', () => {
    const messages = winnersAnnouncement(ordinary(45), DRAWN).map(readable);
    expect(messages.map((text) => text.includes('Drawn from 90 entrants'))).toEqual([true, false, false]);
  });

  it.each<[string, Partial<HowDrawn>, string]>([
    [
      'a round of the beacon',
      { by: 'drand', isFallback: false, round: 7, inTime: true },
      'Drawn from 90 entrants with drand round 7. Check it: `/prizedraw verify`, `/prizedraw proof` (record 0bc450ed961a461c).',
    ],
    [
      'a round that was out before its numbers were posted',
      { by: 'drand', isFallback: false, round: 7, inTime: false },
      'Drawn from 90 entrants with drand round 7. Slack did not take the numbers of this draw before that round was out, so nobody could see them beforehand. Check it',
    ],
    [
      'a seed of the bot’s own',
      { isFallback: false },
      'Drawn from 90 entrants. The seed of this draw is local: the bot made it itself. Check it',
    ],
    [
      'one in place of the beacon',
      {},
      'Drawn from 90 entrants. The randomness beacon drand did not give its round in time, so the seed of this draw is local: the bot made it itself. Check it',
    ],
    ['Redis', { by: 'spop', isFallback: false }, 'Drawn from 90 entrants by Redis’s SPOP, which nobody can check.'],
    [
      'a pick of which only some are ours',
      { by: 'drand', isFallback: false, round: 7, inTime: true, addedLater: 2 },
      'Another program added 2 winners afterwards; what follows is true of the others only. Drawn from 90 entrants with drand round 7. Check it',
    ],
  ])('says what decided: %s', (_, how, words) => {
    const [message] = winnersAnnouncement(ordinary(3), { ...DRAWN, ...how });
    expect(readable(message?.blocks[1])).toContain(words);
    expect(validateMessage(message)).toEqual([]);
  });

  it('says nothing of how where another program picked them', () => {
    expect(winnersAnnouncement(ordinary(3)).map(readable).join()).not.toContain('Drawn from');
  });

  it('says who won what: the prize in bold, name, ID and mention under it, the avatar beside', () => {
    const [message] = winnersAnnouncement([
      {
        prize: 'Mug & a.b',
        login: 'ada',
        name: 'Ada *Lovelace*',
        image: 'https://a.example/1',
        member: 'U0ADA',
      },
      { prize: 'Pen', login: 'linus', name: 'Linus T', image: 'https://a.example/2', member: undefined },
    ]);
    const joined = (mark: string): string => `\u2060${mark}\u2060`;
    expect(message).toMatchObject({
      text: [
        'The winners of the prize draw are out: 2 winners.',
        `•  Mug &amp; a${joined('.')}b: Ada ${joined('*')}Lovelace${joined('*')} · <https://github.com/ada|ada> · <@U0ADA>`,
        '•  Pen: Linus T · <https://github.com/linus|linus>',
      ].join('\n'),
      blocks: [
        { type: 'header', text: { text: '🏆 And the winners are…' } },
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: [
              `*Mug &amp; a${joined('.')}b*`,
              `Ada ${joined('*')}Lovelace${joined('*')}`,
              '<https://github.com/ada|ada> · <@U0ADA>',
            ].join('\n'),
          },
          accessory: { type: 'image', image_url: 'https://a.example/1', alt_text: 'Avatar of Ada *Lovelace*' },
        },
        { text: { type: 'mrkdwn', text: '*Pen*\nLinus T\n<https://github.com/linus|linus>' } },
      ],
    });
  });

  it.each(['linus', 'Linus', 'LINUS', ' linus '])('says a name once that is but the ID: %j', (name) => {
    const [message] = winnersAnnouncement([
      { prize: 'Pen', login: 'linus', name, image: 'https://a.example/2', member: 'U0LINUS' },
    ]);
    expect(message?.blocks[1]).toMatchObject({
      text: { type: 'mrkdwn', text: '*Pen*\n<https://github.com/linus|linus>\n<@U0LINUS>' },
    });
  });

  it('has no fields, which leave gaps beside an avatar', () => {
    expect(JSON.stringify(winnersAnnouncement(ordinary(20)))).not.toContain('"fields"');
  });

  it('speaks of one winner in the singular', () => {
    expect(winnersAnnouncement(ordinary(1))[0]?.text).toMatch(/^The winners of the prize draw are out: 1 winner\.\n/);
  });

  it('says in its text, for screen readers and phones, who won what and how they were drawn', () => {
    const winners = ordinary(45);
    const texts = winnersAnnouncement(winners, DRAWN).map(({ text }) => text);
    for (const { prize, name, login } of winners) {
      expect(texts.join('\n')).toContain(`•  ${prize}: ${name} · <https://github.com/${login}|${login}>`);
    }
    expect(texts.map((text) => text.includes('Drawn from 90 entrants'))).toEqual([true, false, false]);
  });

  it.each(['A prize with a long name. ', '>', '&', '.', '当'])(
    'keeps its text within 4,000 characters: %j',
    (filling) => {
      const long = filling.repeat(300).slice(0, 300);
      const winners = ordinary(20).map((winner) => ({ ...winner, prize: `a${long}a`, name: long, login: long }));
      const [message] = winnersAnnouncement(winners, DRAWN);
      expect(message?.text.length).toBeLessThanOrEqual(4_000);
      expect(message?.text).toContain('…');
      expect(message?.text).toContain('Drawn from 90 entrants');
    },
  );

  it('folds nothing behind “See more”', () => {
    const [message] = winnersAnnouncement(ordinary(20), DRAWN);
    const sections = message?.blocks.filter(({ type }) => type === 'section') ?? [];
    expect(sections).toHaveLength(20);
    for (const section of sections) expect(section).toMatchObject({ expand: true });
  });

  it('shows ordinary names whole, however many', () => {
    const winners = ordinary(120);
    const text = winnersAnnouncement(winners).map(readable).join('\n');
    for (const { prize, name } of winners) expect(text).toContain(`*${prize}*\n${name}\n`);
    expect(text.replaceAll('And the winners are…', '')).not.toContain('…');
  });

  it.each([20, 50])('of %i with long names keeps within the characters that Slack takes', (count) => {
    const winners = widest(count, 'A prize with a very long name, '.repeat(10));
    const messages = winnersAnnouncement(winners);
    expect(pictures(messages)).toEqual(all(winners));
    for (const message of messages) expect(textLength(message.blocks)).toBeLessThanOrEqual(9500);
    expect(messages.map(readable).join('\n')).toMatch(/\*A prize with a very long.*…\*/);
  });

  it('keeps within them, the heading counted, whatever the lengths', () => {
    for (let length = 100; length <= 150; length++) {
      for (const filling of ['P', '&', 'a.b']) {
        const prize = `P${filling.repeat(length)}`.slice(0, length);
        const [message] = winnersAnnouncement(
          ordinary(20).map((winner) => ({ ...winner, name: 'N'.repeat(60), prize })),
          DRAWN,
        );
        expect(textLength(message?.blocks), `prizes of ${length} ${filling}`).toBeLessThanOrEqual(9500);
      }
    }
  });

  it.each(['当', '>', '&', '.'])('keeps within them when another program wrote everything in %s', (letter) => {
    const long = letter.repeat(300);
    const winners = ordinary(20).map((winner) => ({ ...winner, prize: `a${long}a`, name: long, login: long }));
    const [message] = winnersAnnouncement(winners, DRAWN);
    expect(textLength(message?.blocks)).toBeLessThanOrEqual(9500);
    expect(validateMessage(message)).toEqual([]);
  });
});
