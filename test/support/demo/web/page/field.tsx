import { useId } from 'react';
import type { Channel, Json } from '../state.ts';
import { isJson, words } from './buttons.ts';

interface FieldProps {
  readonly block: Json;
  readonly channels: readonly Channel[];
  readonly error: string | undefined;
}

/** An input of a dialog, with what is wrong beside it. */
export function Field({ block, channels, error }: FieldProps) {
  const id = useId();
  const element = isJson(block['element']) ? block['element'] : {};
  const described = `${id}-about`;
  const about = {
    id,
    name: String(block['block_id']),
    'aria-describedby': described,
    'aria-invalid': error !== undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{words(block['label'])}</label>
      <Input element={element} channels={channels} about={about} />
      <p
        id={described}
        className={error === undefined ? 'about' : 'error'}
        role={error === undefined ? undefined : 'alert'}
      >
        {error ?? words(block['hint'])}
      </p>
    </div>
  );
}

interface InputProps {
  readonly element: Json;
  readonly channels: readonly Channel[];
  readonly about: Readonly<Record<string, unknown>>;
}

function Input({ element, channels, about }: InputProps) {
  switch (element['type']) {
    case 'static_select':
      return (
        <select {...about} defaultValue={valueIn(element['initial_option'])}>
          {options(element).map((option) => (
            <option key={valueIn(option)} value={valueIn(option)}>
              {words(option['text'])}
            </option>
          ))}
        </select>
      );
    case 'conversations_select':
      return (
        <select {...about} required defaultValue={String(element['initial_conversation'] ?? '')}>
          <option value="" disabled>
            Select a channel
          </option>
          {channels.map(({ id, name, isPrivate }) => (
            <option key={id} value={id}>
              {isPrivate ? '🔒 ' : '# '}
              {name}
            </option>
          ))}
        </select>
      );
    default:
      return <TextInput element={element} about={about} />;
  }
}

function TextInput({ element, about }: { readonly element: Json; readonly about: Readonly<Record<string, unknown>> }) {
  const typed = {
    ...about,
    defaultValue: String(element['initial_value'] ?? ''),
    placeholder: words(element['placeholder']),
    maxLength: Number(element['max_length'] ?? 3000),
    autoFocus: element['focus_on_load'] === true,
    required: true,
  };
  return element['multiline'] === true ? <textarea rows={5} {...typed} /> : <input type="text" {...typed} />;
}

function options(element: Json): readonly Json[] {
  return Array.isArray(element['options']) ? element['options'].filter(isJson) : [];
}

function valueIn(option: unknown): string {
  return isJson(option) ? String(option['value'] ?? '') : '';
}
