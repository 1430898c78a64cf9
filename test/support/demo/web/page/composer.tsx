import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Channel, Persona, Workspace } from '../state.ts';
import type { Deed, Done } from './workspace.ts';

interface ComposerProps {
  readonly channel: Channel;
  readonly persona: Persona;
  readonly workspace: Workspace;
  readonly act: (deed: Deed) => Promise<Done>;
}

const COMMAND = '/prizedraw';

/** The box to write in, with completion of `/prizedraw`'s subcommands. */
export function Composer({ channel, persona, workspace, act }: ComposerProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [shut, setShut] = useState(false);
  const [problem, setProblem] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const offers = shut ? [] : completions(text, workspace, channel, persona);
  const at = Math.min(chosen, offers.length - 1);

  const write = (next: string): void => {
    setText(next);
    setChosen(0);
    setShut(false);
  };
  const take = (index: number): void => {
    const offer = offers[index];
    if (offer) write(`${COMMAND} ${offer.example}`);
    setShut(true);
    box.current?.focus();
  };
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    write('');
    const { error } = await act({ kind: 'type', channel: channel.id, text });
    setProblem(error);
  };
  const pressed = (event: KeyboardEvent): void => {
    const offered = offers[at];
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const typed = text.trim().toLowerCase();
      if (offered && !typed.startsWith(`${COMMAND} ${offered.name}`)) take(at);
      else void send();
    } else if (event.key === 'Tab' && offered) {
      event.preventDefault();
      take(at);
    } else if (event.key === 'ArrowDown' && offered) {
      event.preventDefault();
      setChosen((at + 1) % offers.length);
    } else if (event.key === 'ArrowUp' && offered) {
      event.preventDefault();
      setChosen((at - 1 + offers.length) % offers.length);
    } else if (event.key === 'Escape') setShut(true);
  };

  return (
    <footer className="composer">
      {offers.length > 0 && (
        <div id={list} role="listbox" aria-label="Commands" className="offers">
          {offers.map(({ usage, help }, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus; the arrow keys move here
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and Tab in the box do the same
            <div
              key={usage}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(index)}
            >
              <code>
                {COMMAND} {usage}
              </code>
              <span className="help">{help}</span>
            </div>
          ))}
        </div>
      )}
      {problem && <p role="alert">{problem}</p>}
      <textarea
        ref={box}
        rows={1}
        role="combobox"
        aria-label={`Message #${channel.name}`}
        aria-expanded={offers.length > 0}
        aria-controls={list}
        aria-activedescendant={offers.length > 0 ? `${list}-${at}` : undefined}
        placeholder={`Message #${channel.name}, or type / for commands`}
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={pressed}
      />
      <button type="button" className="primary" aria-label="Send" onClick={() => void send()}>
        ➤
      </button>
    </footer>
  );
}

interface Offer {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  /** What is put in the box. */
  readonly example: string;
}

/** The subcommands that what was typed so far can become, here. */
function completions(text: string, { commands }: Workspace, channel: Channel, persona: Persona): readonly Offer[] {
  if (text === '' || !(COMMAND.startsWith(text) || text.startsWith(`${COMMAND} `) || text === COMMAND)) return [];
  const typed = text.slice(COMMAND.length).trimStart().toLowerCase();
  return commands
    .filter(({ who }) => who === 'anyone' || channel.isPrivate)
    .map(({ usage, help }) => {
      const [name = ''] = usage.split(' ');
      return { name, usage, help, example: usage.replace('<github-id>', persona.login) };
    })
    .filter(({ name }) => name.startsWith(typed) && name !== typed);
}
