import { once } from 'node:events';
import type { BotFixture } from '../../fixtures/bot.ts';
import type { Cast } from '../cast.ts';
import { bundlePage } from './bundle.ts';
import { webServer } from './server.ts';

/** The page, being served. */
export interface Page {
  readonly url: string;
  /** Waits until a browser has it open. */
  opened(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the page on this machine only.
 * @param port the port; another one that is free where it is taken. 0: any
 */
export async function openPage(fixture: BotFixture, cast: readonly Cast[], port: number): Promise<Page> {
  const people = cast.map(({ name, login, realName, isOrganiser = false }) => ({
    name,
    realName,
    login,
    isOrganiser,
    avatar: `/avatars/${login}.svg`,
  }));
  const server = webServer(fixture, people, await bundlePage());
  const opened = new Promise<void>((resolve) => {
    server.on('request', ({ url }) => url?.startsWith('/screen') && resolve());
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  const address = server.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : port}`,
    opened: () => opened,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
