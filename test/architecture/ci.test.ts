import { accessSync, constants } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT, read } from '../support/project/sources.ts';

const CI = read('.ci/run');

describe('.ci/run', () => {
  it('can be run as it is', () => {
    expect(() => accessSync(`${ROOT}.ci/run`, constants.X_OK)).not.toThrow();
    expect(CI).toMatch(/^#!\/usr\/bin\/env bash\n/);
  });

  it.each([
    'redis-server',
    'chromium',
    'npm ci',
    'npm run check',
    'npm test',
    'npx --yes -p node@latest -- npm test',
    'npm run bench -- --quick',
    'npm run demo -- --text',
    'npm ci --omit=dev',
  ])('does %s', (command) => {
    expect(CI).toContain(command);
  });

  it('ends with the number of steps that passed and failed, and fails where one did', () => {
    expect(CI.trimEnd().split('\n').slice(-2)).toEqual([
      expect.stringMatching(/^printf '.*%d passed, %d failed\\n' "\$passed" "\$failed"$/),
      '[ "$failed" -eq 0 ]',
    ]);
  });
});
