import { styleText } from 'node:util';
import { buttons } from '../workspace/read.ts';
import type { Slack } from '../workspace/slack.ts';
import { readable } from './readable.ts';

/** Prints a draw as the people in it see it. */
export class Transcript {
  readonly #names: ReadonlyMap<string, string>;
  readonly #write: (line: string) => void;

  /** @param workspace whose people and channels are mentioned */
  constructor({ users, allChannels }: Pick<Slack, 'users' | 'allChannels'>, write: (line: string) => void) {
    const people = Object.entries(users).map(([name, id]) => [id, name] as const);
    const channels = [...allChannels].map(([id, { name }]) => [id, name] as const);
    this.#names = new Map([...people, ...channels]);
    this.#write = write;
  }

  /** A heading between two acts. */
  act(title: string): void {
    this.#write(`\n${styleText('bold', styleText('underline', title))}\n`);
  }

  /** Somebody does something. */
  does(name: string, channel: string, what: string): void {
    this.#write(`${styleText('cyan', `#${channel}`)}  ${styleText('bold', name)} ${what}`);
  }

  /** Only one person sees the answer. */
  sees(name: string, message: unknown): void {
    this.#message(styleText('dim', `only ${name} sees:`), message, 'yellow');
  }

  /** Everybody in the channel sees it. */
  posted(channel: string, what: string, message: unknown): void {
    this.#message(`${styleText('cyan', `#${channel}`)}  ${styleText('bold', 'prizedraw')} ${what}`, message, 'green');
  }

  #message(title: string, message: unknown, colour: 'yellow' | 'green'): void {
    const labels = buttons(message);
    const lines = readable(message, this.#names)
      .split('\n')
      .filter((line) => line !== '' && !labels.includes(line));
    const row = labels.map((label) => styleText('inverse', ` ${label} `)).join('  ');
    this.#write(`    ${title}`);
    for (const line of row === '' ? lines : [...lines, row]) this.#write(`    ${styleText(colour, '│')} ${line}`);
  }
}
