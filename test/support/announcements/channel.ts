import type { Content } from '../../../src/announcements/desired.ts';
import {
  type Change,
  ChannelError,
  type Check,
  type Mark,
  type Messenger,
  type Page,
  type Removal,
  type Window,
} from '../../../src/announcements/messenger.ts';

/** What befalls a call: it is refused; done, but its answer is lost; cut off; or cut off, and done when `arrive` says so. */
export type ChannelProblem = 'refused' | 'answer lost' | 'cut off' | 'late';

/** A message in the channel, as the bot put it there. */
export interface Posted extends Mark {
  readonly channel: string;
  readonly ts: string;
  content: Content;
}

/** A Slack of one's own, in memory, in which calls can fail in every way. */
export class FakeChannel implements Messenger {
  /** What is in the channels, in the order in which it came. */
  readonly messages: Posted[] = [];
  /** Every call that got past its check: "post draw", "update winners 1", "remove 5.1", "between". */
  readonly calls: string[] = [];
  /** What befalls the next calls that post or change something, one each. */
  readonly problems: (ChannelProblem | undefined)[] = [];
  /** Which messages the channel refuses as they are. */
  isTooLong: (content: Content) => boolean = () => false;
  /** Whether no message can be changed; and whether none can be deleted. */
  isFixed = false;
  isUndeletable = false;
  /** Whether messages cannot be looked for. */
  isBlind = false;
  /** Messages in a page of its history; and for how long each of the next looks is refused, in milliseconds, one each. */
  pageSize = 200;
  readonly limits: (number | undefined)[] = [];
  /** Called within each call that posts or changes something, before it is done. */
  meanwhile: () => unknown = () => {};
  readonly #now: () => number;
  readonly #late: (() => void)[] = [];
  #count = 0;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  async post(channel: string, content: Content, mark: Mark, check: Check): Promise<string> {
    check();
    this.calls.push(`post ${mark.part}`);
    const now = this.#now();
    const ts = `${Math.floor(now / 1000)}.${String((now % 1000) * 1000 + ++this.#count).padStart(6, '0')}`;
    await this.#carryOut(content, () => void this.messages.push({ ...mark, channel, content, ts }));
    return ts;
  }

  async update(channel: string, ts: string, content: Content, mark: Mark, check: Check): Promise<Change> {
    check();
    this.calls.push(`update ${mark.part}`);
    if (this.isFixed) return 'fixed';
    await this.#carryOut(content, () => {
      const message = this.#at(channel, ts);
      if (message) message.content = content;
    });
    return this.#at(channel, ts) === undefined ? 'gone' : 'done';
  }

  async remove(channel: string, ts: string, check: Check): Promise<Removal> {
    check();
    this.calls.push(`remove ${ts}`);
    if (this.isUndeletable) return 'stays';
    this.take(channel, ts);
    return 'gone';
  }

  async between(channel: string, { from, to, before }: Window): Promise<Page> {
    this.calls.push('between');
    if (this.isBlind) throw refusal('The channel cannot be looked at.');
    const limited = this.limits.shift();
    if (limited !== undefined) throw refusal('Slow down.', limited);
    const isIn = ({ ts }: Posted): boolean =>
      Number(ts) * 1000 >= from && Number(ts) * 1000 <= to && (before === undefined || Number(ts) < Number(before));
    const all = this.messages.filter((each) => each.channel === channel && isIn(each));
    const messages = all.toSorted((a, b) => Number(b.ts) - Number(a.ts)).slice(0, this.pageSize);
    return { messages, next: messages.length < all.length ? messages.at(-1)?.ts : undefined };
  }

  async clock(): Promise<() => number> {
    return this.#now;
  }

  /** Takes a message away, as a person may. */
  take(channel: string, ts: string): void {
    const index = this.messages.findIndex((each) => each.channel === channel && each.ts === ts);
    if (index >= 0) this.messages.splice(index, 1);
  }

  /** Does what was late. */
  arrive(): void {
    for (const work of this.#late.splice(0)) work();
  }

  /** What is in the channels: "part: kind". */
  get shown(): string[] {
    return this.messages.map(({ part, content }) => `${part}: ${content.kind}`);
  }

  async #carryOut(content: Content, work: () => void): Promise<void> {
    await this.meanwhile();
    if (this.isTooLong(content)) throw tooLong();
    const trouble = this.problems.shift();
    if (trouble === 'refused') throw refusal('The channel takes nothing.');
    if (trouble === 'late') this.#late.push(work);
    if (trouble === undefined || trouble === 'answer lost') work();
    if (trouble !== undefined) {
      throw new ChannelError('No answer.', { isUnsure: true, retryAfter: undefined, cause: undefined });
    }
  }

  #at(channel: string, ts: string): Posted | undefined {
    return this.messages.find((each) => each.channel === channel && each.ts === ts);
  }
}

/** What a channel says that does not take a message as it is. */
export function tooLong(): ChannelError {
  const problem = 'Slack refused it: msg_blocks_too_long.';
  return new ChannelError(problem, { isUnsure: false, retryAfter: undefined, isOfMessage: true, cause: undefined });
}

/** What a channel says that takes nothing. */
export function refusal(problem: string, retryAfter?: number): ChannelError {
  return new ChannelError(problem, { isUnsure: false, retryAfter, cause: undefined });
}
