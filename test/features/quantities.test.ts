import { expect, it } from 'vitest';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';

const prizesOf = async ({ redis }: Fixture): Promise<string[]> => (await redis.smembers('prizedraw:prizes')).toSorted();

withBot('several prizes of a kind', (fixture) => {
  const submit = async (prizes: string) => {
    await fixture().member('olivia').command('start', { channel: 'admin' });
    return fixture()
      .member('olivia')
      .submit(await fixture().dialog('olivia'), { 'Prizes, one a line': prizes });
  };

  it('are typed, listed together, and won each by its name', async () => {
    await fixture().says('olivia', 'start 3x "Sticker" "Mug" x1 for 30m', 'admin');
    expect(await prizesOf(fixture())).toEqual(['Mug', 'Sticker (1 of 3)', 'Sticker (2 of 3)', 'Sticker (3 of 3)']);
    const opened = await fixture().announced('4 prizes to win');
    expect(readText(opened)).toContain('•  Mug\n•  3 × Sticker\n');
    // As another program takes one away.
    await fixture().redis.srem('prizedraw:prizes', 'Sticker (2 of 3)');
    expect(await fixture().says('ada', 'prizes')).toContain('•  Mug\n•  2 × Sticker\n');
    await fixture().redis.sadd('prizedraw:entrants', 'ken', 'barbara', 'grace');
    await fixture().says('olivia', 'pick', 'admin');
    const won = readText(await fixture().announced('Sticker (3 of 3)'));
    expect(won).toContain('Sticker (1 of 3)');
    expect(won).not.toContain('×');
  });

  it('are 500 in a draw', async () => {
    await fixture().says('olivia', 'start 100x "A" 100x "B" 100x "C" 100x "D" 99x "E" "F"', 'admin');
    expect(await fixture().redis.scard('prizedraw:prizes')).toBe(500);
    expect(readText(await fixture().announced('500 prizes to win'))).toContain('•  100 × D\n•  99 × E\n•  F\n');
  });

  it('are lines of the dialog; a size is a prize', async () => {
    const ack = await submit('2x4 plank\n2x Sticker\n1x Mug');
    expect(readText(ack.body)).toContain('The draw is open');
    expect(await prizesOf(fixture())).toEqual(['2x4 plank', 'Mug', 'Sticker (1 of 2)', 'Sticker (2 of 2)']);
  });

  it.each([
    ['0x Sticker', 'There can be 1 to 100 of a kind, so not: “0 × Sticker”.'],
    ['100x A\n100x B\n100x C\n100x D\n100x E\nF', 'These are 501 prizes, and a draw has 500 at most. Leave out 1'],
    ['3x Sticker\nSticker (2 of 3)', 'Given twice: “Sticker (2 of 3)”.'],
  ])('are refused at their field: %j', async (prizes, said) => {
    expect((await submit(prizes)).body).toEqual({
      response_action: 'errors',
      errors: { prizedraw_prizes: expect.stringContaining(said) },
    });
    expect(await fixture().keys()).toEqual({});
  });

  it('are refused as well where they are typed', async () => {
    expect(await fixture().says('olivia', 'start "Mug" 101x "Sticker"', 'admin')).toContain('“101 × Sticker”');
    expect(await fixture().says('olivia', 'start 3x "A & B" x2', 'admin')).toContain('How many there are of “A & B”');
    expect(await fixture().keys()).toEqual({});
  });
});
