import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { runBot, until } from '../support/fixtures/bot.ts';
import { overSocketMode, type SocketModeFixture } from '../support/fixtures/socket-mode.ts';
import { read } from '../support/project/sources.ts';
import { freePort, listen } from '../support/workspace/loopback.ts';

const isOpen = (path: string): boolean => path.includes('apps.connections.open');

/** Lets Slack hand out another address than its own, at most `times` times; returns a function that ends it. */
function misdirect({ slack }: SocketModeFixture, url: string, times?: number): () => void {
  return slack.proxy.fault(isOpen, { kind: 'status', status: 200, body: { ok: true, url } }, times);
}

overSocketMode('opening the connection', (fixture) => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A WebSocket server that sends no more than a greeting. */
  const deadEnd = async (greeting: string | undefined, { autoPong = false } = {}) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, autoPong });
    server.on('connection', (socket) => {
      if (greeting !== undefined) socket.send(greeting);
    });
    ends.push(() => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    });
    await once(server, 'listening');
    const address = server.address();
    return { url: `ws://127.0.0.1:${isAddress(address) ? address.port : 0}/`, clients: server.clients };
  };

  it('asks again for an address when the one it got is refused', async () => {
    const ticketUsed = fixture().slack.proxy.calls.findLast(({ path }) => isOpen(path));
    const url = ticketUsed?.answer;
    expect(url).toMatchObject({ ok: true, url: expect.stringContaining('ws://') });
    await fixture().restart(() => ends.push(misdirect(fixture(), String(Object(url).url), 2)));
    await fixture().ready(200);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  });

  it('tries again when nobody is there at the address', async () => {
    const port = await freePort();
    await fixture().restart(() => ends.push(misdirect(fixture(), `ws://127.0.0.1:${port}/`, 2)));
    await fixture().ready(200);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  });

  it('is not ready before Slack has said hello, and gives up waiting for it', async () => {
    const { url, clients } = await deadEnd(undefined, { autoPong: true });
    await fixture().restart(() => ends.push(misdirect(fixture(), url, 1)));
    await fixture().ready(503);
    // It is given up after 15 s.
    await fixture().ready(200, 45_000);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
    // A hello that comes late would make it a second live socket.
    expect(clients.size).toBe(0);
  }, 60_000);

  it.each([
    ['that nobody can find', 'wss://no-such-host.invalid/', 'no-such-host.invalid', 'ENOTFOUND'],
    ['that a proxy forbids', undefined, '127.0.0.1', 'HTTP 403'],
  ])('names a host for sockets %s, once', async (_what, address, host, reason) => {
    const forbidding = createServer((_request, response) => response.writeHead(403).end());
    forbidding.on('upgrade', (_request, tcp) => tcp.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'));
    const { url, close } = await listen(forbidding);
    ends.push(() => void close());
    await fixture().restart(() => ends.push(misdirect(fixture(), address ?? url.replace('http', 'ws'), 3)));
    await fixture().ready(200);
    const said = fixture().running.log.filter((line) => line.includes('No socket to'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(`No socket to ${host} could be opened \\((?:${reason}|EAI_AGAIN)\\)`));
  });

  it('says where the scope is given that the app token lacks, as README does, and ends', async () => {
    const answer = { ok: false, error: 'missing_scope', needed: 'connections:write', provided: '' };
    await fixture().restart(() =>
      ends.push(fixture().slack.proxy.fault(isOpen, { kind: 'status', status: 200, body: answer })),
    );
    const { running } = fixture();
    const reason = await until(() => running.refusals[0]);
    expect(reason).toContain('Slack refused SLACK_APP_TOKEN (missing_scope)');
    const readme = read('README.md').replace(/[*`]/g, '').replace(/\s+/g, ' ');
    const way = /Basic Information, App-Level Tokens, Generate Token and Scopes/.exec(reason)?.[0] ?? 'no way';
    expect(readme).toContain(way);
    expect(readme).toContain('Add Scope connections:write');
    expect(reason).toContain('Add Scope connections:write');
    expect(running.refusals).toHaveLength(1);
  });

  it('notices within half a minute that Slack has fallen silent', async () => {
    const { url } = await deadEnd(JSON.stringify({ type: 'hello', num_connections: 1 }));
    await fixture().restart(() => ends.push(misdirect(fixture(), url, 1)));
    await fixture().ready(200);
    const before = fixture().socket.connections;
    await until(() => (fixture().socket.connections > before ? true : undefined), { patience: 30_000 });
    await fixture().ready(200);
    expect(await fixture().says('ada', 'status')).toContain('No draw is running');
  }, 45_000);

  it('says once that Slack cannot be reached, however long that lasts, and once that it can again', async () => {
    const heal = fixture().slack.proxy.fault(isOpen, { kind: 'status', status: 503 });
    ends.push(heal);
    await fixture().restart();
    const { log } = fixture().running;
    const lines = (words: string) => log.filter((line) => line.includes(words)).length;
    const calls = fixture().slack.proxy.calls;
    const before = calls.filter(({ path }) => isOpen(path)).length;
    await until(() => (lines('Slack cannot be reached') > 0 ? true : undefined));
    // Another whole round of tries.
    await until(() => (calls.filter(({ path }) => isOpen(path)).length > before + 5 ? true : undefined), {
      patience: 20_000,
    });
    expect(lines('Slack cannot be reached')).toBe(1);
    heal();
    await fixture().ready(200, 20_000);
    await until(() => (lines('Connected to Slack over Socket Mode') > 0 ? true : undefined));
    expect(lines('Slack cannot be reached')).toBe(1);
  }, 45_000);

  it('says in plain words that a wrong app token is refused, asks once only, and keeps it out of the log', async () => {
    const { slack, github, socket } = fixture();
    const appToken = 'xapp-1-A0WRONG-42-abcdef0123456789';
    const { redisUrl } = fixture();
    const calls = () => slack.proxy.calls.filter(({ path }) => isOpen(path)).length;
    const before = calls();
    const connections = socket.connections;
    const mode = { kind: 'socket', appToken } as const;
    const wrong = await runBot({
      slack,
      github,
      redisUrl,
      config: { slack: { botToken: slack.botToken, apiUrl: slack.apiUrl, mode } },
    });
    try {
      await until(() => wrong.refusals[0]);
      expect(wrong.refusals).toEqual(['Slack refused SLACK_APP_TOKEN (invalid_auth).']);
      const ready = await fetch(`${wrong.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ slack: 'not connected' });
    } finally {
      await wrong.stop();
    }
    expect(calls() - before).toBe(1);
    expect(socket.connections).toBe(connections);
    expect(wrong.log.join('')).not.toContain('abcdef0123456789');
  });
});

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
