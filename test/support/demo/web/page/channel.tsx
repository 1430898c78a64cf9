import { useEffect, useRef } from 'react';
import type { Channel, Persona, Workspace } from '../state.ts';
import { Composer } from './composer.tsx';
import { MessageView } from './message.tsx';
import type { Deed, Done } from './workspace.ts';

interface ChannelViewProps {
  readonly channel: Channel;
  readonly persona: Persona;
  readonly workspace: Workspace;
  readonly onMenu: () => void;
  readonly act: (deed: Deed) => Promise<Done>;
}

/** A channel: its messages, and the box to write in. */
export function ChannelView({ channel, persona, workspace, onMenu, act }: ChannelViewProps) {
  const end = useRef<HTMLDivElement>(null);
  const newest = channel.items.at(-1)?.key;
  useEffect(() => {
    if (newest) end.current?.scrollIntoView({ block: 'end' });
  }, [newest]);

  return (
    <main className="channel">
      <header>
        <button type="button" className="menu" aria-label="Channels and people" onClick={onMenu}>
          ☰
        </button>
        <h2>
          {channel.isPrivate ? '🔒' : '#'} {channel.name}
        </h2>
        <p>
          {channel.isPrivate
            ? 'Organisers only: whoever is here may run the draw'
            : 'Draws and winners are announced here'}
        </p>
      </header>
      <section className="messages" aria-label="Messages" aria-live="polite">
        {channel.items.length === 0 && <Hint persona={persona} channel={channel} />}
        {channel.items.map((item) => (
          <MessageView key={item.key} item={item} workspace={workspace} act={act} />
        ))}
        <div ref={end} />
      </section>
      <Composer channel={channel} persona={persona} workspace={workspace} act={act} />
    </main>
  );
}

/** What to try first. */
function Hint({ persona, channel }: { readonly persona: Persona; readonly channel: Channel }) {
  return (
    <p className="hint">
      {channel.isPrivate ? (
        <>
          Start here: type <code>/prizedraw start "A mechanical keyboard" "A book" for 30m</code>, then become somebody
          else, at the left, and enter. With <code>in #giveaways</code> at its end, there is a second draw in that
          channel.
        </>
      ) : persona.isOrganiser ? (
        <>Nothing is announced yet. Go to #draw-admins, at the left, to start a draw.</>
      ) : (
        <>Nothing is announced yet. Become Olivia, the organiser, at the left, to start a draw.</>
      )}
    </p>
  );
}
