import { useEffect, useState } from 'react';
import type { Persona, Workspace } from '../state.ts';
import { ChannelView } from './channel.tsx';
import { Dialog } from './dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { act, useScreen, useWorkspace } from './workspace.ts';

/** Who one is stands in the address, so that each tab can be somebody else. */
function personaIn(address: string): string | null {
  return new URL(address).searchParams.get('as');
}

export function App() {
  const workspace = useWorkspace();
  const [name, setName] = useState(() => personaIn(window.location.href) ?? 'olivia');
  const persona = workspace?.people.find((each) => each.name === name);
  const become = (next: string): void => {
    window.history.replaceState(null, '', `?as=${next}`);
    setName(next);
  };
  if (!workspace || !persona) return <p className="loading">Opening the workspace…</p>;
  return <Desk key={persona.name} workspace={workspace} persona={persona} become={become} />;
}

interface DeskProps {
  readonly workspace: Workspace;
  readonly persona: Persona;
  readonly become: (name: string) => void;
}

/** One person's screen. */
function Desk({ workspace, persona, become }: DeskProps) {
  const screen = useScreen(persona.name);
  const [channelId, setChannelId] = useState<string>();
  const [menu, setMenu] = useState(false);
  const home = persona.isOrganiser ? 'draw-admins' : 'general';
  const channel =
    screen?.channels.find(({ id }) => id === channelId) ?? screen?.channels.find((each) => each.name === home);

  useEffect(() => {
    document.title = `${channel ? `#${channel.name} · ` : ''}${persona.realName} · prizedraw demo`;
  }, [channel, persona]);

  return (
    <div className={menu ? 'desk with-menu' : 'desk'}>
      <Sidebar
        workspace={workspace}
        persona={persona}
        become={become}
        channels={screen?.channels ?? []}
        open={channel?.id}
        choose={(id) => {
          setChannelId(id);
          setMenu(false);
        }}
      />
      {channel && (
        <ChannelView
          key={channel.id}
          channel={channel}
          persona={persona}
          workspace={workspace}
          onMenu={() => setMenu(!menu)}
          act={(deed) => act(persona.name, deed)}
        />
      )}
      {screen?.dialog && (
        <Dialog
          key={String(screen.dialog['id'])}
          view={screen.dialog}
          channels={screen.channels}
          workspace={workspace}
          act={(deed) => act(persona.name, deed)}
        />
      )}
    </div>
  );
}
