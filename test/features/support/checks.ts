import { validateAck, validateMessage, validateView } from '../../support/block-kit.ts';
import type { Stage } from '../../support/stage.ts';
import { isFields, textAt } from '../../workspace/json.ts';
import type { Transport } from '../../workspace/transport.ts';

/** Checks everything that the bot says against Slack's limits. */
export class Checks {
  readonly transport: Transport;
  readonly #stage: Stage;
  readonly #found: string[] = [];
  readonly #addresses: string[] = [];
  #calls = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.transport = {
      send: async (kind, payload) => {
        const address = textAt(payload, 'response_url');
        if (address) this.#addresses.push(address);
        const ack = await stage.transport.send(kind, payload);
        if (kind === 'interactive') this.#note('ack', validateAck(ack.body, blockIds(payload)));
        else if (ack.body !== undefined) this.#note('ack', validateMessage(ack.body));
        return ack;
      },
    };
  }

  /** Every problem since the last time it was asked. */
  problems(): string[] {
    const { calls } = this.#stage.slack.proxy;
    for (const { path, body } of calls.slice(this.#calls)) {
      // Sent as a form, where true and false are words; the client takes care of these.
      const message = { text: body['text'], blocks: body['blocks'] };
      if (/chat\.(postMessage|update)/.test(path)) this.#note(path, validateMessage(message));
      if (/views\.(open|update)/.test(path)) this.#note(path, validateView(body['view']));
    }
    this.#calls = calls.length;
    for (const address of this.#addresses.splice(0)) {
      for (const post of this.#stage.slack.responses(address)) this.#note('response_url', validateMessage(post.body));
    }
    return this.#found.splice(0);
  }

  #note(where: string, problems: readonly string[]): void {
    this.#found.push(...problems.map((problem) => `${where}: ${problem}`));
  }
}

function blockIds(payload: unknown): string[] {
  const view = isFields(payload) ? payload['view'] : undefined;
  const blocks = isFields(view) && Array.isArray(view['blocks']) ? view['blocks'] : [];
  return blocks.flatMap((block) => textAt(block, 'block_id') ?? []);
}
