import { expect, it } from 'vitest';
import { STATES, withBot } from '../support/fixtures/features.ts';
import { overSocketMode } from '../support/fixtures/socket-mode.ts';

const TOO_LONG = 'This command is too long, so nothing was done: it has 8,001 characters';

withBot('a command of more than 8,000 characters', (fixture) => {
  it('is refused before anything else, and not cut', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const before = await fixture().keys();
    for (const text of ['close'.padEnd(8_001, ' '), 'pick'.padEnd(8_001, ' x'), `enter ada ${'x'.repeat(7_991)}`]) {
      expect(await fixture().says('olivia', text, 'admin')).toContain(TOO_LONG);
    }
    expect(await fixture().says('olivia', 'x'.repeat(80_000))).toContain('it has 80,000 characters');
    expect(await fixture().keys()).toEqual(before);
    expect(fixture().bot.github.requests).toEqual([]);
  });

  it('is read where it has 8,000', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    expect(await fixture().says('olivia', 'close'.padEnd(8_000, ' '), 'admin')).toContain('The draw is closed');
  });

  it.each([
    ['blanks', ' '],
    ['quotes', '"'],
    ['brackets', '<'],
    ['quoted blanks', '" '],
  ])('of 8,000 characters that are %s holds nobody up', async (_what, part) => {
    const began = performance.now();
    for (const word of ['enter', 'start "A', 'verify', 'status', 'x']) {
      await fixture().says('olivia', `${word} ${part.repeat(4_000)}`.slice(0, 7_990).concat('x'), 'admin');
    }
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

overSocketMode('a command of more than 8,000 characters over a socket', (fixture) => {
  it('is refused as well', async () => {
    expect(await fixture().says('ada', 'status'.padEnd(8_001, ' '))).toContain(TOO_LONG);
  });
});
