import { useEffect, useState } from 'react';
import type { Json, Screen, Workspace } from '../state.ts';

/** What a person can do; the server knows what comes of it. */
export type Deed =
  | { readonly kind: 'type'; readonly channel: string; readonly text: string }
  | { readonly kind: 'press'; readonly label: string; readonly nth: number; readonly message: Json }
  | { readonly kind: 'submit'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'close' };

export interface Done {
  readonly errors?: Readonly<Record<string, string>>;
  readonly error?: string;
}

/** Does something as a person. */
export async function act(as: string, deed: Deed): Promise<Done> {
  const response = await fetch(`/act?as=${encodeURIComponent(as)}`, { method: 'POST', body: JSON.stringify(deed) });
  return response.json();
}

/** The people and commands; undefined until they are loaded. */
export function useWorkspace(): Workspace | undefined {
  const [workspace, setWorkspace] = useState<Workspace>();
  useEffect(() => {
    fetch('/workspace').then(async (response) => setWorkspace(await response.json()));
  }, []);
  return workspace;
}

/** What a person has on the screen, always as it is now. */
export function useScreen(as: string): Screen | undefined {
  const [screen, setScreen] = useState<Screen>();
  useEffect(() => {
    const events = new EventSource(`/screen?as=${encodeURIComponent(as)}`);
    events.onmessage = ({ data }) => setScreen(JSON.parse(data));
    return () => events.close();
  }, [as]);
  return screen;
}
