import { describe, expect, it } from 'vitest';
import { STATES, type State, withBot } from '../support/fixtures/features.ts';
import { images } from '../support/workspace/read.ts';

const STATUS: Record<State, RegExp> = {
  NO_DRAW: /No draw is running/,
  DRAW_OPEN_NO_ENTRANTS:
    /A prize draw is open.*stays open until an organiser closes it[\s\S]*A book[\s\S]*A mug[\s\S]*Nobody has entered yet/,
  DRAW_OPEN_WITH_ENTRANTS:
    /A prize draw is open[\s\S]*A book[\s\S]*A mug[\s\S]*2 people have entered.*You have not entered/,
  DRAW_CLOSED_NO_ENTRANTS:
    /closed[\s\S]*A book[\s\S]*Nobody has entered, so nobody wins\. Watch the announcements for the next draw\./,
  DRAW_CLOSED_WITH_ENTRANTS: /closed.*not been picked yet[\s\S]*A book[\s\S]*2 people have entered/,
  DRAW_WON: /over and the winners are out.*\/prizedraw winners/,
};

const PRIZES: Record<State, RegExp> = {
  NO_DRAW: /No draw is running, so there are no prizes/,
  DRAW_OPEN_NO_ENTRANTS: /Prizes to win[\s\S]*A book[\s\S]*A mug/,
  DRAW_OPEN_WITH_ENTRANTS: /Prizes to win[\s\S]*A book[\s\S]*A mug/,
  DRAW_CLOSED_NO_ENTRANTS: /Prizes to win[\s\S]*A book[\s\S]*A mug/,
  DRAW_CLOSED_WITH_ENTRANTS: /Prizes to win[\s\S]*A book[\s\S]*A mug/,
  DRAW_WON: /Every prize has been won/,
};

const states = Object.keys(STATES).filter((state): state is State => state in STATUS);

withBot('what anyone can ask', (fixture) => {
  describe.each(states)('in the state %s', (state) => {
    it.each(['', 'status'])('/prizedraw %s says how the draw stands', async (text) => {
      await fixture().write(STATES[state]);
      expect(await fixture().says('ada', text)).toMatch(STATUS[state]);
    });

    it('/prizedraw prizes names the prizes', async () => {
      await fixture().write(STATES[state]);
      expect(await fixture().says('ada', 'prizes')).toMatch(PRIZES[state]);
    });

    it('/prizedraw winners names the winners, or says that there are none yet', async () => {
      await fixture().write(STATES[state]);
      const answer = await fixture().type('ada', 'winners');
      const text = await fixture().says('ada', 'winners');
      if (state !== 'DRAW_WON') return expect(text).toMatch(/No winners yet/);
      expect(text).toMatch(/A book[\s\S]*Ken Thompson[\s\S]*ken[\s\S]*A mug[\s\S]*Barbara Liskov[\s\S]*barbara/);
      expect(images(answer).map(({ alt_text }) => alt_text)).toEqual([
        'Avatar of Ken Thompson',
        'Avatar of Barbara Liskov',
      ]);
    });
  });

  it('works anywhere, for anyone, and is seen by nobody else', async () => {
    for (const channel of ['random', 'announce', 'admin']) {
      const { ack } = await fixture().member('olivia').command('status', { channel });
      expect(ack.body).toMatchObject({ response_type: 'ephemeral' });
    }
  });

  it('says when a draw with a timer closes, in the reader’s own time zone', async () => {
    await fixture().write(STATES.DRAW_OPEN_NO_ENTRANTS);
    await fixture().redis.expire('prizedraw:is_open', 5400);
    const text = await fixture().says('ada', 'status');
    expect(text).toContain('It closes in 1 hour 30 minutes');
    const at = Number(/<!date\^(\d+)\^/.exec(text)?.[1]);
    expect(Math.abs(at - (Date.now() / 1000 + 5400))).toBeLessThan(5);
  });

  it('knows whether the person who asks is in', async () => {
    await fixture().write(STATES.DRAW_OPEN_NO_ENTRANTS);
    await fixture().says('ada', 'enter ada');
    expect(await fixture().says('ada', 'status')).toContain('You are in, as ada.');
    expect(await fixture().says('grace', 'status')).toContain('You have not entered');
    await fixture().redis.del('prizedraw:is_open');
    expect(await fixture().says('ada', 'status')).toContain('You are in, as ada.');
  });

  it('tells the winner that they have won, and what', async () => {
    await fixture().write({ open: true, prizes: ['A book'] });
    await fixture().says('ada', 'enter ada');
    await fixture().says('olivia', 'pick', 'admin');
    expect(await fixture().says('ada', 'status')).toContain('You won: A book');
    expect(await fixture().says('grace', 'status')).not.toContain('You won');
    expect(await fixture().says('ada', 'winners')).toContain('You won!');
  });

  it('forgets who entered the last draw when a new one starts, whoever starts it', async () => {
    await fixture().write({ open: true, prizes: ['A book'] });
    await fixture().says('ada', 'enter ada');
    await fixture().redis.del('prizedraw:entrants', 'prizedraw:is_open', 'prizedraw:prizes');
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    expect(await fixture().says('ada', 'status')).toContain('You have not entered here yet');
  });

  it('gives winners in the natural order of their prizes', async () => {
    const wins = [10, 9, 1].map((number) => ({ prize: `Sticker ${number}`, login: 'ken' }));
    await fixture().write({ wins });
    const text = await fixture().says('ada', 'winners');
    expect(text.match(/Sticker \d+/g)).toEqual(['Sticker 1', 'Sticker 9', 'Sticker 10']);
  });

  it('still shows a winner whose profile has expired while GitHub is away', async () => {
    fixture().bot.github.behave('*', { status: 500 });
    await fixture().write({ wins: [{ prize: 'A book', login: 'ken' }] });
    const answer = await fixture().type('ada', 'winners');
    expect(images(answer)).toEqual([{ image_url: 'https://github.com/ken.png', alt_text: 'Avatar of ken' }]);
  });
});

withBot('/prizedraw help', (fixture) => {
  const MEMBERS = [
    'status',
    'draws',
    'enter <github-id>',
    'leave <github-id>',
    'prizes',
    'winners',
    'verify <github-id>',
    'proof',
    'help',
  ];
  const ORGANISERS = [
    'start "Prize A" "Prize B" for 30m',
    'close',
    'pick',
    'extend 30m',
    'add "Prize"',
    'drop "Prize"',
    'remove <github-id> because …',
    'cancel because …',
    'entrants',
    'admin',
  ];
  const commandsIn = (text: string): string[] =>
    [...text.matchAll(/`\/prizedraw ([^`]+)`/g)].map(([, usage = '']) =>
      usage.replace('&lt;', '<').replace('&gt;', '>'),
    );

  it('lists what a member may use here', async () => {
    expect(commandsIn(await fixture().says('ada', 'help'))).toEqual(MEMBERS);
    expect(commandsIn(await fixture().says('olivia', 'help'))).toEqual(MEMBERS);
  });

  it('lists everything in the organisers’ channel', async () => {
    expect(commandsIn(await fixture().says('olivia', 'help', 'admin'))).toEqual([...MEMBERS, ...ORGANISERS]);
  });

  it.each(['dance', 'ENTRE octocat', 'status?', '<!channel>', 'https://evil.example', '*'.repeat(5000)])(
    'answers what it does not know (%.20s)',
    async (typed) => {
      const text = await fixture().says('ada', typed);
      expect(text).toContain('I do not know');
      expect(commandsIn(text)).toEqual(MEMBERS);
    },
  );

  it('shows an unknown word as it stands, so that it names nobody', async () => {
    const { ack } = await fixture().member('ada').command('<!channel>');
    expect(JSON.stringify(ack.body)).toContain('{"type":"plain_text","text":"I do not know “<!channel>”.');
  });

  it('takes commands in any case, with any white space', async () => {
    expect(await fixture().says('ada', '  HELP  ')).not.toContain('I do not know');
  });
});
