import { describe, expect, it } from 'vitest';
import { CLOSED, OPEN, WINNERS } from '../support/fixtures/release-1.0/kinds.ts';
import { loadRelease } from '../support/fixtures/release-1.0/load.ts';
import { upgrade } from '../support/fixtures/release-1.0/upgrade.ts';
import { redisInstalled } from '../support/redis.ts';

/** The prize that each text names. */
const prizes = (texts: readonly string[]): (string | undefined)[] =>
  texts.map((text) => /A (?:fork|knife|ladle|spoon)/.exec(text)?.[0]);

describe.skipIf(!redisInstalled())('what release 1.0 had still to announce', { timeout: 60_000 }, () => {
  it('of draws that it had noted is announced in their order, and then the draw that is open', () =>
    upgrade('waiting', async (there) => {
      await there.takenOver(3);
      await there.shows(CLOSED, WINNERS, CLOSED, WINNERS, CLOSED, WINNERS, OPEN);
      const texts = await there.texts();
      expect(prizes(texts)).toEqual(['A fork', 'A fork', 'A knife', 'A knife', 'A ladle', 'A ladle', 'A spoon']);
      for (const winners of texts.filter((text) => text.includes(WINNERS))) {
        expect(winners).toContain(`<@${there.slack.users['ada']}>`);
        expect(winners).toContain('Drawn from 1 entrant.');
      }
      expect(texts.at(-1)).toContain('1 person has entered');
      expect(await there.says('grace', 'status')).toContain('You are in, as octocat');
      expect(await there.says('ada', 'verify')).toContain('The winners follow from the record');
      expect(await there.says('ada', 'proof')).toContain('A ladle');
      await there.says('olivia', 'pick');
      await there.shows(CLOSED, WINNERS, CLOSED, WINNERS, CLOSED, WINNERS, CLOSED, WINNERS);
    }));

  it('of draws that nobody had noted is announced in their order, and then the draw that is open', () =>
    upgrade('finished', async (there) => {
      await there.takenOver(2);
      await there.shows(CLOSED, WINNERS, WINNERS, OPEN);
      const texts = await there.texts();
      expect(prizes(texts)).toEqual(['A fork', 'A fork', 'A knife', 'A spoon']);
      for (const winners of texts.slice(1, 3)) expect(winners).toContain('Ada Lovelace');
      expect(texts[0]).toContain('1 person has entered');
      expect(texts[2]).toContain('Drawn from 1 entrant.');
      expect(await there.says('ada', 'verify')).toContain('The winners follow from the record');
      expect(await there.says('ada', 'proof')).toContain('A knife');
      await there.says('ada', 'enter ada');
      await there.says('olivia', 'pick');
      await there.shows(CLOSED, WINNERS, WINNERS, CLOSED, WINNERS);
    }));
});

describe.skipIf(!redisInstalled())('messages that release 1.0 was in doubt of', { timeout: 60_000 }, () => {
  it.each(['doubts', 'doubts-trouble'] as const)('are there once in the end: %s', (name) => {
    const [recorded] = loadRelease(name).messages;
    if (recorded === undefined) throw new Error('Nothing was recorded.');
    return upgrade(
      name,
      async (there) => {
        await there.takenOver(0);
        await there.shows(OPEN);
        expect(await there.announced('1 person has entered')).toBe(there.places[0]);
        await there.says('grace', 'enter grace');
        expect(await there.announced('2 people have entered')).toBe(there.places[0]);
        await there.says('olivia', 'pick');
        await there.shows(CLOSED, WINNERS);
      },
      // The call whose answer was lost has taken effect after all: so a message is there twice.
      { before: ({ post }) => post(recorded) },
    );
  });
});

describe.skipIf(!redisInstalled())('a draw of another program that release 1.0 announced', { timeout: 60_000 }, () => {
  it('goes on in the same message', () =>
    upgrade('another', async (there) => {
      await there.takenOver(0);
      await there.says('ada', 'enter ada');
      expect(await there.announced('3 people have entered')).toBe(there.places[0]);
      await there.says('olivia', 'pick');
      await there.shows(CLOSED, WINNERS);
      expect(await there.announced('The winners are out')).toBe(there.places[0]);
    }));

  it('is announced with the winners whom that program picks', () =>
    upgrade('another', async (there) => {
      await there.takenOver(0);
      const { redis } = there;
      await redis
        .multi()
        .del('prizedraw:is_open', 'prizedraw:entrants', 'prizedraw:prizes')
        .hset('prizedraw:winners', { 'A mug': 'ken', 'A hardback book': 'barbara' })
        .exec();
      await there.shows(CLOSED, WINNERS);
      expect(await there.announced('The winners are out')).toBe(there.places[0]);
    }));

  it('stays as it is once it has winners', () =>
    upgrade('another-won', async (there) => {
      await there.takenOver(1);
      const winners = await there.says('ada', 'winners');
      for (const part of ['The ken', 'The barbara']) expect(winners).toContain(part);
      expect(await there.says('ada', 'verify')).toContain('Another program picked the last winners');
      expect(await there.announcements()).toEqual(there.messages);
      await there.says('olivia', 'start "A lamp"');
      await there.shows(CLOSED, WINNERS, OPEN);
    }));

  it('is not taken for another because of who was in the draw before', () =>
    upgrade(
      'another',
      async (there) => {
        await there.takenOver(0, ['prizedraw:slack:member_of']);
        await there.says('ada', 'enter ada');
        expect(await there.announced('3 people have entered')).toBe(there.places[0]);
        const [members = ''] = await there.redis.keys('prizedraw:slack:draw:*:member_of');
        expect(await there.redis.hkeys(members)).toEqual(['ada']);
        // Fewer are in than this program knows of, as if the two from before were in, and had left.
        await there.redis.srem('prizedraw:entrants', 'ken');
        await there.says('grace', 'enter grace');
        await there.says('dennis', 'enter dennis');
        expect(await there.announced('4 people have entered')).toBe(there.places[0]);
        await there.shows(OPEN);
      },
      {
        before: ({ redis }) => redis.hset('prizedraw:slack:member_of', { donald: 'U1', radia: 'U2' }),
      },
    ));
});
