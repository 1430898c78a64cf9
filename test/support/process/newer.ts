import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './run.ts';

/** A copy of the built bot, in a folder of its own. */
export interface BuiltCopy {
  /** Its folder, in place of `dist`. */
  readonly dist: string;
  /** What is started. */
  readonly main: string;
  /** Deletes it. */
  remove(): void;
}

/** Copies the built bot, with everything that it needs to be started. */
export function copyBuilt(): BuiltCopy {
  const folder = mkdtempSync(join(tmpdir(), 'prizedraw-copy-'));
  const dist = join(folder, 'dist');
  cpSync(join(ROOT, 'dist'), dist, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    dist,
    main: join(dist, 'main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the newer version keeps beside what this one knows. */
export const NEWER = {
  /** A field of each record, and of each state of delivery. */
  field: 'of_a_newer_version',
  value: 'kept',
  /** A message in the state of delivery that this version does not know, in a form that it does not know. */
  part: 'thanks 1',
  partJson: '["in","another","form"]',
} as const;

/** In a file of the built bot, a text that stands there once, and what the newer version has there. */
type Patch = readonly [file: string, text: string, newer: string];

const PATCHES: readonly Patch[] = [
  [
    'draw/scripts/prelude.lua',
    "redis.call('HSET', record, 'phase', phase, 'closes_at', closes_at)",
    `redis.call('HSET', record, 'phase', phase, 'closes_at', closes_at, '${NEWER.field}', '${NEWER.value}')`,
  ],
  [
    'announcements/store.js',
    "[part]: kept === undefined ? '' : JSON.stringify(kept)",
    `[part]: kept === undefined ? '' : JSON.stringify({ ...kept, ${NEWER.field}: '${NEWER.value}' }), ` +
      `'${NEWER.part}': '${NEWER.partJson}'`,
  ],
];

/**
 * Makes a newer version of the built bot: the same, but that it keeps more in Redis than this one knows.
 * @throws where the built bot has changed, so that it cannot be made any more
 */
export function makeNewer(patches: readonly Patch[] = PATCHES): BuiltCopy {
  const copy = copyBuilt();
  for (const [file, text, newer] of patches) {
    const path = join(copy.dist, file);
    const parts = readFileSync(path, 'utf8').split(text);
    if (parts.length !== 2) {
      copy.remove();
      throw new Error(`The newer version cannot be made: dist/${file} has this ${parts.length - 1} times: ${text}`);
    }
    writeFileSync(path, parts.join(newer));
  }
  return copy;
}
