import { parse } from 'dotenv';
import { read, withoutComments } from './sources.ts';

/** The names of the settings that the bot reads, from the schema in `src/config.ts`. */
export function settingsRead(): string[] {
  const schema =
    /const environment = z\.object\(\{([\s\S]*?)\n\}\);/.exec(withoutComments(read('src/config.ts')))?.[1] ?? '';
  return [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name ?? '');
}

/** `.env.example` as it stands. */
export function exampleAsItStands(): Record<string, string> {
  return parse(read('.env.example'));
}

/** `.env.example` with every setting in it taken for given. */
export function exampleInFull(): Record<string, string> {
  return parse(read('.env.example').replace(/^#(?=[A-Z_]+=)/gm, ''));
}
