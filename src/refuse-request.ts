import type { IncomingMessage, ServerResponse } from 'node:http';

/** So much of a refused body is still taken and thrown away, in bytes, so that its sender sees the answer. */
const LINGER_BYTES = 4 * 1024 * 1024;
/** And for so long, in milliseconds. */
const LINGER_MS = 1_000;

/** What to answer. */
export interface Refusal {
  readonly status: number;
  /** Said to whoever reads the answer; nothing when left out. */
  readonly text?: string;
}

/**
 * Answers a request whose body is not wanted, and ends the connection: what is left of the body would pass for the next request, or cost
 * as much as reading it. TCP cut at once, before the sender is done, would take the answer away from it.
 */
export function refuse(request: IncomingMessage, response: ServerResponse, { status, text = '' }: Refusal): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  const type = text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { connection: 'close', 'content-length': Buffer.byteLength(text), ...type });
  response.flushHeaders();
  if (text !== '') response.write(text);
  let left = LINGER_BYTES;
  const enough = setTimeout(() => response.end(), LINGER_MS);
  const end = () => {
    clearTimeout(enough);
    response.end();
  };
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
  if (request.readableEnded || request.destroyed) end();
}
