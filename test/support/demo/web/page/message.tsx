import { useState } from 'react';
import type { Item, Workspace } from '../state.ts';
import { Blocks } from './blocks.tsx';
import { buttonIn, type Question } from './buttons.ts';
import { Confirm } from './confirm.tsx';
import type { Deed, Done } from './workspace.ts';

interface MessageViewProps {
  readonly item: Item;
  readonly workspace: Workspace;
  readonly act: (deed: Deed) => Promise<Done>;
}

/** A message, with its buttons at work. */
export function MessageView({ item, workspace, act }: MessageViewProps) {
  const [asked, setAsked] = useState<{ readonly label: string; readonly question: Question }>();
  const press = (label: string): void => {
    setAsked(undefined);
    void act({ kind: 'press', label, message: item.message });
  };
  const pressed = (label: string): void => {
    const question = buttonIn(item.blocks, label)?.confirm;
    if (question) setAsked({ label, question });
    else press(label);
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
          <Blocks blocks={item.blocks} members={workspace.members} onPress={pressed} />
        ) : (
          <p className="text">{item.text}</p>
        )}
      </div>
      {asked && <Confirm question={asked.question} onYes={() => press(asked.label)} onNo={() => setAsked(undefined)} />}
    </article>
  );
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
}
