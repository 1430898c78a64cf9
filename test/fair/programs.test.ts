import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraws } from '../../src/draw/index.ts';
import { FakeProfiles, HOME, write } from '../support/fixtures/draw.ts';
import { type Ended, ROOT, run } from '../support/process/run.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';

const skipped = !redisInstalled();

/** The program in the document that checks a pick. */
const pythonLines = (): string =>
  /```python\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/fairness.md'), 'utf8'))?.[1] ?? '';

const verify = (...options: readonly string[]): Promise<Ended> =>
  run(process.execPath, ['dist/cli/verify.js', ...options]);

describe.skipIf(skipped)(
  `what checks a pick without the bot${skipped ? ' (skipped: redis-server is not installed here)' : ''}`,
  // Each starts npm, Node.js and what they compile.
  { timeout: 60_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'prizedraw-proof-'));
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };
    let text = '';

    beforeAll(async () => {
      const server = await startRedis();
      const redis = server.client();
      const env = { REDIS_URL: server.url, PRIZEDRAW_ANNOUNCE_CHANNEL: HOME };
      const none = await run(process.execPath, ['dist/cli/export-proof.js'], env);
      expect(none).toMatchObject({
        status: 1,
        said: 'There is no record of a pick in Redis under the prefix prizedraw (PRIZEDRAW_KEY_PREFIX).\n',
      });
      const entrants = Array.from({ length: 300 }, (_, index) => `user${index + 1}`);
      await write(redis, { open: true, prizes: ['A mug', 'A book', 'Étoile'], entrants });
      await createDraws({ redis, profiles: new FakeProfiles(), home: HOME }).home.pick();
      const saved = await run(process.execPath, ['dist/cli/export-proof.js'], env);
      expect(saved.status).toBe(0);
      text = saved.stdout;
      await server.close();
    }, 60_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('node dist/cli/export-proof.js gives a record, and npm run verify finds it right', async () => {
      expect(text.split('\n')).toHaveLength(302);
      const { status, said } = await run('npm', ['run', 'verify', '--', file('proof.txt', text), 'user1', 'nobody']);
      expect(said).toMatch(
        /✅ the record is whole[\s\S]*✅ user\d+ wins A mug[\s\S]*where its seed came from cannot be checked\./,
      );
      expect(said).toMatch(/user1 was in the draw; its ticket ranked \d+\n {3}nobody was not in the draw/);
      expect(status).toBe(0);
    });

    it.each([
      [
        'one entrant more',
        () => `${text}zoe\n`,
        1,
        /❌ the list has 301 entrants, the record says 300[\s\S]*does not check out/,
      ],
      [
        'one entrant less',
        () => text.replace(/\nuser7\n/, '\n'),
        1,
        /❌ the list has 299 entrants, the record says 300/,
      ],
      ['another entrant', () => text.replace(/\nuser7\n/, '\nUser7\n'), 1, /❌ the list of 300 entrants is another/],
      [
        'another winner',
        () => text.replace(/"login":"user\d+"/, '"login":"me"'),
        1,
        /❌ the record is whole[\s\S]*❌ by the tickets, user\d+ wins .*; by the record, me wins/,
      ],
      ['something else', () => 'Hello.\n', 2, /is not the record of a pick\. Its first line is not the record/],
      ['half a record', () => text.slice(0, 100), 2, /is not the record of a pick/],
      ['another kind of record', () => '{"version":2}\n', 2, /not as it should be/],
    ])('npm run verify is not content with %s', async (name, changed, status, words) => {
      const ended = await verify(file(`${name}.txt`, changed()));
      expect(ended.said).toMatch(words);
      expect(ended.status).toBe(status);
      expect(ended.said).not.toMatch(/^\s+at /m);
    });

    // Saved when each version was the newest: their seed is of round 1000 of drand's quicknet, as it was published.
    it.each([1, 2])(
      'npm run verify and the lines of Python find a saved record of version %i right, and no other',
      async (version) => {
        const saved = join(ROOT, `test/support/fixtures/proofs/version-${version}.txt`);
        const right = await verify(saved, 'ada');
        expect(right.said).toContain('✅ drand signed round 1000');
        expect(right.said).toContain('The pick was right: the record agrees with itself and with drand.');
        expect(right).toMatchObject({ status: 0, said: expect.stringContaining('ada was in the draw') });
        const text = readFileSync(saved, 'utf8');
        const wrong = file(`wrong-${version}.txt`, text.replace('\nken\n', '\nkim\n'));
        expect((await verify(wrong)).said).toContain('The pick does not check out.');
        const program = file('check.py', pythonLines());
        const python = await run('python3', [program, saved]);
        if (python.status === -1) return; // No Python here.
        expect(python.said).toContain('True True');
        expect((await run('python3', [program, wrong])).said).toContain('False');
      },
    );

    it('npm run verify shows each name on one line, whatever is in it, and takes no other list for the same', async () => {
      const saved = readFileSync(join(ROOT, 'test/support/fixtures/proofs/version-2.txt'), 'utf8');
      const { said } = await verify(file('odd.txt', saved));
      expect(said).toContain('A\\u{a}comb');
      expect(said).not.toContain('A\ncomb');
      expect(saved).toContain('\n"a\\nb"\nada\n');
      // In version 1 these came to the same digest.
      const alike = saved.replace('\n"a\\nb"\nada\n', '\na\n"b\\nada"\n');
      expect((await verify(file('alike.txt', alike))).said).toContain('❌ the list of 18 entrants is another');
    });

    it('npm run verify says how it is used, and what it cannot read', async () => {
      expect(await verify()).toMatchObject({ status: 2, said: expect.stringContaining('npm run verify -- FILE') });
      expect(await verify('/nowhere')).toMatchObject({ status: 2, said: expect.stringContaining('cannot be read') });
    });

    it('the few lines of Python in docs/fairness.md come to the same', async () => {
      const lines = pythonLines();
      expect(lines.trim().split('\n').length).toBeLessThanOrEqual(12);
      const program = file('check.py', lines);
      const python = await run('python3', [program, file('right.txt', text)]);
      if (python.status === -1) return; // No Python here.
      expect(python.said).toContain('True True');
      expect((await run('python3', [program, file('wrong.txt', `${text}zoe\n`)])).said).toContain('False');
    });
  },
);
