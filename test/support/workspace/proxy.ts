import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request as send } from 'undici';
import { readFields } from './bodies.ts';
import { type Fault, faults, type Match } from './faults.ts';
import { type Fields, parseJson } from './json.ts';
import { listen, readBody, serve } from './loopback.ts';

/** One call that came through. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** With the query, such as `/api/chat.postMessage`. */
  readonly path: string;
  /** The form or JSON object, nested JSON parsed, without tokens. */
  readonly body: Fields;
  /** What befell it. */
  readonly fault?: Fault['kind'];
  /** The status and the JSON or text that the target answered, whether or not the caller got it. */
  status?: number;
  answer?: unknown;
}

export interface RecordingProxy {
  /** Without a slash at the end. */
  readonly url: string;
  /** Every call, oldest first. */
  readonly calls: Call[];
  /** Lets a fault befall each call that matches, at most `times` times. Returns a function that ends it. */
  fault(match: Match, fault: Fault, times?: number): () => void;
  /** Sends the calls of one path (without query) to another target. */
  route(path: string, target: string): void;
  close(): Promise<void>;
}

interface Options {
  /** Told of each call once its target has answered. */
  readonly answered?: (call: Call) => void;
  /** Changes what the target answered; undefined: it stays. */
  readonly amend?: (call: Call) => Promise<unknown> | unknown;
  /** Answers in place of the target where it returns something: the JSON to send with status 200. */
  readonly refuse?: (path: string, headers: IncomingHttpHeaders, body: Fields) => Fields | undefined;
}

/**
 * Starts an HTTP proxy on 127.0.0.1 that records what passes and injects faults.
 * @param target where calls go, without a slash at the end
 */
export async function startProxy(target: string, { answered, amend, refuse }: Options = {}): Promise<RecordingProxy> {
  const agent = new Agent();
  const calls: Call[] = [];
  const routes = new Map<string, string>();
  const rules = faults();

  const pass = async (request: IncomingMessage, raw: Buffer, call: Call) => {
    const base = routes.get(call.path.replace(/\?.*/, '')) ?? target;
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HOP.has(name)));
    const method = call.method === 'GET' ? 'GET' : 'POST';
    const reply = await send(base + call.path, { method, headers, body: raw.length ? raw : null, dispatcher: agent });
    const text = await reply.body.text();
    call.status = reply.statusCode;
    call.answer = parseJson(text) ?? text;
    answered?.(call);
    const amended = await amend?.(call);
    const body = amended === undefined ? text : JSON.stringify(amended);
    return { status: reply.statusCode, headers: reply.headers, text: body };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const raw = await readBody(request);
    const { method = 'GET', url: path = '/' } = request;
    const body = readFields(raw.toString(), request.headers['content-type']);
    const fault = rules.take(path, body);
    const call: Call = { at: Date.now(), method, path, body, ...(fault ? { fault: fault.kind } : {}) };
    calls.push(call);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') return void request.socket.destroy();
    if (fault?.kind === 'status') return answerWith(response, fault);
    if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { ref: false });
    const refusal = refuse?.(path, request.headers, body);
    if (refusal) return answerWith(response, { status: 200, body: refusal });
    const reply = await pass(request, raw, call);
    if (fault?.kind === 'lose_answer') return void request.socket.destroy();
    const headers = Object.entries(reply.headers).filter(([name]) => !HOP.has(name));
    response.writeHead(reply.status, Object.fromEntries(headers)).end(reply.text);
  };

  const server = await listen(serve(handle));
  return {
    url: server.url,
    calls,
    fault: rules.add,
    route: (path, other) => void routes.set(path, other),
    close: async () => {
      await server.close();
      await agent.destroy();
    },
  };
}

/** Headers of one connection only, which a proxy does not pass on. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'expect', 'upgrade']);

function answerWith(response: ServerResponse, { status, headers, body = '' }: Omit<StatusFault, 'kind'>): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(isText ? body : JSON.stringify(body));
}

type StatusFault = Extract<Fault, { kind: 'status' }>;
