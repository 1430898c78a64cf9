import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from './log.ts';
import { type Refusal, refuse } from './refuse-request.ts';

/** A request may take this long to arrive, in milliseconds: Slack itself waits for 3 seconds. */
const ARRIVAL = 10_000;

/**
 * Connections of proxies and of Slack are kept this long while nothing comes over them, in milliseconds. Load balancers
 * keep theirs for 60 seconds and must be the first to close them, else a request meets a connection that is being closed.
 */
const KEEP_ALIVE = 65_000;

/** Slack has a handful of connections at once; more than this many is somebody else. */
const MOST_CONNECTIONS = 500;

/** Whether the parts that the bot needs are there, each with what is amiss. */
export interface Readiness {
  readonly redis: string;
  readonly slack: string;
  /** Whether this process has the settings that are in use. */
  readonly settings: string;
  /** Said, but the bot is ready: in HTTP mode, it refuses what Slack sends. */
  readonly clock: string;
  /** Said, but the bot is ready without: commands are answered while nothing can be posted. */
  readonly announcements: string;
}

export interface WebOptions {
  readonly log: Log;
  readonly readiness: () => Promise<Readiness>;
  /** HTTP mode: takes `POST /slack/events`. */
  readonly slackEvents: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}

/** The HTTP server: health checks in both modes, Slack's requests in HTTP mode. */
export function createWeb({ log, readiness, slackEvents }: WebOptions): Server {
  const limits = {
    requestTimeout: ARRIVAL,
    headersTimeout: ARRIVAL,
    keepAliveTimeout: KEEP_ALIVE,
    // By default a request that is too slow is noticed after half a minute.
    connectionsCheckingInterval: 1_000,
  };
  const server = createServer(limits, (request, response) => {
    const [path] = (request.url ?? '/').split('?', 1);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    switch (`${method} ${path}`) {
      case 'GET /healthz':
        return sendJson(response, 200, { status: 'ok' });
      case 'GET /readyz':
        readiness().then(
          (parts) => {
            const ready = parts.redis === 'ok' && parts.slack === 'ok' && parts.settings === 'ok';
            sendJson(response, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', ...parts });
          },
          (err: unknown) => {
            log.error({ err }, 'The readiness check failed');
            sendJson(response, 503, { status: 'unavailable' });
          },
        );
        return;
      case 'POST /slack/events':
        if (slackEvents) return slackEvents(request, response);
        return refuse(request, response, notFound('This bot runs in Socket Mode: Slack sends it no requests.'));
      default:
        return refuse(request, response, notFound('Not found. Here are: /healthz, /readyz, POST /slack/events.'));
    }
  });
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/**
 * Begins to listen.
 * @returns the port, which differs from the one asked for when that was 0
 * @throws when the port is taken or not allowed
 */
export function listen(server: Server, port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function notFound(error: string): Refusal {
  return { status: 404, text: `${JSON.stringify({ error })}\n` };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
}
