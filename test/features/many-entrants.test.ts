import { expect, it } from 'vitest';
import { numbered } from '../support/fixtures/draw.ts';
import { withBot } from '../support/fixtures/features.ts';
import { carriedOut } from '../support/redis-monitor.ts';

const MANY = 100_000;

/** No command reads more members of a draw's lists of entrants than these. */
const PAGE = 500;

/** What reads every member of a set or sorted set at once. */
const WHOLE = new Set(['smembers', 'sunion', 'sinter', 'sdiff', 'sort', 'sort_ro', 'zrange', 'hkeys', 'dump']);

/** Those that read from the entrants of a draw, open or over. */
const onEntrants = (commands: readonly (readonly string[])[]) =>
  commands.filter(([, key = '']) => /:entrants$/.test(key));

withBot('a draw of 100,000 entrants', (fixture) => {
  it('is shown by every command without being read', async () => {
    await fixture().says('olivia', 'start "A mug" "A book"', 'admin');
    const logins = numbered('member-number-', MANY);
    for (let from = 0; from < MANY; from += 10_000) {
      await fixture().redis.sadd('prizedraw:entrants', ...logins.slice(from, from + 10_000));
    }
    await fixture().announced(`${MANY.toLocaleString('en')} people have entered`, 15_000);

    let said = '';
    const listing = await carriedOut(fixture().server, async () => {
      said = await fixture().says('olivia', 'entrants', 'admin');
    });
    expect(said).toContain('100,000 people have entered. Some of them:');
    const shown = said.match(/member-number-\d+/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(50);
    expect(said).toContain(`… and ${(MANY - shown).toLocaleString('en')} more entrants`);
    const pages = onEntrants(listing).filter(([name]) => name === 'sscan');
    expect(pages).toEqual([['sscan', 'prizedraw:entrants', '0', 'COUNT', String(PAGE)]]);

    for (const [name, text, channel] of [
      ['olivia', 'admin', 'admin'],
      ['olivia', 'entrants', 'admin'],
      ['ada', 'status'],
      ['ada', 'prizes'],
      ['ada', 'winners'],
      ['ada', 'help'],
      ['ada', 'verify'],
      ['ada', 'proof'],
      ['ada', 'enter ada'],
      ['ada', 'enter member-number-7'],
      ['ada', 'status'],
    ] as const) {
      const commands = await carriedOut(fixture().server, () => fixture().says(name, text, channel));
      const whole = onEntrants(commands).filter(([command = '']) => WHOLE.has(command));
      expect(whole, text).toEqual([]);
      const scanned = onEntrants(commands).filter(([command]) => command === 'sscan');
      expect(scanned.length, text).toBeLessThanOrEqual(1);
    }
  }, 60_000);

  it('is checked in steps once it is over, and nothing else is read of it', async () => {
    await fixture().write({ open: true, prizes: ['A mug'] });
    const logins = numbered('member-number-', 30_000);
    await fixture().redis.sadd('prizedraw:entrants', ...logins);
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().announced('And the winners are', 30_000);
    for (const text of ['status', 'winners', 'prizes', 'proof', 'verify', 'verify member-number-7']) {
      const commands = await carriedOut(fixture().server, () => fixture().says('ada', text));
      const read = onEntrants(commands).filter(
        ([command = '']) => !['exists', 'scard', 'zcard', 'type'].includes(command),
      );
      if (!text.startsWith('verify')) expect(read, text).toEqual([]);
      for (const [command, , , , count] of read) {
        expect(command, text).toBe('sscan');
        expect(Number(count), text).toBeLessThanOrEqual(5_000);
      }
    }
  }, 60_000);
});
