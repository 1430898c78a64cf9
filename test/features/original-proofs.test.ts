import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseFile } from '../../src/draw/fair/file.ts';
import { readText, withBot } from '../support/fixtures/features.ts';
import { originalBeside, told, toldOf, winnersTold } from '../support/fixtures/original.ts';
import { savedProof } from '../support/fixtures/saved-proof.ts';
import { ROOT, run } from '../support/process/run.ts';
import { makeChain, startBeacon, type TestBeacon } from '../support/stand-ins/drand-chain.ts';
import { freePort } from '../support/workspace/loopback.ts';

const chain = makeChain();
const port = await freePort();
const ELSEWHERE = 'Another program picked the last winners';

withBot(
  'a pick by the original while the bot waits for drand',
  (fixture) => {
    let beacon: TestBeacon | undefined;
    beforeAll(async () => {
      beacon = await startBeacon(chain, 'honest', port);
    });
    afterAll(() => beacon?.close());

    it('is the one that counts: the bot says that its round did not decide, and gives no old record', async () => {
      await fixture().says('olivia', 'start "A cello"', 'admin');
      await fixture().says('ada', 'enter ada');
      await fixture().says('olivia', 'pick', 'admin');
      await winnersTold(fixture(), 'A cello');
      expect(await fixture().says('ada', 'verify')).toContain('The pick was right.');

      await fixture().says('olivia', 'start "A viola" "A fiddle"', 'admin');
      for (const name of ['ada', 'grace', 'linus']) await fixture().says(name, `enter ${name}`);
      if (beacon) beacon.conduct = 'away';
      expect(await fixture().says('olivia', 'pick', 'admin')).toContain('Drawing from 3 entrants');
      const drawing = ['Drawing from 3 entrants for 2 prizes'];
      const { ts } = await toldOf(fixture(), drawing);
      const { wins } = await originalBeside(fixture()).pick();
      if (beacon) beacon.conduct = 'honest';
      for (const command of ['verify', 'proof']) expect(await fixture().says('ada', command)).toContain(ELSEWHERE);
      expect((await toldOf(fixture(), [...drawing, '. This did not decide: the draw was changed'])).ts).toBe(ts);
      const winners = readText(await winnersTold(fixture(), 'A viola'));
      expect(winners).not.toContain('Drawn from');
      for (const { login } of wins) expect(winners).toContain(`https://github.com/${login}|`);
      for (const command of ['verify', 'proof']) expect(await fixture().says('ada', command)).toContain(ELSEWHERE);
      expect((await told(fixture(), 'A viola')).map(([kind]) => kind)).toEqual(['closed', 'winners']);
      expect(readText(await toldOf(fixture(), drawing))).toContain('This did not decide');
      expect(Object.entries(await fixture().redis.hgetall('prizedraw:winners')).toSorted()).toEqual(
        wins.map(({ prize, login }) => [prize, login]).toSorted(),
      );
    }, 90_000);
  },
  { config: { randomness: 'drand', drandUrls: [`http://127.0.0.1:${port}`] }, drandChain: chain.info },
);

withBot('logins that only the original lets in', (fixture) => {
  const folder = mkdtempSync(join(tmpdir(), 'prizedraw-odd-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const ODD = [
    'octocat\n',
    'a\nb',
    'a\r\nb',
    '\r',
    '\n',
    ' ',
    '',
    '"',
    '"quoted"',
    '{"a":1}',
    'é ',
    '\u2028',
    '\ufeffx',
  ];

  it('do not keep a pick from being checked', async () => {
    const original = originalBeside(fixture(), 2);
    await original.start(['A kazoo', 'A\ncomb']);
    for (const login of [...ODD, 'ken', 'barbara']) await original.enter(login);
    await fixture().says('olivia', 'pick', 'admin');
    await winnersTold(fixture(), 'A kazoo');
    expect(await fixture().says('ada', 'verify')).toContain('The winners follow from the record');

    const saved = await savedProof(fixture());
    const { slack } = fixture().bot;
    const exported = await run(process.execPath, ['dist/cli/export-proof.js'], {
      REDIS_URL: fixture().server.url,
      PRIZEDRAW_ANNOUNCE_CHANNEL: slack.channels.announce,
    });
    expect(exported).toMatchObject({ status: 0, said: `${saved}\n` });
    const parsed = parseFile(saved);
    expect('problem' in parsed ? parsed : parsed.entrants.toSorted()).toEqual([...ODD, 'ken', 'barbara'].toSorted());
    // A line for each, and the record; those of today are as they are.
    expect(saved.split('\n')).toHaveLength(ODD.length + 3);
    expect(saved.split('\n')).toEqual(expect.arrayContaining(['ken', '"octocat\\n"']));

    const path = file('proof.txt', saved);
    const verified = await run('npm', ['run', 'verify', '--', path, 'ken', 'nobody']);
    expect(verified.said).toContain('The winners follow from the record');
    expect(verified.said).toMatch(/ken was in the draw[\s\S]*nobody was not in the draw/);
    expect(verified.status).toBe(0);
    const broken = await run('npm', ['run', 'verify', '--', file('broken.txt', `${saved}\n"half`)]);
    expect(broken).toMatchObject({ status: 2, said: expect.stringContaining('A line that begins with a quote') });
    const lines = /```python\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/fairness.md'), 'utf8'))?.[1] ?? '';
    const python = await run('python3', [file('check.py', lines), path]);
    // Where there is no Python, nothing can be said of it.
    if (python.status !== -1) expect(python.said).toContain('True True');
  }, 90_000);

  it.each(['octo--cat', 'octocat-'])(
    'are let in by the bot too, where GitHub knows them: %s',
    async (login) => {
      const original = originalBeside(fixture());
      await original.start([`A whistle for ${login}`]);
      await original.enter(login);
      expect(await fixture().says('ada', `enter ${login}`)).toContain('already in the draw');
      await original.start([`A reed for ${login}`]);
      await toldOf(fixture(), [`A reed for ${login}`]);
      expect(await fixture().says('ada', `enter ${login}`)).toContain('You are in');
      const { wins } = await original.pick();
      expect(wins).toEqual([{ prize: `A reed for ${login}`, login }]);
      const winners = readText(await winnersTold(fixture(), `A reed for ${login}`));
      expect(winners).toContain(`https://github.com/${login}|`);
      expect(winners).toContain(`<@${fixture().member('ada').id}>`);
    },
    60_000,
  );
});
