import { type MouseEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { Json, Workspace } from '../state.ts';
import { type Pressed, withoutQuestions } from './buttons.ts';
import { disguised, unmask } from './literal.ts';

interface BlocksProps {
  readonly blocks: readonly Json[];
  /** Whose people and channels are mentioned. */
  readonly workspace?: Workspace;
  readonly onPress?: (button: Pressed) => void;
}

/** Block Kit, drawn by the library; a press of one of its buttons is told by the words on it. */
export function Blocks({ blocks, workspace, onPress }: BlocksProps) {
  const drawn = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (drawn.current) unmask(drawn.current);
  });
  const pressed = ({ target }: MouseEvent): void => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (!button || !drawn.current) return;
    const label = labelOf(button);
    const same = [...drawn.current.querySelectorAll('button')].filter((each) => labelOf(each) === label);
    onPress?.({ label, nth: same.indexOf(button) });
  };
  return (
    // The buttons inside take keys and clicks; this only listens to what they pass on.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div ref={drawn} className="blocks" onClick={pressed}>
      <Message
        blocks={drawable(blocks)}
        name=""
        logo=""
        theme="light"
        withoutWrapper
        data={{ users: [...(workspace?.members ?? [])], channels: [...(workspace?.channels ?? [])] }}
        hooks={{ date: ({ timestamp }) => <time>{when(Number(timestamp) * 1000)}</time>, link: newTab }}
      />
    </div>
  );
}

function labelOf(button: Element): string {
  return button.textContent.trim();
}

/** The library knows every block that Slack does, and skips others. */
function drawable(blocks: readonly Json[]): Block[] {
  return JSON.parse(JSON.stringify(disguised(withoutQuestions(blocks))));
}

function when(at: number): string {
  return new Date(at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}

function newTab({ href, children }: { readonly href: string; readonly children?: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
