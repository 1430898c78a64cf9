/** Control characters, line breaks among them, and what Unicode has for line breaks besides. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

/** Whether a name has no line break or other control character in it. */
export function isOneLine(name: string): boolean {
  return name.search(UNPRINTABLE) < 0;
}

/** A name that anybody may have chosen, on one line, and with nothing that a terminal takes for a command. */
export function oneLine(name: string): string {
  return name.replace(UNPRINTABLE, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}
