/**
 * Something that this version of the bot cannot read in its own keys, of one draw: a newer version wrote it, or somebody
 * changed it. It is left as it is, for a version that knows it.
 */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly draw: string;

  /** @param what what it is, such as `record` */
  constructor(draw: string, what: string, cause: unknown) {
    super(`This version of the bot cannot read the ${what} of the draw ${draw}.`, { cause });
    this.draw = draw;
  }
}

/**
 * Handles that something cannot be read, and throws everything else on.
 * @param handle what to do instead
 */
export function ifUnreadable<T>(handle: (error: Unreadable) => T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Unreadable) return handle(error);
    throw error;
  };
}
