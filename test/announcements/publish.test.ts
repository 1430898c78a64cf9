import { beforeEach, describe, expect, it } from 'vitest';
import { type Desired, desired } from '../../src/announcements/desired.ts';
import { TurnEnded } from '../../src/announcements/lease.ts';
import { ChannelError } from '../../src/announcements/messenger.ts';
import { type Published, publish } from '../../src/announcements/publish.ts';
import { sweep } from '../../src/announcements/sweep.ts';
import { PublishingFixture } from '../support/announcements/publishing.ts';
import { record, winners } from '../support/announcements/records.ts';

let fixture: PublishingFixture;

beforeEach(() => {
  fixture = new PublishingFixture();
});

const open = (entrants = 7): readonly Desired[] => desired(record({ entrants }), { winners: [], inTime: null });
const won = (count = 21): readonly Desired[] =>
  desired(record({ phase: 'won' }), { winners: winners(count), inTime: null });

/** Publishes as a process would that has just started. */
const run = (messages: readonly Desired[]): Promise<Published | undefined> =>
  fixture.inTurn((publishing) => publish(publishing, () => messages));

/** Publishes, and expects the channel to fail. */
const fail = (messages: readonly Desired[]): Promise<void> => expect(run(messages)).rejects.toThrow(ChannelError);

const shown = (): string[] => fixture.channel.shown;

describe('publishing', () => {
  it('posts each message once, in order', async () => {
    await run(won());
    await run(won());
    expect(fixture.channel.calls).toEqual(['post draw', 'post winners 1', 'post winners 2']);
    expect(shown()).toEqual(['draw: closed', 'winners 1: winners', 'winners 2: winners']);
  });

  it('changes a message in place once it says something else', async () => {
    await run(open());
    await run(won());
    expect(fixture.channel.calls.slice(0, 2)).toEqual(['post draw', 'update draw']);
    expect(shown()).toEqual(['draw: closed', 'winners 1: winners', 'winners 2: winners']);
  });

  it('posts nothing that is no news any more, and keeps right what was posted', async () => {
    const replaced = desired(record({ phase: 'replaced' }), { winners: [], inTime: null });
    await run(replaced);
    expect(shown()).toEqual([]);
    await run(open());
    await run(replaced);
    expect(shown()).toEqual(['draw: closed']);
  });

  it('keeps that a message is being posted before it is', async () => {
    let before: unknown;
    fixture.channel.meanwhile = async () => {
      before = await fixture.kept('draw');
    };
    await run(open());
    expect(before).toEqual({ digest: '', updatedAt: 0, gist: expect.any(String), pendingSince: fixture.now });
    expect(await fixture.kept('draw')).toMatchObject({ ts: fixture.channel.messages[0]?.ts });
  });

  it('keeps that what a message says is not known before it is changed', async () => {
    await run(open());
    let before: unknown;
    fixture.channel.meanwhile = async () => {
      before = await fixture.kept('draw');
    };
    fixture.now += 5_000;
    await run(open(8));
    expect(before).toMatchObject({ ts: fixture.channel.messages[0]?.ts, digest: '' });
  });

  it('updates the number of entrants at most every five seconds', async () => {
    await run(open(7));
    fixture.now += 1_000;
    expect(await run(open(8))).toMatchObject({ again: 4_000 });
    fixture.now += 4_000;
    expect(await run(open(9))).toMatchObject({ again: undefined });
    expect(fixture.channel.calls).toEqual(['post draw', 'update draw']);
  });

  it('says at once what organisers have changed', async () => {
    const changed = (...fields: Parameters<typeof record>) => desired(record(...fields), { winners: [], inTime: null });
    await run(open(7));
    await run(changed({ closesAt: 99_000, lastChange: { kind: 'timed' } }));
    await run(changed({ closesAt: 99_000, prizes: ['A cap'], lastChange: { kind: 'dropped', prizes: ['A shirt'] } }));
    await run(changed({ closesAt: 99_000, prizes: ['A cap'], entrants: 6, lastChange: { kind: 'removed' } }));
    await run(changed({ closesAt: 99_000, prizes: ['A cap'], entrants: 5, lastChange: { kind: 'removed' } }));
    expect(fixture.channel.calls).toEqual(['post draw', ...Array(4).fill('update draw')]);
  });

  it('closes a draw in its announcement at once', async () => {
    await run(open(7));
    await run(won());
    expect(fixture.channel.calls[1]).toBe('update draw');
  });
});

describe('a message whose answer was lost', () => {
  it('is found, and not posted again', async () => {
    fixture.channel.problems.push('answer lost');
    await fail(open());
    await run(open());
    expect(fixture.channel.calls).toEqual(['post draw', 'between', 'update draw']);
    expect(shown()).toEqual(['draw: open']);
  });

  it('is posted again where it is not found', async () => {
    fixture.channel.problems.push('cut off');
    await fail(open());
    await run(open());
    expect(shown()).toEqual(['draw: open']);
    expect(await fixture.kept('sweep')).toMatchObject({ more: 1 });
  });

  it('is taken away again where it comes after all', async () => {
    fixture.channel.problems.push('late');
    await fail(open());
    await run(open());
    const [known] = fixture.channel.messages;
    fixture.channel.arrive();
    expect(shown()).toEqual(['draw: open', 'draw: open']);
    fixture.now += 20_000;
    await fixture.inTurn(sweep);
    expect(fixture.channel.messages).toEqual([known]);
  });

  it('does not keep the others from being posted, where it cannot be looked for', async () => {
    fixture.channel.problems.push('answer lost');
    await fail(won());
    fixture.channel.isBlind = true;
    expect(await run(won())).toMatchObject({ lookUpError: { problem: 'The channel cannot be looked at.' } });
    expect(shown()).toEqual(['draw: closed', 'winners 1: winners', 'winners 2: winners']);
    fixture.channel.isBlind = false;
    await run(won());
    expect(shown()).toEqual(['draw: closed', 'winners 1: winners', 'winners 2: winners']);
  });

  it('keeps the pages of winners after it back for a minute, so that they are read in their order', async () => {
    await run(won(0));
    fixture.channel.problems.push('cut off');
    await fail(won(41));
    fixture.channel.isBlind = true;
    fixture.now += 20_000;
    expect(await run(won(41))).toMatchObject({ again: 40_000 });
    expect(shown()).toEqual(['draw: closed']);
    fixture.channel.isBlind = false;
    await run(won(41));
    expect(shown()).toEqual(['draw: closed', ...[1, 2, 3].map((page) => `winners ${page}: winners`)]);
  });

  it('keeps them back no longer than that, where it can never be looked for', async () => {
    await run(won(0));
    fixture.channel.problems.push('cut off');
    await fail(won(41));
    fixture.channel.isBlind = true;
    fixture.now += 60_000;
    await run(won(41));
    expect(shown()).toEqual(['draw: closed', 'winners 2: winners', 'winners 3: winners']);
  });

  it('is one of the draw, not of another one', async () => {
    fixture.channel.problems.push('cut off');
    await fail(open());
    const [{ content } = { content: undefined }] = open();
    if (content) await fixture.channel.post('C0HOME', content, { draw: 'draw-2', part: 'draw' }, () => {});
    await run(open());
    expect(fixture.channel.messages.map(({ draw }) => draw)).toEqual(['draw-2', 'draw-1']);
  });
});

describe('a message that the channel refuses', () => {
  it('is posted later, without being looked for', async () => {
    fixture.channel.problems.push('refused');
    await fail(open());
    expect(await fixture.kept('draw')).toBeUndefined();
    await run(open());
    expect(fixture.channel.calls).toEqual(['post draw', 'post draw']);
  });

  it('is changed later, where it was a change', async () => {
    await run(open());
    fixture.channel.problems.push('refused');
    await fail(won(1));
    await run(won(1));
    expect(shown()).toEqual(['draw: closed', 'winners 1: winners']);
  });
});

describe('a change whose answer was lost', () => {
  it('is made again, and once more when an earlier one may have overtaken it', async () => {
    await run(open(7));
    fixture.now += 5_000;
    fixture.channel.problems.push('late');
    await fail(open(8));
    await run(won(0));
    fixture.channel.arrive();
    expect(shown()).toEqual(['draw: open']);
    fixture.now += 20_000;
    await fixture.inTurn(sweep);
    await run(won(0));
    expect(shown()).toEqual(['draw: closed']);
  });
});

describe('a message that somebody has deleted', () => {
  const deleted = async (): Promise<void> => {
    await run(open());
    fixture.channel.take('C0HOME', fixture.channel.messages[0]?.ts ?? '');
  };

  it('is posted anew once it changes, where it is news', async () => {
    await deleted();
    await run(won(0));
    expect(fixture.channel.calls).toEqual(['post draw', 'update draw', 'post draw']);
    expect(shown()).toEqual(['draw: closed']);
  });

  it('stays away where it is not', async () => {
    await deleted();
    const cancelled = desired(record({ phase: 'cancelled' }), { winners: [], inTime: null });
    await run(cancelled);
    await run(cancelled);
    expect(fixture.channel.calls).toEqual(['post draw', 'update draw']);
  });
});

describe('a process whose turn has ended', () => {
  it('sends nothing, and keeps no intent', async () => {
    const late = fixture.inTurn(async (publishing) => {
      await fixture.endTurn();
      return publish(publishing, () => open());
    });
    await expect(late).rejects.toThrow(TurnEnded);
    expect(fixture.channel.calls).toEqual([]);
    expect(await fixture.kept('draw')).toBeUndefined();
  });

  it('writes nothing of what it sent before', async () => {
    fixture.channel.meanwhile = () => fixture.endTurn();
    await expect(run(open())).rejects.toThrow(TurnEnded);
    expect(await fixture.kept('draw')).toEqual({
      digest: '',
      updatedAt: 0,
      gist: expect.any(String),
      pendingSince: fixture.now,
    });
  });
});
