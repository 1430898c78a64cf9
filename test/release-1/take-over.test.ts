import { describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { CLOSED, OPEN, WINNERS } from '../support/fixtures/release-1.0/kinds.ts';
import { type Upgraded, upgrade } from '../support/fixtures/release-1.0/upgrade.ts';
import { redisInstalled } from '../support/redis.ts';
import type { Shown } from '../support/workspace/messages.ts';

/** Clicks "Enter the draw" under a message, and waits for the dialog. */
async function clickEnter({ member }: Upgraded, name: string, message: Shown | undefined) {
  if (message === undefined) throw new Error('There is no announcement.');
  await member(name).click('Enter the draw', message);
  return until(() => member(name).lastView(), { what: `a dialog before ${name}` });
}

describe.skipIf(!redisInstalled())('an open draw of release 1.0', { timeout: 60_000 }, () => {
  it('goes on with who is in, in the same message, up to its winners', () =>
    upgrade('open', async (there) => {
      const { messages, places, slack, says, announced, member } = there;
      const [opening] = places;
      await there.takenOver(0);
      expect(await says('ada', 'status')).toMatch(/3 people have entered\. You are in, as ada/);
      expect(await says('ada', 'status')).toMatch(/closes in (2 days|1 day)/);
      expect(await says('grace', 'status')).toContain('You are in, as octocat');
      expect(await says('margaret', 'status')).toContain('You have not entered here yet');
      expect(await says('grace', 'enter grace')).toContain('octocat');

      // Under a message of release 1, the button does not say of which draw it is.
      const dialog = await clickEnter(there, 'margaret', messages[0]);
      await member('margaret').submit(dialog, { 'Your GitHub ID': 'margaret' });
      expect(await announced('4 people have entered')).toBe(opening);
      await clickEnter(there, 'dennis', (await there.announcements())[0]);

      expect(await says('olivia', 'close')).toContain('The draw is closed');
      expect(await announced('The winners will be announced here')).toBe(opening);
      expect(await says('olivia', 'pick')).toContain('Picked 3 winners from 4 entrants');
      await there.shows(CLOSED, WINNERS);
      expect(await announced('The winners are out')).toBe(opening);
      const winners = (await there.texts())[1] ?? '';
      expect(winners).toContain('Drawn from 4 entrants');
      for (const [login, name] of Object.entries({ ada: 'ada', octocat: 'grace', margaret: 'margaret' })) {
        expect(winners.includes(`<@${slack.users[name]}>`)).toBe(winners.includes(`github.com/${login}|`));
      }
      expect(await says('ada', 'verify')).toContain('The winners follow from the record');
      await there.shows(CLOSED, WINNERS);
    }));

  it('is announced, if Slack had taken no message of it', () =>
    upgrade('open-unannounced', async (there) => {
      await there.takenOver(0);
      await there.shows(OPEN);
      const opening = await there.announced('1 person has entered');
      expect(await there.says('ada', 'status')).toContain('You are in, as ada');
      await there.says('grace', 'enter grace');
      expect(await there.announced('2 people have entered')).toBe(opening);
      expect(await there.says('olivia', 'pick')).toContain('Picked 2 winners from 2 entrants');
      await there.shows(CLOSED, WINNERS);
      expect(await there.announced('The winners are out')).toBe(opening);
    }));

  it('is found in the channel, if the bot had not come to know that it was posted', () =>
    upgrade('open-posting', async (there) => {
      await there.takenOver(0);
      await there.says('ada', 'enter ada');
      expect(await there.announced('1 person has entered')).toBe(there.places[0]);
      await there.says('olivia', 'close');
      expect(await there.announced('The winners will be announced here')).toBe(there.places[0]);
      await there.shows(CLOSED);
    }));

  it('is announced anew, and the log says so, where nobody can read what was announced', () =>
    upgrade(
      'open',
      async (there) => {
        await there.takenOver(0);
        expect(there.log()).toContain('cannot be read: the draw is announced anew');
        await there.shows(OPEN, OPEN);
        expect(await there.says('ada', 'status')).toMatch(/3 people have entered\. You are in, as ada/);
        await there.says('margaret', 'enter margaret');
        expect(await there.announced('4 people have entered')).not.toBe(there.places[0]);
        await there.shows(OPEN, OPEN);
      },
      { before: ({ redis }) => redis.set('prizedraw:slack:announced', 'Hello.') },
    ));

  it('is announced in the channel of today’s setting, and stays as it is in the one before', () =>
    upgrade(
      'open',
      async (there) => {
        await there.takenOver(0);
        const { slack } = there;
        const posted = () => slack.messages(slack.channels.admin);
        await expect.poll(async () => (await posted()).length, { timeout: 10_000 }).toBe(1);
        await there.says('margaret', 'enter margaret');
        const texts = async () => JSON.stringify(await posted());
        await expect.poll(texts, { timeout: 10_000 }).toContain('4 people have entered');
        expect(await posted()).toHaveLength(1);
        await there.shows(OPEN);
        expect((await there.texts())[0]).toContain('3 people have entered');
      },
      { elsewhere: true },
    ));

  it('is taken over once by two processes that start at the same time', () =>
    upgrade(
      'open',
      async (there) => {
        await there.takenOver(0);
        await there.says('margaret', 'enter margaret');
        expect(await there.announced('4 people have entered')).toBe(there.places[0]);
        await there.says('olivia', 'pick');
        await there.shows(CLOSED, WINNERS);
        expect(there.log().match(/Took over/g)).toHaveLength(1);
      },
      { processes: 2 },
    ));
});

describe.skipIf(!redisInstalled())('a closed draw of release 1.0', { timeout: 60_000 }, () => {
  it('can be picked', () =>
    upgrade('closed', async (there) => {
      await there.takenOver(0);
      expect(await there.says('ada', 'status')).toContain('You are in, as ada');
      expect(await there.says('margaret', 'enter margaret')).toContain('closed');
      expect(await there.says('olivia', 'pick')).toContain('Picked 3 winners from 3 entrants');
      await there.shows(CLOSED, WINNERS);
      expect(await there.announced('The winners are out')).toBe(there.places[0]);
      const { slack } = there;
      const winners = (await there.texts())[1];
      for (const name of ['ada', 'grace']) expect(winners).toContain(`<@${slack.users[name]}>`);
    }));

  it('without entrants stays as it is, and is followed by the next', () =>
    upgrade('closed-no-entrants', async (there) => {
      await there.takenOver(0);
      expect(await there.says('olivia', 'pick')).toContain('Nobody entered');
      expect(await there.says('olivia', 'start "A lamp"')).toContain('The draw is open');
      await there.shows(CLOSED, OPEN);
      expect(await there.announced('Nobody has entered, so nobody wins')).toBe(there.places[0]);
      await there.says('ada', 'enter ada');
      await there.says('olivia', 'pick');
      await there.shows(CLOSED, CLOSED, WINNERS);
      expect(await there.redis.zcard('prizedraw:slack:history')).toBe(2);
    }));
});
