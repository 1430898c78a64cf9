import type { Channel, Persona, Workspace } from '../state.ts';

interface SidebarProps {
  readonly workspace: Workspace;
  readonly persona: Persona;
  readonly become: (name: string) => void;
  readonly channels: readonly Channel[];
  readonly open: string | undefined;
  readonly choose: (id: string) => void;
}

/** The workspace's name, who one is, and the channels. */
export function Sidebar({ workspace, persona, become, channels, open, choose }: SidebarProps) {
  return (
    <nav className="sidebar" aria-label="Workspace">
      <h1>
        <img src="/avatars/prizedraw.svg" alt="" /> Devs &amp; Draws
      </h1>
      <label className="whoami">
        You are
        <select value={persona.name} onChange={({ target }) => become(target.value)}>
          {workspace.people.map(({ name, realName, isOrganiser }) => (
            <option key={name} value={name}>
              {realName}
              {isOrganiser ? ' (organiser)' : ''}
            </option>
          ))}
        </select>
      </label>
      <h2>Channels</h2>
      <ul>
        {channels.map(({ id, name, isPrivate }) => (
          <li key={id}>
            <button type="button" aria-current={id === open ? 'page' : undefined} onClick={() => choose(id)}>
              <span aria-hidden="true">{isPrivate ? '🔒' : '#'}</span> {name}
            </button>
          </li>
        ))}
      </ul>
      <p className="aside">
        Your GitHub ID here is <code>{persona.login}</code>. To be several people at once, open{' '}
        <a href={`?as=${persona.name === 'ada' ? 'grace' : 'ada'}`} target="_blank" rel="noreferrer">
          another tab
        </a>
        .
      </p>
    </nav>
  );
}
