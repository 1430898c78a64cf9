import { defineConfig } from 'vitest/config';

const inCI = process.env['CI'] === 'true';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/say-what-is-skipped.ts', 'test/support/process/build.ts'],
    globals: false,
    pool: 'forks',
    // Tests wait for servers and clocks rather than compute; and none leaves anything behind for the next file.
    maxWorkers: 10,
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A test that is left out by mistake is as bad as one that fails.
    allowOnly: !inCI,
  },
});
