import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Channel, Json, Workspace } from '../state.ts';
import { Blocks } from './blocks.tsx';
import { isJson, words } from './buttons.ts';
import { Field } from './field.tsx';
import type { Deed, Done } from './workspace.ts';

interface DialogProps {
  readonly view: Json;
  /** Those that the person can see. */
  readonly channels: readonly Channel[];
  readonly workspace: Workspace;
  readonly act: (deed: Deed) => Promise<Done>;
}

/** A dialog of the bot's over the page. */
export function Dialog({ view, channels, workspace, act }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  useEffect(() => box.current?.showModal(), []);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const filled = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)] as const);
    setBusy(true);
    const done = await act({ kind: 'submit', values: Object.fromEntries(filled) });
    setBusy(false);
    setErrors(done.errors ?? {});
  };
  const close = (): void => void act({ kind: 'close' });
  const blocks = Array.isArray(view['blocks']) ? view['blocks'].filter(isJson) : [];
  const title = words(view['title']);

  return (
    <dialog ref={box} className="box" aria-label={title} onCancel={close}>
      <form onSubmit={submit}>
        <h3>{title}</h3>
        {blocks.map((block, index) =>
          block['type'] === 'input' ? (
            <Field
              key={String(block['block_id'])}
              block={block}
              channels={channels}
              error={errors[String(block['block_id'])]}
            />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks keep their places while a dialog is open
            <Blocks key={index} blocks={[block]} workspace={workspace} />
          ),
        )}
        <footer>
          <button type="button" onClick={close}>
            {words(view['close']) || 'Cancel'}
          </button>
          {isJson(view['submit']) && (
            <button type="submit" className="primary" disabled={busy}>
              {words(view['submit'])}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
