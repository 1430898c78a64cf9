import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { CAST } from '../demo/cast.ts';
import { setStage } from '../demo/stage.ts';
import { openPage } from '../demo/web/page.ts';
import type { Stage } from '../support/stage.ts';

const MISSING = 'chromium is not installed here (Debian: apt-get install chromium)';
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where the README's pictures are; `npm run pictures` makes them. */
const PICTURES = fileURLToPath(new URL('../../docs/', import.meta.url));

/**
 * The browser to test with; undefined where there is none, and the caller skips its tests and says so.
 * @throws in CI, where nothing may be skipped
 */
export function browserInstalled(): string | undefined {
  const found = [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
  if (found === undefined && process.env['CI'] === 'true') throw new Error(MISSING);
  return found;
}

/** The demo's workspace, open in a real browser. */
export interface Workspace {
  readonly stage: Stage;
  /** A tab in which one is somebody. */
  tab(name: string, size?: { readonly width: number; readonly height: number }): Promise<Page>;
  /** What the pages complained of so far. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the demo as `npm run demo` does, on an embedded Redis. */
export async function openWorkspace(): Promise<Workspace> {
  const stage = await setStage(CAST, undefined);
  const page = await openPage(stage, CAST, 0);
  const browser = await launch();
  const complaints: string[] = [];
  return {
    stage,
    complaints,
    tab: async (name, size = { width: 1100, height: 760 }) => {
      const tab = await browser.newPage({ viewport: size, deviceScaleFactor: 2 });
      tab.setDefaultTimeout(10_000);
      tab.on('pageerror', ({ message }) => complaints.push(message));
      tab.on('console', (line) => {
        if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
      });
      // Whatever the page needs, it has from this machine.
      await tab.route('**', (route) => {
        const { hostname } = new URL(route.request().url());
        if (hostname === 'localhost' || hostname === '127.0.0.1') return route.continue();
        complaints.push(`asked for ${route.request().url()}`);
        return route.abort();
      });
      await tab.goto(`${page.url}/?as=${name}`);
      return tab;
    },
    close: async () => {
      await browser.close();
      await page.close();
      await stage.close();
    },
  };
}

function launch(): Promise<Browser> {
  // Chromium's own sandbox does not start for root, as whom CI runs.
  return chromium.launch({ executablePath: browserInstalled() ?? '', args: ['--no-sandbox'] });
}

/** The box to write in. */
export function box(tab: Page): Locator {
  return tab.getByRole('combobox', { name: /^Message #/ });
}

/** Types something and sends it. */
export async function say(tab: Page, text: string): Promise<void> {
  await box(tab).fill(text);
  await box(tab).press('Escape');
  await box(tab).press('Enter');
}

/** The newest message that says something. */
export function message(tab: Page, words: string | RegExp): Locator {
  return tab.getByRole('article').filter({ hasText: words }).last();
}

/** Keeps a picture of a message for the README, where the pictures are being made. */
export async function picture(of: Locator, name: string): Promise<void> {
  if (process.env['MODE'] !== 'pictures') return;
  await of.page().mouse.move(0, 0);
  await of.screenshot({ path: `${PICTURES}${name}.png` });
}
