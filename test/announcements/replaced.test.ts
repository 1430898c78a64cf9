import { beforeEach, describe, expect, it } from 'vitest';
import { type Desired, desired } from '../../src/announcements/desired.ts';
import { ChannelError } from '../../src/announcements/messenger.ts';
import { publish } from '../../src/announcements/publish.ts';
import { sweep } from '../../src/announcements/sweep.ts';
import type { DrawRecord } from '../../src/draw/record.ts';
import { refusal } from '../support/announcements/channel.ts';
import { KEYS, PublishingFixture } from '../support/announcements/publishing.ts';
import { commitment, record, winners } from '../support/announcements/records.ts';

let fixture: PublishingFixture;

beforeEach(() => {
  fixture = new PublishingFixture();
});

/** Publishes as a process would that has just started. */
const run = (fields: Partial<DrawRecord>, won = 0): Promise<unknown> =>
  fixture.inTurn((publishing) =>
    publish(publishing, (forms): readonly Desired[] =>
      desired(record(fields), { winners: winners(won), inTime: null }, forms),
    ),
  );

/** Publishes again and again, each time as a process that has just started, until there is nothing left to do. */
const runUntilDone = async (fields: Partial<DrawRecord>, won = 0): Promise<void> => {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await run(fields, won);
      return;
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
    }
  }
  throw new Error('It was never done.');
};

/** An open draw has been announced, and from now on no message can be changed. */
const fixed = async (): Promise<void> => {
  await run({});
  fixture.channel.isFixed = true;
  fixture.channel.calls.length = 0;
  fixture.now += 60_000;
};

const notes = (): unknown[] => fixture.channel.messages.map(({ content }) => content.isBesideOld);

describe('a message that Slack lets nobody change', () => {
  it('is posted anew, once, and the old one with its button is taken away', async () => {
    await fixed();
    const [old] = fixture.channel.messages;
    await run({ phase: 'closed' });
    await run({ phase: 'closed' });
    expect(fixture.channel.calls).toEqual(['update draw', 'post draw', `remove ${old?.ts}`]);
    expect(fixture.channel.shown).toEqual(['draw: closed']);
    expect(notes()).toEqual([undefined]);
  });

  it('has another one beside it that says so, where it cannot be deleted either', async () => {
    await fixed();
    fixture.channel.isUndeletable = true;
    await run({ phase: 'closed' });
    fixture.channel.isFixed = false;
    fixture.now += 60_000;
    await run({ phase: 'won' });
    await run({ phase: 'won' });
    expect(fixture.channel.shown).toEqual(['draw: open', 'draw: closed']);
    expect(notes()).toEqual([undefined, true]);
    expect(fixture.channel.calls.filter((call) => call.startsWith('remove'))).toHaveLength(1);
  });

  it('is posted anew for a draw that was cancelled, too: its button must go', async () => {
    await fixed();
    await run({ phase: 'cancelled' });
    expect(fixture.channel.shown).toEqual(['draw: closed']);
  });

  it('stays, where only the number of entrants is another', async () => {
    await fixed();
    await run({ entrants: 8 });
    await run({ entrants: 8 });
    expect(fixture.channel.calls).toEqual(['update draw']);
    fixture.now += 5_000;
    await run({ entrants: 8, prizes: ['A cap', 'A shirt', 'A mug'] });
    expect(fixture.channel.messages.map(({ content }) => content)).toMatchObject([{ prizes: { length: 3 } }]);
  });

  it('stays, where it says what was fixed beforehand', async () => {
    const fields = { phase: 'committed', commitments: [commitment('pick-1')] } as const;
    await run(fields);
    fixture.channel.isFixed = true;
    await run({ ...fields, phase: 'closed' });
    expect(fixture.channel.calls.filter((call) => call === 'post drawing pick-1')).toHaveLength(1);
    expect(fixture.channel.shown).toContain('drawing pick-1: drawing');
  });

  it('stays, where nobody would miss the change; and where somebody has won since, does not', async () => {
    await run({ phase: 'won', isAnnounced: false }, 2);
    fixture.channel.isFixed = true;
    fixture.now += 60_000;
    // As after a lost answer: nobody knows what it says.
    await fixture.redis.hset(
      KEYS.draw('draw-1').messages,
      'winners 1',
      JSON.stringify({ ...Object(await fixture.kept('winners 1')), digest: '' }),
    );
    await run({ phase: 'won', isAnnounced: false }, 2);
    expect(fixture.channel.calls).toEqual(['post winners 1', 'update winners 1']);
    await run({ phase: 'won', isAnnounced: false, addedLater: 1 }, 3);
    expect(fixture.channel.messages.map(({ content }) => content)).toMatchObject([{ winners: { length: 3 } }]);
  });

  it('keeps its place when the channel takes nothing, and is taken away later', async () => {
    await fixed();
    const { remove } = fixture.channel;
    fixture.channel.remove = async () => {
      throw new ChannelError('Slack is away.', { isUnsure: true, retryAfter: undefined, cause: undefined });
    };
    await expect(run({ phase: 'closed' })).rejects.toThrow(ChannelError);
    expect(fixture.channel.shown).toEqual(['draw: open', 'draw: closed']);
    fixture.channel.remove = remove;
    await run({ phase: 'closed' });
    expect(fixture.channel.shown).toEqual(['draw: closed']);
  });

  it('holds up nothing where Slack refuses for good to delete the old one, for whatever reason', async () => {
    await fixed();
    fixture.channel.remove = async () => {
      throw refusal('Slack refused it: a_new_word.');
    };
    await run({ phase: 'won' }, 1);
    const all = ['draw: open', 'draw: closed', 'winners 1: winners'];
    expect(fixture.channel.shown).toEqual(all);
    await run({ phase: 'won' }, 1);
    expect(fixture.channel.shown).toEqual(all);
  });

  it.each(['refused', 'answer lost', 'cut off', 'late'] as const)(
    'is there once, whatever befalls it: %s',
    async (what) => {
      await fixed();
      // Within the time in which the lost one is looked for.
      fixture.now -= 60_000;
      fixture.channel.problems.push(what);
      await runUntilDone({ phase: 'closed' });
      fixture.channel.arrive();
      for (let look = 0; look < 2; look++) {
        fixture.now += 40_000;
        await fixture.inTurn(sweep);
        await runUntilDone({ phase: 'closed' });
      }
      expect(fixture.channel.shown).toEqual(['draw: closed']);
    },
  );
});
