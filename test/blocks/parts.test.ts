import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../src/draw/profile.ts';
import {
  avatar,
  counted,
  list,
  literalSection,
  buttons as make,
  named,
  peopleEntered,
  withAvatar,
} from '../../src/slack/blocks/parts.ts';
import { parseRef } from '../../src/slack/draw-ref.ts';
import { buttons, visibleText } from '../support/workspace/read.ts';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const lines = (items: readonly string[], of = 'prizes'): string[] => visibleText(list(items, of)).split('\n');

describe('names in a sentence', () => {
  it.each([
    [[], ''],
    [['ada'], 'ada'],
    [['ada', 'bob'], 'ada and bob'],
    [['ada', 'bob', 'cy'], 'ada, bob and cy'],
    [['ada', 'bob', 'cy', 'dee', 'eve'], 'ada, bob, cy and 2 more'],
  ])('%j', (names, words) => {
    expect(named(names)).toBe(words);
  });
});

describe('counts in words', () => {
  it.each([
    [0, 'Nobody has entered yet'],
    [1, '1 person has entered'],
    [2, '2 people have entered'],
    [12, '12 people have entered'],
    [2000, '2,000 people have entered'],
  ])('%i who entered', (count, words) => {
    expect(peopleEntered(count)).toBe(words);
  });

  it.each([
    [0, '0 prizes'],
    [1, '1 prize'],
    [21, '21 prizes'],
    [1500, '1,500 prizes'],
  ])('%i of a thing', (count, words) => {
    expect(counted(count, 'prize')).toBe(words);
  });
});

describe('a list', () => {
  it('has a line for each item, in order, in plain text', () => {
    expect(list(['*Mug*', '<!channel>', 'A\nB'], 'prizes').text).toEqual({
      type: 'plain_text',
      text: '•  *Mug*\n•  <!channel>\n•  A B',
      emoji: false,
    });
  });

  it('says that there is nothing in it', () => {
    expect(lines([])).toEqual(['None.']);
  });

  it('shortens a long item with an ellipsis', () => {
    expect(lines(['x'.repeat(151), 'Mug'])).toEqual([`•  ${'x'.repeat(149)}…`, '•  Mug']);
    expect(lines(['x'.repeat(150)])).toEqual([`•  ${'x'.repeat(150)}`]);
  });

  it.each([20, 120, 2000])('counts what does not fit of %i', (count) => {
    const items = times(count, (index) => `${index} `.padEnd(140, 'long'));
    const shown = lines(items);
    const left = count - (shown.length - 1);
    expect(shown.slice(0, -1)).toEqual(items.slice(0, shown.length - 1).map((item) => `•  ${item}`));
    expect(shown.at(-1)?.replace(',', '')).toBe(`… and ${left} more prizes`);
    expect(shown.join('\n').length).toBeLessThanOrEqual(3000);
  });

  it('shows 120 ordinary logins whole', () => {
    const logins = times(120, (index) => `member-${index}`);
    expect(lines(logins, 'entrants')).toEqual(logins.map((login) => `•  ${login}`));
  });

  it('keeps to the room that it is given', () => {
    const items = times(30, (index) => `Prize ${index + 1}`);
    const shown = visibleText(list(items, 'prizes', 100)).split('\n');
    expect(shown.slice(0, -1).join('\n').length).toBeLessThanOrEqual(100);
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.at(-1)).toBe(`… and ${30 - (shown.length - 1)} more prizes`);
  });

  it('speaks of one that is left in the singular', () => {
    const oneTooMany = times(100, (count) => times(count, () => 'x'.repeat(150))).find(
      (items) => lines(items).length === items.length && lines(items).at(-1)?.startsWith('…'),
    );
    expect(lines(oneTooMany ?? []).at(-1)).toBe('… and 1 more prize');
  });
});

describe('an avatar', () => {
  it('has words in its place', () => {
    expect(avatar({ name: 'Ada *Lovelace*', image: 'https://a.example/1' })).toEqual({
      type: 'image',
      image_url: 'https://a.example/1',
      alt_text: 'Avatar of Ada *Lovelace*',
    });
  });

  it('has short words for a long name', () => {
    expect(avatar({ name: 'x'.repeat(200), image: 'https://a.example/1' }).alt_text).toBe(
      `Avatar of ${'x'.repeat(69)}…`,
    );
  });

  it('is the one that GitHub serves for everybody where the address on record is longer than Slack takes', () => {
    // Cut off, it would be the address of something else: Slack cannot fetch it and refuses the whole message.
    const record = JSON.stringify({ login: 'ada', avatar_url: `https://a.example/${'x'.repeat(2990)}/1.png` });
    const { name, avatarUrl } = parseProfile(record) ?? { name: '', avatarUrl: '' };
    expect(avatar({ name, image: avatarUrl }).image_url).toBe('https://github.com/ada.png');
  });

  it('stands beside plain text', () => {
    expect(withAvatar('*You*', { name: 'Ada', image: 'https://a.example/1' })).toMatchObject({
      text: { type: 'plain_text', text: '*You*', emoji: false },
      accessory: { type: 'image', image_url: 'https://a.example/1' },
    });
  });
});

describe('others’ words in a paragraph', () => {
  it('are plain text of at most 3,000 characters', () => {
    expect(literalSection('<!here> *x*').text).toEqual({ type: 'plain_text', text: '<!here> *x*', emoji: false });
    expect(visibleText(literalSection('x'.repeat(3001)))).toBe(`${'x'.repeat(2999)}…`);
    expect(visibleText(literalSection('x'.repeat(3000)))).toBe('x'.repeat(3000));
  });
});

describe('the buttons', () => {
  const draw = { channel: 'C0123456789', id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11' };
  const all = {
    enter: make.enter(draw),
    start: make.start(),
    close: make.close(draw),
    pick: make.pick(draw),
    leave: make.leave(draw, 'ada'),
    extend: make.extend(draw),
    cancel: make.cancel(draw),
    choose: make.choose('Pick winners', 'pick C0123456789 a'),
  };

  it('read as people know them', () => {
    expect(buttons(Object.values(all))).toEqual([
      'Enter the draw',
      'Start a draw',
      'Close draw',
      'Pick winners',
      'Leave the draw',
      'Extend by 15 minutes',
      'Cancel draw',
      'Pick winners',
    ]);
  });

  it('that cannot be undone ask for confirmation, the others do not', () => {
    expect(all.close.confirm).toEqual({
      title: { type: 'plain_text', text: 'Close the draw?' },
      text: expect.objectContaining({ text: expect.stringContaining('Nobody can enter after that') }),
      confirm: { type: 'plain_text', text: 'Close draw' },
      deny: { type: 'plain_text', text: 'Not yet' },
    });
    expect(all.pick.confirm).toEqual({
      title: { type: 'plain_text', text: 'Pick the winners?' },
      text: expect.objectContaining({ text: expect.stringContaining('cannot be undone') }),
      confirm: { type: 'plain_text', text: 'Pick winners' },
      deny: { type: 'plain_text', text: 'Not yet' },
    });
    expect(all.cancel.confirm).toEqual({
      title: { type: 'plain_text', text: 'Cancel the draw?' },
      text: expect.objectContaining({ text: expect.stringContaining('cannot be undone') }),
      confirm: { type: 'plain_text', text: 'Cancel draw' },
      deny: { type: 'plain_text', text: 'Keep it' },
    });
    for (const name of ['leave', 'extend'] as const) expect(all[name]).not.toHaveProperty('confirm');
    expect(all.enter).not.toHaveProperty('confirm');
    expect(all.start).not.toHaveProperty('confirm');
  });

  it('differ in their IDs', () => {
    expect(new Set(Object.values(all).map(({ action_id }) => action_id)).size).toBe(8);
  });

  it.each(['enter', 'close', 'pick', 'leave', 'extend', 'cancel'] as const)(
    'say which draw they are for: %s',
    (name) => {
      expect(parseRef(all[name].value ?? '')).toEqual(draw);
      // Of a draw that another program has begun, the ID may not be known yet.
      expect(parseRef(make[name]({ channel: 'C0123456789', id: undefined }).value ?? '')).toEqual({
        channel: 'C0123456789',
        id: undefined,
      });
    },
  );

  it('are for no draw where they start one', () => {
    expect(all.start).not.toHaveProperty('value');
  });
});
