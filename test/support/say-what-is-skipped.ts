import { redisInstalled } from './redis.ts';

/** Runs once before all tests: what is skipped is said in plain words. */
export default function sayWhatIsSkipped(): void {
  if (redisInstalled()) return;
  process.stdout.write(
    'redis-server is not installed here, so the tests on a real Redis are skipped (Debian: apt-get install redis-server).\n',
  );
}
