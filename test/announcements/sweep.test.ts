import { beforeEach, describe, expect, it } from 'vitest';
import { desired } from '../../src/announcements/desired.ts';
import { TurnEnded } from '../../src/announcements/lease.ts';
import { publish } from '../../src/announcements/publish.ts';
import { planSweep, sweep } from '../../src/announcements/sweep.ts';
import { refusal } from '../support/announcements/channel.ts';
import { PublishingFixture } from '../support/announcements/publishing.ts';
import { record } from '../support/announcements/records.ts';

let fixture: PublishingFixture;

/** Posts what there is to be of an open draw, and plans a sweep. */
beforeEach(async () => {
  fixture = new PublishingFixture();
  await fixture.inTurn(async (publishing) => {
    await publish(publishing, () => messages);
    await planSweep(publishing.deliveries, fixture.now, fixture.now);
  });
});

const messages = desired(record(), { winners: [], inTime: null });

/** Puts one more message into the channel that carries these marks. */
const addAnother = async (mark: { draw?: string; part?: string } = {}): Promise<void> => {
  const [{ content } = { content: undefined }] = messages;
  if (content) await fixture.channel.post('C0HOME', content, { draw: 'draw-1', part: 'draw', ...mark }, () => {});
};

const sweepNow = (): Promise<number | undefined> => fixture.inTurn(sweep);

describe('a sweep', () => {
  it('waits until it is time', async () => {
    await addAnother();
    fixture.now += 15_000;
    expect(await sweepNow()).toBe(5_000);
    expect(fixture.channel.messages).toHaveLength(2);
  });

  it('leaves of a message only the one that is known', async () => {
    const [known] = fixture.channel.messages;
    await addAnother();
    fixture.now += 20_000;
    expect(await sweepNow()).toBe(40_000);
    expect(fixture.channel.messages).toEqual([known]);
  });

  it('is over in the end where Slack does not let a message be deleted', async () => {
    await addAnother();
    fixture.channel.remove = async () => {
      throw refusal('Slack refused it: compliance_exports_prevent_deletion.');
    };
    fixture.now += 20_000;
    expect(await sweepNow()).toBe(40_000);
    fixture.now += 40_000;
    expect(await sweepNow()).toBe(0);
    expect(await sweepNow()).toBeUndefined();
  });

  it('takes away what nobody knows of', async () => {
    await addAnother({ part: 'drawing pick-1' });
    fixture.now += 20_000;
    await sweepNow();
    expect(fixture.channel.shown).toEqual(['draw: open']);
  });

  it('leaves other draws alone', async () => {
    await addAnother({ draw: 'draw-2' });
    fixture.now += 20_000;
    await sweepNow();
    expect(fixture.channel.messages).toHaveLength(2);
  });

  it('leaves alone what is being posted', async () => {
    await fixture.inTurn(({ deliveries }) =>
      deliveries.put('winners 1', { digest: '', updatedAt: 0, pendingSince: fixture.now }),
    );
    await addAnother({ part: 'winners 1' });
    fixture.now += 20_000;
    await sweepNow();
    expect(fixture.channel.messages).toHaveLength(2);
  });

  it('has every message changed once more', async () => {
    fixture.now += 20_000;
    await sweepNow();
    await fixture.inTurn((publishing) => publish(publishing, () => messages));
    expect(fixture.channel.calls.at(-1)).toBe('update draw');
  });

  it('looks twice, and then no more', async () => {
    fixture.now += 20_000;
    expect(await sweepNow()).toBe(40_000);
    await addAnother();
    fixture.now += 40_000;
    expect(await sweepNow()).toBe(0);
    expect(fixture.channel.messages).toHaveLength(1);
    expect(await sweepNow()).toBeUndefined();
    expect(fixture.channel.calls.filter((call) => call === 'between')).toHaveLength(2);
  });

  it('that is planned while one is, looks as far back as that', async () => {
    const first = fixture.now;
    fixture.now += 10_000;
    await fixture.inTurn(({ deliveries }) => planSweep(deliveries, fixture.now, fixture.now));
    expect(await fixture.kept('sweep')).toEqual({ since: first, at: fixture.now + 20_000, more: 1 });
  });

  it('takes nothing away once the turn has ended', async () => {
    await addAnother();
    fixture.now += 20_000;
    const late = fixture.inTurn(async (publishing) => {
      await fixture.endTurn();
      return sweep(publishing);
    });
    await expect(late).rejects.toThrow(TurnEnded);
    expect(fixture.channel.messages).toHaveLength(2);
  });
});
