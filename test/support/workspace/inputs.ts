import { z } from 'zod';
import type { View } from './views.ts';

const option = z.looseObject({ text: z.looseObject({ text: z.string() }), value: z.string() });
type Option = z.infer<typeof option>;

const field = z.looseObject({ action_id: z.string().default('unnamed') });

const element = z.discriminatedUnion('type', [
  field.extend({ type: z.literal('plain_text_input'), initial_value: z.string().optional() }),
  field.extend({
    type: z.literal('static_select'),
    options: z.array(option).default([]),
    option_groups: z.array(z.looseObject({ options: z.array(option) })).default([]),
    initial_option: option.optional(),
  }),
  field.extend({ type: z.literal('conversations_select'), initial_conversation: z.string().optional() }),
]);

const input = z.looseObject({
  type: z.literal('input'),
  block_id: z.string(),
  label: z.looseObject({ text: z.string() }),
  element,
});
type Input = z.infer<typeof input>;

/**
 * Fills in a dialog.
 * @param typed what goes into which field, by its label, block ID or action ID; for a choice, the option's text or
 *   value; for a channel, its ID. A field not named keeps what it was opened with
 * @returns the dialog's `state.values` as Slack sends them
 */
export function fillIn(view: View, typed: Readonly<Record<string, string>>): Record<string, Record<string, unknown>> {
  const inputs = view.blocks.filter(({ type }) => type === 'input').map((block) => input.parse(block));
  const given = new Map(Object.entries(typed).map(([name, value]) => [named(inputs, name), value]));
  return Object.fromEntries(
    inputs.map((each) => [each.block_id, { [each.element.action_id]: stateOf(each, given.get(each)) }]),
  );
}

function named(inputs: readonly Input[], name: string): Input {
  const found =
    inputs.find(({ label }) => label.text === name) ??
    inputs.find(({ block_id }) => block_id === name) ??
    inputs.find(({ element }) => element.action_id === name);
  if (found) return found;
  const there = inputs.map(({ label }) => `"${label.text}"`).join(', ');
  throw new Error(`The dialog has no field "${name}". It has: ${there || 'none'}.`);
}

function stateOf({ element: box }: Input, typed: string | undefined): Record<string, unknown> {
  if (box.type === 'plain_text_input') return { type: box.type, value: (typed ?? box.initial_value) || null };
  if (box.type === 'conversations_select') {
    return { type: box.type, selected_conversation: (typed ?? box.initial_conversation) || null };
  }
  const chosen = typed === undefined ? box.initial_option : chosenOption(box, typed);
  return { type: box.type, selected_option: chosen ?? null };
}

function chosenOption(
  box: { readonly options: readonly Option[]; readonly option_groups: readonly { options: readonly Option[] }[] },
  typed: string,
): Option {
  const options = [...box.options, ...box.option_groups.flatMap((group) => group.options)];
  const found = options.find(({ text }) => text.text === typed) ?? options.find(({ value }) => value === typed);
  if (found) return found;
  const there = options.map(({ text }) => `"${text.text}"`).join(', ');
  throw new Error(`There is no option "${typed}". There are: ${there || 'none'}.`);
}
