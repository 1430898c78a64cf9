import { beforeEach, describe, expect, it } from 'vitest';
import { type Content, desired } from '../../src/announcements/desired.ts';
import type { Forms } from '../../src/announcements/form.ts';
import { ChannelError } from '../../src/announcements/messenger.ts';
import { type Published, publish } from '../../src/announcements/publish.ts';
import { sweep } from '../../src/announcements/sweep.ts';
import { KEYS, PublishingFixture } from '../support/announcements/publishing.ts';
import { record, winners } from '../support/announcements/records.ts';

let fixture: PublishingFixture;

beforeEach(() => {
  fixture = new PublishingFixture();
});

const won =
  (count: number) =>
  (forms: Forms): ReturnType<typeof desired> =>
    desired(record({ phase: 'won' }), { winners: winners(count), inTime: null }, forms);

/** Publishes as a process would that has just started. */
const run = (count: number): Promise<Published | undefined> =>
  fixture.inTurn((publishing) => publish(publishing, won(count)));

/** Logins of the winners, in the order in which the channel shows them; each message by itself. */
const logins = (): string[][] =>
  fixture.channel.messages.flatMap(({ content }) =>
    content.kind === 'winners' ? [content.winners.map(({ login }) => login)] : [],
  );

const everybody = (count: number): string[] => winners(count).map(({ login }) => login);

/** The channel takes no more than so many winners in a message. */
const takesAtMost = (most: number): void => {
  fixture.channel.isTooLong = (content) => content.kind === 'winners' && content.winners.length > most;
};

/** The channel takes nothing that has not this look, from any message that has this winner. */
const takesOnly = (login: string, look: Content['look']): void => {
  fixture.channel.isTooLong = (content) =>
    content.kind === 'winners' && content.winners.some((winner) => winner.login === login) && content.look !== look;
};

describe('a message that Slack refuses as too long', () => {
  it('is posted in halves, in order, and each of them once', async () => {
    takesAtMost(10);
    await run(20);
    await run(20);
    expect(fixture.channel.calls).toEqual(['post draw', 'post winners 1', 'post winners 1', 'post winners 1.1']);
    expect(logins().map((some) => some.length)).toEqual([10, 10]);
    expect(logins().flat()).toEqual(everybody(20));
  });

  it('is halved again, where that does not do, and has every message say which of how many it is', async () => {
    takesAtMost(5);
    await run(25);
    expect(logins().map((some) => some.length)).toEqual([5, 5, 5, 5, 5]);
    expect(logins().flat()).toEqual(everybody(25));
    const pages = fixture.channel.messages.flatMap(({ content }) =>
      content.kind === 'winners' ? [`${content.page} of ${content.pages}`] : [],
    );
    expect(pages).toEqual(['0 of 5', '1 of 5', '2 of 5', '3 of 5', '4 of 5']);
  });

  it('loses its avatars, and then its blocks, where its winners are few; the others keep theirs', async () => {
    takesOnly('login13', 'bare');
    await run(20);
    takesOnly('login13', 'text');
    // Something else to say of all of them.
    await run(21);
    expect(logins().flat()).toEqual(everybody(21));
    const looks = fixture.channel.messages.flatMap(({ content }) => (content.kind === 'winners' ? [content.look] : []));
    expect(looks).toEqual([undefined, 'text', undefined, undefined]);
  });

  it('is changed in the form in which it was posted', async () => {
    takesAtMost(10);
    await run(20);
    fixture.channel.calls.length = 0;
    await run(21);
    expect(fixture.channel.calls).toEqual(['update winners 1', 'update winners 1.1', 'post winners 2']);
    expect(logins().flat()).toEqual(everybody(21));
  });

  it('is divided where a change is refused, and what was posted stays where it is', async () => {
    await run(20);
    const [, first] = fixture.channel.messages;
    takesAtMost(10);
    await run(21);
    expect(fixture.channel.messages[1]?.ts).toBe(first?.ts);
    expect(logins().flat().toSorted()).toEqual(everybody(21).toSorted());
    expect(logins().map((some) => some.length)).toEqual([10, 10, 1]);
  });

  it('holds up nothing that comes after it, where no form will do; and is tried again later', async () => {
    fixture.channel.isTooLong = (content) => content.kind === 'closed';
    const published = await run(21);
    expect(fixture.channel.calls).toEqual(['post draw', 'post draw', 'post draw', 'post winners 1', 'post winners 2']);
    expect(logins().flat()).toEqual(everybody(21));
    expect(published?.again).toBeGreaterThan(60_000);
    const errors = (): string[] => fixture.said.filter((line) => line.includes('"error"'));
    expect(errors()).toHaveLength(1);
    expect(errors()[0]).toContain('msg_blocks_too_long');
    await run(21);
    expect(fixture.channel.calls).toHaveLength(5);
    expect(errors()).toHaveLength(1);
  });
});

describe('a crash while a message is divided', () => {
  /** Publishes again and again, each time as a process that has just started, until there is nothing left to do. */
  const runUntilDone = async (count: number): Promise<void> => {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        await run(count);
        return;
      } catch (error) {
        if (!(error instanceof ChannelError)) throw error;
      }
    }
    throw new Error('It was never done.');
  };

  /** What may befall one of the calls; and which call. */
  const PLACES = ['answer lost', 'cut off', 'late'].flatMap((what) =>
    Array.from({ length: 8 }, (_, call) => [what, call] as const),
  );

  it.each(PLACES)('%s at call %i: no winner is lost or there twice', async (what, call) => {
    takesAtMost(5);
    fixture.channel.problems.push(...Array.from({ length: call }, () => undefined));
    if (what === 'answer lost' || what === 'cut off' || what === 'late') fixture.channel.problems.push(what);
    await runUntilDone(20);
    fixture.channel.arrive();
    for (let look = 0; look < 2; look++) {
      fixture.now += 40_000;
      await fixture.inTurn(sweep);
      await runUntilDone(20);
    }
    expect(logins().flat().toSorted()).toEqual(everybody(20).toSorted());
    expect(logins().map((some) => some.length)).toEqual([5, 5, 5, 5]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('after call %i: the next process goes on from there', async (calls) => {
    takesAtMost(5);
    let left = calls;
    fixture.channel.meanwhile = async () => {
      left -= 1;
      if (left === 0) await fixture.endTurn();
    };
    await run(20).catch(() => {});
    await fixture.redis.del(KEYS.lease);
    await runUntilDone(20);
    fixture.now += 40_000;
    await fixture.inTurn(sweep);
    await runUntilDone(20);
    expect(logins().flat().toSorted()).toEqual(everybody(20).toSorted());
  });
});
