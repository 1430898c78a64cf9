import type { WebSocket } from 'ws';

/** Milliseconds between our pings. */
const PING_EVERY = 5_000;

/** After this long without a word from Slack, in milliseconds, the connection counts as broken. */
const SILENCE = 15_000;

/** Pings the other end, and cuts the socket where nothing comes back: TCP alone can take many minutes to notice. */
export class Heartbeat {
  readonly #socket: WebSocket;
  /** By a clock that does not jump. */
  #heard = performance.now();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    const hear = () => {
      this.#heard = performance.now();
    };
    for (const sign of ['open', 'message', 'ping', 'pong'] as const) socket.on(sign, hear);
    const timer = setInterval(() => this.#beat(), PING_EVERY);
    socket.once('close', () => clearInterval(timer));
  }

  #beat(): void {
    if (performance.now() - this.#heard > SILENCE) this.#socket.terminate();
    // Where it cannot be sent, nothing will come back.
    else if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping(() => {});
  }
}
