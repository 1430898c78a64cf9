import { expect, it } from 'vitest';
import { commonSettings, SettingsInUse } from '../../src/announcements/settings.ts';
import { Worker } from '../../src/announcements/worker.ts';
import { createDraws, type Draw } from '../../src/draw/index.ts';
import { createLog } from '../../src/log.ts';
import { type Asking, createOrganiser, type Organiser } from '../../src/slack/organiser.ts';
import { dump, FakeProfiles } from '../support/fixtures/draw.ts';
import { withBot } from '../support/fixtures/features.ts';

/** Every step that only organisers may take, and what it comes to on a draw with entrants, or where there is none. */
const STEPS = {
  entrants: [(organiser, by, draw) => organiser.entrants(by, draw), 'entrants'],
  extend: [(organiser, by, draw) => organiser.extend(by, draw, 60), 'timed'],
  addPrizes: [(organiser, by, draw) => organiser.addPrizes(by, draw, ['A cup']), 'added'],
  dropPrizes: [(organiser, by, draw) => organiser.dropPrizes(by, draw, ['A cup']), 'dropped'],
  close: [(organiser, by, draw) => organiser.close(by, draw), 'closed'],
  pick: [(organiser, by, draw) => organiser.pick(by, draw), 'picked'],
  start: [(organiser, by, draw) => organiser.start(by, draw, ['A pan'], undefined), 'started'],
  // Of the draw that was just started, which nobody has entered.
  remove: [(organiser, by, draw) => organiser.remove(by, draw, 'ken'), 'not_in'],
  cancel: [(organiser, by, draw) => organiser.cancel(by, draw, ''), 'cancelled'],
} as const satisfies Readonly<
  Record<keyof Organiser, readonly [(...of: [Organiser, Asking, Draw]) => Promise<{ readonly kind: string }>, string]>
>;

const ADMIN = 'C0ADMIN';

withBot('the steps of organisers', (fixture) => {
  it('check the right themselves, whoever calls them', async () => {
    const { redis } = fixture();
    const log = createLog('silent', []);
    const nothing = async () => Promise.reject(new Error('Nothing is announced here.'));
    const messenger = { post: nothing, update: nothing, remove: nothing, between: nothing, clock: nothing };
    // Under a prefix of their own, so that the bot does not see them.
    const draws = createDraws({ redis, profiles: new FakeProfiles(), home: 'C0HOME', prefix: 'steps' });
    const common = commonSettings({ announceChannel: draws.home.channel, adminChannel: 'C0ADMIN' });
    const settings = new SettingsInUse(redis, draws.keys, common, log);
    const worker = new Worker({ draws, redis, messenger, settings, log });
    const organiser = createOrganiser({ worker, mayOrganise: (channel) => channel === ADMIN });
    expect(Object.keys(organiser).toSorted()).toEqual(Object.keys(STEPS).toSorted());
    const draw = draws.in('C0OTHER');
    await draw.start(['A fork']);
    await draw.enter('ken', 'U1');
    const left = async () =>
      Object.fromEntries(Object.entries(await dump(redis)).filter(([key]) => key.startsWith('steps:')));
    for (const [step, outcome] of Object.values(STEPS)) {
      const before = await left();
      for (const channel of ['C0OTHER', 'C0HOME', 'D0DIRECT', 'c0admin', '']) {
        expect(await step(organiser, { member: 'U1', channel, log }, draw)).toEqual({ kind: 'not_allowed' });
      }
      expect(await left()).toEqual(before);
      // And it was to be allowed where it should be.
      expect(await step(organiser, { member: 'U1', channel: ADMIN, log }, draw)).toMatchObject({ kind: outcome });
    }
  });
});
