import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Log } from '../log.ts';
import { reasonOf, refusal, slackErrorOf } from './refusal.ts';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** Finds out whether Slack knows our bot token, and goes on trying while Slack cannot be reached. */
export class Identity {
  readonly #client: webApi.WebClient;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #known = false;

  constructor(client: webApi.WebClient, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  /** Whether `auth.test` has succeeded. */
  get isKnown(): boolean {
    return this.#known;
  }

  /**
   * Asks Slack until it answers, then looks whether the bot sees its channels.
   * @param onRefused told in plain words when Slack refuses the token for good
   */
  async establish(channels: readonly string[], onRefused: (reason: string) => void): Promise<void> {
    for (let pause = FIRST_PAUSE; !this.#stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        const { user, team } = await this.#client.auth.test();
        this.#known = true;
        this.#log.info(`Signed in to Slack as ${user ?? 'the bot'} of ${team ?? 'the workspace'}`);
        await Promise.all(channels.map((channel) => this.#look(channel)));
        return;
      } catch (err) {
        const refused = refusal(err);
        if (refused !== undefined) return onRefused(`Slack refused SLACK_BOT_TOKEN (${refused}).`);
        if (pause === FIRST_PAUSE)
          this.#log.error(`Slack cannot be reached (${reasonOf(err)}); trying again until it can`);
        await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => {});
      }
    }
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #look(channel: string): Promise<void> {
    try {
      const info = await this.#client.conversations.info({ channel });
      if (info.channel?.is_member === false) {
        this.#log.warn(`The bot is not in the channel ${channel} yet. Invite it there: /invite @prizedraw`);
      } else if (info.channel?.is_read_only || info.channel?.is_thread_only) {
        this.#log.warn(
          `The bot may not post in the channel ${channel}. Let it post there: the channel’s settings, Posting permissions.`,
        );
      }
    } catch (error) {
      const code = slackErrorOf(error) ?? 'no answer';
      this.#log.warn(`The bot does not see the channel ${channel} (${code}). Invite it there: /invite @prizedraw`);
    }
  }
}
