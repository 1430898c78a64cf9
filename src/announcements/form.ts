import type { Content } from './desired.ts';

/** How a message is sent: smaller and smaller, where Slack refuses it as it is. */
export interface Form {
  /** How often it was halved; each half that was taken off is a message of its own. */
  readonly splits: number;
  /** With all that belongs to it; without avatars and with shorter lists; as plain text without blocks. */
  readonly look: 'full' | 'bare' | 'text';
  /** Whether it takes the place of a message that could neither be changed nor deleted. */
  readonly isBesideOld?: boolean | undefined;
}

/** How each message of a draw is sent that was refused as it was, by its part. */
export type Forms = ReadonlyMap<string, Form>;

/** As every message is sent at first. */
export const WHOLE: Form = { splits: 0, look: 'full' };

/** So few winners are not divided between messages: then it is not their number that Slack refuses. */
const FEW = 5;

/**
 * The next smaller form of a message: halved, then without avatars, then as plain text.
 * @param content what was refused
 * @returns undefined where there is none
 */
export function smaller(form: Form, content: Content): Form | undefined {
  const { splits, look } = form;
  if (content.kind === 'winners' && content.winners.length > FEW) return { ...form, splits: splits + 1 };
  if (look === 'text') return undefined;
  // There is nothing to leave out of what was fixed beforehand.
  return { ...form, look: look === 'bare' || content.kind === 'drawing' ? 'text' : 'bare' };
}

/** Some of the things that a message was to hold, as a message of its own. */
export interface Piece<T> {
  readonly part: string;
  readonly things: readonly T[];
  readonly form: Form;
}

/**
 * Divides what a message was to hold as its form says, in order. Its first piece keeps its name, so that it is still known
 * where it has been posted; what its first halving took off is "name.1", its second "name.2", and each of these can be
 * divided as well.
 */
export function pieces<T>(part: string, things: readonly T[], forms: Forms): readonly Piece<T>[] {
  const own = forms.get(part) ?? WHOLE;
  const rest: Piece<T>[] = [];
  let left = things;
  for (let split = 1; split <= own.splits && left.length > 1; split++) {
    const half = Math.ceil(left.length / 2);
    rest.unshift(...pieces(`${part}.${split}`, left.slice(half), forms));
    left = left.slice(0, half);
  }
  return [{ part, things: left, form: own }, ...rest];
}
