import { useState } from 'react';
import type { Item, Workspace } from '../state.ts';
import { Blocks } from './blocks.tsx';
import { type Pressed, type Question, questionFor } from './buttons.ts';
import { Confirm } from './confirm.tsx';
import type { Deed, Done } from './workspace.ts';

interface MessageViewProps {
  readonly item: Item;
  readonly workspace: Workspace;
  readonly act: (deed: Deed) => Promise<Done>;
}

/** A message, with its buttons at work. */
export function MessageView({ item, workspace, act }: MessageViewProps) {
  const [asked, setAsked] = useState<{ readonly button: Pressed; readonly question: Question }>();
  const press = (button: Pressed): void => {
    setAsked(undefined);
    void act({ kind: 'press', ...button, message: item.message });
  };
  const pressed = (button: Pressed): void => {
    const question = questionFor(item.blocks, button);
    if (question) setAsked({ button, question });
    else press(button);
  };
  return (
    <article className={item.onlyYou ? 'message only-you' : 'message'}>
      {item.onlyYou && <p className="only">👁 Only visible to you</p>}
      <img className="avatar" src={item.author.avatar} alt="" />
      <div>
        <p className="byline">
          <strong>{item.author.name}</strong>
          {item.author.isApp && <span className="badge">APP</span>}
          <time dateTime={new Date(item.at).toISOString()}>{timeOf(item.at)}</time>
        </p>
        {item.blocks.length > 0 ? (
          <Blocks blocks={item.blocks} workspace={workspace} onPress={pressed} />
        ) : (
          <p className="text">{item.text}</p>
        )}
      </div>
      {asked && (
        <Confirm question={asked.question} onYes={() => press(asked.button)} onNo={() => setAsked(undefined)} />
      )}
    </article>
  );
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
}
