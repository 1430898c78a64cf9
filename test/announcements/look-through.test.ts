import { beforeEach, describe, expect, it } from 'vitest';
import { type Desired, desired } from '../../src/announcements/desired.ts';
import { ChannelError } from '../../src/announcements/messenger.ts';
import { type Published, publish } from '../../src/announcements/publish.ts';
import { planSweep, sweep } from '../../src/announcements/sweep.ts';
import { PublishingFixture } from '../support/announcements/publishing.ts';
import { record } from '../support/announcements/records.ts';

let fixture: PublishingFixture;

beforeEach(() => {
  fixture = new PublishingFixture();
});

const open = (): readonly Desired[] => desired(record(), { winners: [], inTime: null });

/** Publishes as a process would that has just started. */
const run = (): Promise<Published | undefined> => fixture.inTurn((publishing) => publish(publishing, open));

/** Others post as many messages in the channel. */
const chatter = async (count: number): Promise<void> => {
  const [{ content } = { content: undefined }] = open();
  for (let index = 0; index < count && content; index++) {
    await fixture.channel.post('C0HOME', content, { draw: 'another', part: 'draw' }, () => {});
  }
  fixture.channel.calls.length = 0;
};

const looks = (): number => fixture.channel.calls.filter((call) => call === 'between').length;
const ours = (): number => fixture.channel.messages.filter(({ draw }) => draw === 'draw-1').length;

/** The opening was posted, its answer was lost, and then others posted. */
const lostAnd = async (count: number): Promise<void> => {
  fixture.channel.problems.push('answer lost');
  await expect(run()).rejects.toThrow(ChannelError);
  await chatter(count);
};

describe('looking for a message whose answer was lost', () => {
  it('reads a few pages at once, and goes on from there in the next turn, in another process too', async () => {
    await lostAnd(14);
    fixture.channel.pageSize = 2;
    expect(await run()).toMatchObject({ again: 1_000 });
    expect(looks()).toBe(5);
    expect(fixture.channel.calls).not.toContain('post draw');
    await run();
    // The eighth page is the last.
    expect(looks()).toBe(8);
    expect(fixture.channel.calls).toContain('update draw');
    expect(ours()).toBe(1);
  });

  it('goes on after a rate limit where it had come to', async () => {
    await lostAnd(7);
    fixture.channel.pageSize = 2;
    fixture.channel.limits.push(undefined, undefined, 60_000);
    expect(await run()).toMatchObject({ lookUpError: { retryAfter: 60_000 } });
    await run();
    // Two pages, the limit, and two pages: none is read twice.
    expect(looks()).toBe(5);
    expect(ours()).toBe(1);
  });

  it('ends with the page that has it', async () => {
    await chatter(10);
    await lostAnd(1);
    fixture.channel.pageSize = 2;
    await run();
    expect(looks()).toBe(1);
  });

  it('reads nothing from before it was posted, nor from after its latest arrival', async () => {
    await chatter(10);
    fixture.now += 60_000;
    fixture.channel.problems.push('cut off');
    await expect(run()).rejects.toThrow(ChannelError);
    fixture.now += 3_600_000;
    await chatter(10);
    fixture.channel.pageSize = 2;
    await run();
    expect(looks()).toBe(1);
    expect(ours()).toBe(1);
  });
});

describe('a sweep', () => {
  /** One more message of the draw is there than is known, and others have posted before and after it. */
  const doubled = async (): Promise<void> => {
    await run();
    const [{ content } = { content: undefined }] = open();
    if (content) await fixture.channel.post('C0HOME', content, { draw: 'draw-1', part: 'draw' }, () => {});
    await chatter(14);
    fixture.channel.pageSize = 2;
    await fixture.inTurn(({ deliveries }) => planSweep(deliveries, fixture.now, fixture.now));
    fixture.now += 20_000;
  };

  it('reads a few pages at once, and goes on from there', async () => {
    await doubled();
    expect(await fixture.inTurn(sweep)).toBe(1_000);
    expect(looks()).toBe(5);
    expect(ours()).toBe(2);
    expect(await fixture.inTurn(sweep)).toBe(40_000);
    expect(looks()).toBe(8);
    expect(ours()).toBe(1);
  });

  it('goes on after a rate limit where it had come to', async () => {
    await doubled();
    fixture.channel.limits.push(undefined, undefined, undefined, 60_000);
    await expect(fixture.inTurn(sweep)).rejects.toThrow('Slow down.');
    expect(await fixture.inTurn(sweep)).toBe(40_000);
    // Three pages, the limit, and five: none is read twice.
    expect(looks()).toBe(9);
    expect(ours()).toBe(1);
  });

  it('reads nothing that came too late to be ours', async () => {
    await doubled();
    fixture.now += 3_600_000;
    await chatter(20);
    await fixture.inTurn(sweep);
    await fixture.inTurn(sweep);
    expect(looks()).toBe(8);
    expect(ours()).toBe(1);
  });
});
