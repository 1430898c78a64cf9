import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import type { Message } from '../../../src/slack/blocks/text.ts';

/** What a rendering came to, and what of it others wrote. */
export interface Rendered {
  readonly messages?: readonly Message[];
  readonly views?: readonly ModalView[];
  /** Texts at a dialog's field. */
  readonly errors?: readonly string[];
  /** What others wrote. */
  readonly foreign: readonly string[];
  /** Those of it that must be there to read in each case. */
  readonly shows?: readonly string[];
}

export type Renderer = (...parameters: never[]) => unknown;

/** Functions of `src/slack/blocks`, with any input they can get. */
export interface Rendering {
  readonly name: string;
  readonly of: readonly Renderer[];
  readonly rendered: fc.Arbitrary<Rendered>;
}

/**
 * Declares a rendering; it bears the name of its first function.
 * @param of the functions that it shows to be right
 * @param input any input
 * @param render calls them
 */
export function rendering<T>(
  of: readonly [Renderer, ...Renderer[]],
  input: fc.Arbitrary<T>,
  render: (input: T) => Rendered,
): Rendering {
  return { name: of[0].name, of, rendered: input.map(render) };
}

/** What lists hold, each once: enough to look for. */
export function unique(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

export const nothingForeign: readonly string[] = [];
export const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
