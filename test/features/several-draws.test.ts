import { expect, it } from 'vitest';
import { runBot } from '../support/fixtures/bot.ts';
import { readText, shownOf, withBot } from '../support/fixtures/features.ts';
import { channel, postedIn } from '../support/fixtures/several-draws.ts';
import { person } from '../support/workspace/people.ts';

withBot('draws in several channels', (fixture) => {
  it('are in keys of their own, which are named after the channel, and share the profiles', async () => {
    const chess = await channel(fixture(), 'chess');
    await fixture().says('olivia', 'start "A fork"', 'admin');
    await fixture().says('olivia', 'start "A knight" "A rook" for 30m in #chess', 'admin');
    await fixture().says('ada', 'enter ada in #chess');
    fixture().bot.github.requests.length = 0;
    expect(await fixture().says('ada', 'enter ada in #general')).toContain('You are in the draw');
    expect(fixture().bot.github.requests).toEqual([]);
    const profile = { value: expect.stringContaining('"login":"ada"'), expires: true };
    expect(await fixture().keys()).toEqual({
      'prizedraw:entrants': { value: ['ada'], expires: false },
      'prizedraw:is_open': { value: 'true', expires: false },
      'prizedraw:prizes': { value: ['A fork'], expires: false },
      [`prizedraw:${chess}:entrants`]: { value: ['ada'], expires: false },
      [`prizedraw:${chess}:is_open`]: { value: 'true', expires: true },
      [`prizedraw:${chess}:prizes`]: { value: ['A knight', 'A rook'], expires: false },
      'prizedraw:profiles:ada': profile,
    });

    expect(await fixture().says('olivia', 'pick in #chess', 'admin')).toContain('Picked 1 winner from 1 entrant');
    await postedIn(fixture(), chess, 'And the winners are', 'ada');
    const { [`prizedraw:${chess}:winners`]: winners, ...others } = await fixture().keys();
    expect(JSON.stringify(winners?.value)).toMatch(/^\{"A (knight|rook)":"ada"\}$/);
    expect(Object.keys(others).toSorted()).toEqual([
      `prizedraw:${chess}:prizes`,
      ...(`prizedraw:${chess}:winners_json` in others ? [`prizedraw:${chess}:winners_json`] : []),
      'prizedraw:entrants',
      'prizedraw:is_open',
      'prizedraw:prizes',
      'prizedraw:profiles:ada',
    ]);
    const all = await fixture().redis.keys('*');
    expect(all.filter((key) => !/^prizedraw:(slack|profiles|C\w+):|^prizedraw:\w+$/.test(key))).toEqual([]);
  }, 40_000);

  it('are one at a time in each', async () => {
    await channel(fixture(), 'chess');
    await fixture().says('olivia', 'start "A knight" in #chess', 'admin');
    const before = await fixture().keys();
    expect(await fixture().says('olivia', 'start "A rook" in #chess', 'admin')).toContain('A draw is already open');
    expect(await fixture().keys()).toEqual(before);
    expect(await fixture().says('olivia', 'start "A fork"', 'admin')).toContain('The draw is open');
    await fixture().says('ada', 'enter ada in #chess');
    await fixture().says('olivia', 'close in #chess', 'admin');
    expect(await fixture().says('olivia', 'start "A rook" in #chess', 'admin')).toContain('have not been picked yet');
    await fixture().says('olivia', 'pick in #chess', 'admin');
    expect(await fixture().says('olivia', 'start "A rook" in #chess', 'admin')).toContain('The draw is open');
  });

  it('are announced each in its own channel, from the opening to the winners', async () => {
    const [chess, music] = [await channel(fixture(), 'chess'), await channel(fixture(), 'music')];
    const { announce } = fixture().bot.slack.channels;
    const of = { [announce]: 'A spoon', [chess]: 'A pawn', [music]: 'A harp' };
    for (const [id, prize] of Object.entries(of)) {
      await fixture().says('olivia', `start "${prize}" in ${id}`, 'admin');
    }
    for (const name of ['ada', 'grace', 'linus']) await fixture().says(name, `enter ${name} in #chess`);
    await fixture().says('ada', 'enter ada in #music');
    const opened = await Promise.all(Object.entries(of).map(([id, prize]) => postedIn(fixture(), id, prize)));
    await postedIn(fixture(), chess, 'A pawn', '3 people have entered');
    await postedIn(fixture(), music, 'A harp', '1 person has entered');
    await postedIn(fixture(), announce, 'A spoon', 'Nobody has entered yet');

    await fixture().says('olivia', 'close in #music', 'admin');
    await postedIn(fixture(), music, 'A harp', 'This draw is closed');
    await fixture().says('olivia', 'pick in #chess', 'admin');
    await postedIn(fixture(), chess, 'And the winners are', 'A pawn');
    expect(readText(await postedIn(fixture(), announce, 'A spoon'))).toContain('A prize draw is open');
    await fixture().says('olivia', 'pick in #music', 'admin');
    await postedIn(fixture(), music, 'And the winners are', 'A harp', 'ada');
    // Nothing of one in the channel of another, and the first message of each is still the same one.
    for (const [index, [id, prize]] of Object.entries(of).entries()) {
      const all = await fixture().bot.slack.messages(id);
      const foreign = Object.values(of).filter((other) => other !== prize);
      expect(all.map(readText).filter((text) => foreign.some((other) => text.includes(other)))).toEqual([]);
      expect(all.find((message) => readText(message).includes(prize))?.ts).toBe(opened[index]?.ts);
    }
  }, 60_000);

  it('count each for itself how many IDs a member has entered', async () => {
    await channel(fixture(), 'chess');
    await fixture().says('olivia', 'start "A fork"', 'admin');
    await fixture().says('olivia', 'start "A knight" in #chess', 'admin');
    expect(await fixture().says('ada', 'enter ada in #general')).toContain('You are in the draw');
    expect(await fixture().says('ada', 'enter octocat in #general')).toContain('everybody enters once');
    expect(await fixture().says('ada', 'enter octocat in #chess')).toContain('You are in the draw');
    expect(await fixture().says('ada', 'enter ken in #chess')).toContain(
      'already, as octocat, and everybody enters once',
    );
    expect(await fixture().says('ada', 'status in #general')).toContain('You are in, as ada.');
    expect(await fixture().says('ada', 'status in #chess')).toContain('You are in, as octocat.');
  });

  it('that another program opens are seen in every channel in which the bot has ever started one', async () => {
    const [chess, other] = [await channel(fixture(), 'chess'), await channel(fixture(), 'other')];
    await fixture().says('olivia', 'start "A bishop" in #chess', 'admin');
    await fixture().says('olivia', 'close in #chess', 'admin');
    await postedIn(fixture(), chess, 'A bishop');
    for (const id of [chess, other]) {
      await fixture().redis.del(`prizedraw:${id}:prizes`);
      await fixture().redis.sadd(`prizedraw:${id}:prizes`, 'A clock');
      await fixture().redis.set(`prizedraw:${id}:is_open`, 'true');
    }
    expect(readText(await postedIn(fixture(), chess, 'A clock'))).toContain('A prize draw is open');
    await fixture().redis.sadd(`prizedraw:${chess}:entrants`, 'ken');
    await postedIn(fixture(), chess, 'A clock', '1 person has entered');
    await fixture().redis.del(`prizedraw:${chess}:is_open`);
    await postedIn(fixture(), chess, 'A clock', 'This draw is closed. The winners will be announced here.');
    await fixture()
      .redis.multi()
      .hset(`prizedraw:${chess}:winners`, 'A clock', 'ken')
      .del(`prizedraw:${chess}:prizes`, `prizedraw:${chess}:entrants`)
      .exec();
    await postedIn(fixture(), chess, 'And the winners are', 'A clock', 'Ken Thompson');
    // Nobody has ever started one there.
    expect(await fixture().bot.slack.messages(other)).toEqual([]);
  }, 60_000);

  it('are served by two bots on one Redis, and announced once', async () => {
    const [chess, music] = [await channel(fixture(), 'chess'), await channel(fixture(), 'music')];
    const { slack, github } = fixture().bot;
    const second = await runBot({ slack, github, redisUrl: fixture().server.url });
    const olivia = person(slack, second.transport, 'olivia');
    const ada = person(slack, second.transport, 'ada');
    const says = async (who: typeof ada, text: string, where = 'random') =>
      readText(await shownOf(await who.command(text, { channel: where })));
    await fixture().says('olivia', 'start "A queen" in #chess', 'admin');
    expect(await says(olivia, 'start "A drum" in #music', 'admin')).toContain('The draw is open');
    expect(await says(olivia, 'start "A gong" in #music', 'admin')).toContain('A draw is already open');
    // Each knows at once of the draws that the other has started.
    expect(await fixture().says('ada', 'enter ada', music)).toContain('You are in the draw');
    expect(await says(ada, 'enter ada', chess)).toContain('You are in the draw');
    expect(await says(ada, 'status', chess)).toContain('A queen');
    expect(await fixture().says('olivia', 'pick in #music', 'admin')).toContain('Picked 1 winner');
    expect(await says(olivia, 'pick in #chess', 'admin')).toContain('Picked 1 winner');
    for (const [id, prize] of [
      [chess, 'A queen'],
      [music, 'A drum'],
    ] as const) {
      await expect.poll(async () => await saidOf(id, prize), { timeout: 15_000 }).toEqual(['closed', 'winners']);
    }
    await second.stop();
    for (const id of [chess, music]) expect(await fixture().redis.scard(`prizedraw:${id}:prizes`)).toBe(0);
  }, 60_000);

  /** What was announced of a prize in a channel, in order. */
  const saidOf = async (id: string, prize: string): Promise<string[]> =>
    (await fixture().bot.slack.messages(id))
      .map(readText)
      .filter((text) => text.includes(prize))
      .map((text) => (text.includes('And the winners are') ? 'winners' : text.includes('closed') ? 'closed' : 'open'));
});
