import { type MouseEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { Json, Workspace } from '../state.ts';
import { withoutQuestions } from './buttons.ts';
import { disguised, unmask } from './literal.ts';

interface BlocksProps {
  readonly blocks: readonly Json[];
  readonly members?: Workspace['members'];
  readonly onPress?: (label: string) => void;
}

/** Block Kit, drawn by the library; a press of one of its buttons is told by the words on it. */
export function Blocks({ blocks, members = [], onPress }: BlocksProps) {
  const drawn = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (drawn.current) unmask(drawn.current);
  });
  const pressed = ({ target }: MouseEvent): void => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button) onPress?.(button.textContent.trim());
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
        data={{ users: members.map(({ id, name }) => ({ id, name })) }}
        hooks={{ date: ({ timestamp }) => <time>{when(Number(timestamp) * 1000)}</time>, link: newTab }}
      />
    </div>
  );
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
