import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs once before all tests: builds the program where it is older than its source, as `npm start` does, for the tests that run it side by side. */
export default function build(): void {
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  execFileSync('npm', ['run', '--silent', 'build', '--', '--if-older'], { cwd, stdio: 'pipe', timeout: 60_000 });
}
