import { useId } from 'react';
import type { Json } from '../state.ts';
import { isJson, words } from './buttons.ts';

interface FieldProps {
  readonly block: Json;
  readonly error: string | undefined;
}

/** An input of a dialog, with what is wrong beside it. */
export function Field({ block, error }: FieldProps) {
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
      {element['type'] === 'static_select' ? (
        <select {...about} defaultValue={valueIn(element['initial_option'])}>
          {options(element).map((option) => (
            <option key={valueIn(option)} value={valueIn(option)}>
              {words(option['text'])}
            </option>
          ))}
        </select>
      ) : (
        <TextInput element={element} about={about} />
      )}
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
