import { beforeEach, describe, expect, it } from 'vitest';
import { counted, type MessageCounts } from '../../src/announcements/counted.ts';
import type { Content } from '../../src/announcements/desired.ts';
import { ChannelError, type Messenger } from '../../src/announcements/messenger.ts';

const MARK = { draw: 'd', part: 'draw' };
const CONTENT: Content = {
  kind: 'closed',
  prizes: [],
  entrants: 0,
  ending: 'to_be_picked',
  lastChange: undefined,
  reason: undefined,
};
const error = (more: { isUnsure?: boolean; retryAfter?: number; isOfMessage?: boolean }): ChannelError =>
  new ChannelError('No.', { isUnsure: false, retryAfter: undefined, cause: undefined, ...more });

/** A messenger whose every call comes to this. */
function messengerThat(comesTo: (call: string) => unknown): Messenger {
  const call = async (name: string) => JSON.parse(JSON.stringify((await comesTo(name)) ?? null));
  return {
    post: () => call('post'),
    update: () => call('update'),
    remove: () => call('remove'),
    between: () => call('between'),
    clock: () => call('clock'),
  };
}

describe('a messenger that is counted', () => {
  let said: string[];
  const counts: MessageCounts = {
    posted: (kind) => said.push(`posted ${kind}`),
    edited: (kind) => said.push(`edited ${kind}`),
    deleted: () => said.push('deleted'),
    retried: (call, reason) => said.push(`retried ${call} ${reason}`),
  };
  beforeEach(() => {
    said = [];
  });
  const check = (): void => {};

  it('answers what the other one does, and tells what was done', async () => {
    const answers = new Map([
      ['post', '1.2'],
      ['update', 'done'],
      ['remove', 'gone'],
    ]);
    const messenger = counted(
      messengerThat((name) => answers.get(name)),
      counts,
    );
    expect(await messenger.post('C', CONTENT, MARK, check)).toBe('1.2');
    expect(await messenger.update('C', '1.2', CONTENT, MARK, check)).toBe('done');
    expect(await messenger.remove('C', '1.2', check)).toBe('gone');
    expect(said).toEqual(['posted closed', 'edited closed', 'deleted']);
  });

  it.each(['gone', 'fixed', 'stays'])('tells of nothing that came to “%s” and was not done', async (change) => {
    const messenger = counted(
      messengerThat(() => change),
      counts,
    );
    await messenger.update('C', '1.2', CONTENT, MARK, check);
    if (change === 'stays') await messenger.remove('C', '1.2', check);
    expect(said).toEqual([]);
  });

  it.each([
    ['limited', { retryAfter: 1_000 }],
    ['unsure', { isUnsure: true }],
    ['message', { isOfMessage: true }],
    ['refused', {}],
  ])('throws on what came to nothing, and tells why: %s', async (reason, more) => {
    const messenger = counted(
      messengerThat(() => Promise.reject(error(more))),
      counts,
    );
    const calls = {
      post: () => messenger.post('C', CONTENT, MARK, check),
      update: () => messenger.update('C', '1.2', CONTENT, MARK, check),
      delete: () => messenger.remove('C', '1.2', check),
      look_up: () => messenger.between('C', { from: 0, to: 1, before: undefined }),
      clock: () => messenger.clock('C'),
    };
    for (const call of Object.values(calls)) await expect(call()).rejects.toBeInstanceOf(ChannelError);
    const isLeft = reason === 'limited' || reason === 'unsure';
    const retried = Object.keys(calls).filter((name) => name !== 'delete' || isLeft);
    expect(said).toEqual(retried.map((name) => `retried ${name} ${reason}`));
  });

  it('tells of no other error: the turn that ended, say', async () => {
    const messenger = counted(
      messengerThat(() => Promise.reject(new Error('The turn has ended.'))),
      counts,
    );
    await expect(messenger.post('C', CONTENT, MARK, check)).rejects.toThrow('The turn has ended.');
    expect(said).toEqual([]);
  });
});
