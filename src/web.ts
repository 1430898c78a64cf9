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

/** The metrics are made at most this often, in milliseconds: whoever reaches the port may ask for them, and that costs. */
const METRICS_EVERY = 200;

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

/** What `GET /metrics` answers. */
export interface MetricsPage {
  /** The content type. */
  readonly type: string;
  readonly text: () => Promise<string>;
}

export interface WebOptions {
  readonly log: Log;
  readonly metrics: MetricsPage;
  readonly readiness: () => Promise<Readiness>;
  /** HTTP mode: takes `POST /slack/events`. */
  readonly slackEvents: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}

/** The HTTP server: health checks and metrics in both modes, Slack's requests in HTTP mode. */
export function createWeb({ log, metrics, readiness, slackEvents }: WebOptions): Server {
  const metricsText = atMostEvery(METRICS_EVERY, metrics.text);
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
      case 'GET /metrics':
        metricsText().then(
          (text) => send(response, 200, metrics.type, text),
          (err: unknown) => {
            log.error({ err }, 'The metrics could not be read');
            sendJson(response, 503, { status: 'unavailable' });
          },
        );
        return;
      case 'POST /slack/events':
        if (slackEvents) return slackEvents(request, response);
        return refuse(request, response, notFound('This bot runs in Socket Mode: Slack sends it no requests.'));
      default:
        return refuse(
          request,
          response,
          notFound('Not found. Here are: /healthz, /readyz, /metrics, POST /slack/events.'),
        );
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
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(body)}\n`);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}

/** Asks for something that many want at most so often, in milliseconds; in between, each gets the last answer. */
function atMostEvery<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let last: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (last === undefined || performance.now() >= until) {
      const asked = ask().finally(() => {
        until = performance.now() + milliseconds;
      });
      until = Number.POSITIVE_INFINITY;
      last = asked;
    }
    return last;
  };
}
