/** The beginning of a digest, as it is shown: long enough that nobody finds another list with the same. */
export function short(digest: string): string {
  return digest.slice(0, 16);
}
