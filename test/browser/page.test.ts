import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  box,
  browserInstalled,
  message,
  openWorkspace,
  picture,
  say,
  type Workspace,
} from '../support/fixtures/browser.ts';

const skipped = browserInstalled() === undefined;

describe.skipIf(skipped)(`the demo in a browser${skipped ? ' (skipped: chromium is not installed here)' : ''}`, () => {
  let workspace: Workspace;
  const keys = async (): Promise<string> => JSON.stringify(await workspace.bot.announcements());

  beforeAll(async () => {
    workspace = await openWorkspace();
  }, 60_000);
  afterAll(() => workspace.close());
  afterEach(() => expect(workspace.complaints).toEqual([]));

  it('opens with no draw, and says what to try first', async () => {
    const olivia = await workspace.tab('olivia');
    await olivia.getByText('Start here: type').waitFor();
    expect(await olivia.getByRole('article').count()).toBe(0);
    const ada = await workspace.tab('ada');
    await ada.getByText('Nothing is announced yet').waitFor();
    expect(await ada.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual([
      expect.stringContaining('general'),
      expect.stringContaining('giveaways'),
    ]);
    await olivia.close();
    await ada.close();
  });

  it('carries a whole draw: started by dialog, entered by command and by button, closed, picked, announced', async () => {
    const olivia = await workspace.tab('olivia');
    const ada = await workspace.tab('ada');
    const grace = await workspace.tab('grace');

    await say(olivia, '/prizedraw start');
    await olivia.getByLabel('Prizes, one a line').fill('A mechanical keyboard\nA signed book\nStickers & socks');
    await olivia.getByLabel('How long it is open').selectOption('30 minutes');
    await olivia.getByRole('button', { name: 'Start', exact: true }).click();
    await olivia.getByText('The draw is open and is being announced').waitFor();
    await olivia.getByRole('button', { name: 'Done' }).click();

    // New messages appear by themselves.
    await message(ada, 'A prize draw is open').getByText('Stickers & socks').waitFor();
    await say(ada, '/prizedraw enter ada');
    const answer = message(ada, 'You are in the draw, Ada Lovelace');
    await answer.getByText('Only visible to you').waitFor();
    expect(await message(grace, 'You are in the draw').count()).toBe(0);

    await message(grace, 'A prize draw is open').getByRole('button', { name: 'Enter the draw' }).click();
    const field = grace.getByLabel('Your GitHub ID');
    await field.fill('nobody-is-called-so');
    await grace.getByRole('button', { name: 'Enter', exact: true }).click();
    await grace.getByRole('alert').filter({ hasText: 'GitHub knows no such user' }).waitFor();
    expect(await field.inputValue()).toBe('nobody-is-called-so');
    await field.fill('gracehopper');
    await grace.getByRole('button', { name: 'Enter', exact: true }).click();
    await grace.getByText('You are in the draw, Grace Hopper').waitFor();
    await grace.getByRole('button', { name: 'Done' }).click();

    await workspace.bot.member('linus').command('enter linus', { channel: 'announce' });

    // The announcement changes in its place.
    await message(ada, 'A prize draw is open').getByText('3 people have entered').waitFor({ timeout: 15_000 });
    await picture(message(ada, 'A prize draw is open'), 'announcement');

    await say(olivia, '/prizedraw admin');
    const panel = message(olivia, 'control panel');
    await picture(panel, 'control-panel');
    await panel.getByRole('button', { name: 'Close draw' }).click();
    await olivia.getByRole('dialog', { name: 'Close the draw?' }).getByRole('button', { name: 'Not yet' }).click();
    expect(await workspace.bot.announced('A prize draw is open')).toBeDefined();
    await panel.getByRole('button', { name: 'Close draw' }).click();
    await olivia.getByRole('dialog').getByRole('button', { name: 'Close draw' }).click();
    await message(ada, 'This draw is closed').waitFor();
    expect(await ada.getByRole('button', { name: 'Enter the draw' }).count()).toBe(0);

    await message(olivia, 'control panel').getByRole('button', { name: 'Pick winners' }).click();
    await olivia.getByRole('dialog').getByRole('button', { name: 'Pick winners' }).click();
    const winners = message(ada, 'And the winners are');
    await winners.getByText('A mechanical keyboard').waitFor();
    for (const name of ['Ada Lovelace', 'Grace Hopper', 'Linus']) await winners.getByText(name).first().waitFor();
    await expect
      .poll(async () => {
        const pictures = winners.getByAltText(/^Avatar of/);
        return pictures.evaluateAll((all) =>
          all.map((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0),
        );
      })
      .toEqual([true, true, true]);
    await picture(winners, 'winners');
    // At a phone's width, too, each prize stands beside its avatar, and nothing beside the screen.
    const phone = await workspace.tab('ada', { width: 375, height: 667 });
    for (const prize of ['A mechanical keyboard', 'A signed book', 'Stickers & socks']) {
      const line = await message(phone, 'And the winners are').getByText(prize).boundingBox();
      const avatars = await message(phone, 'And the winners are')
        .getByAltText(/^Avatar of/)
        .all();
      const boxes = await Promise.all(avatars.map((avatar) => avatar.boundingBox()));
      const beside = boxes.find((box) => box && line && Math.abs(box.y - line.y) < 12 && box.x >= line.x + line.width);
      expect(beside?.width, prize).toBeGreaterThan(40);
      expect((beside?.x ?? 0) + (beside?.width ?? 0)).toBeLessThanOrEqual(375);
    }
    await phone.close();
    await say(ada, '/prizedraw status');
    await message(ada, 'You won').waitFor();
    for (const tab of [olivia, ada, grace]) await tab.close();
  }, 90_000);

  it('does nothing when a member forges an organiser’s button', async () => {
    const olivia = await workspace.tab('olivia');
    const ada = await workspace.tab('ada');
    await say(olivia, '/prizedraw start "A *plain* prize, <!here>"');
    await message(ada, 'A *plain* prize, <!here>').waitFor();
    const before = await keys();
    const { slack } = workspace.bot;
    const panel = await workspace.bot.member('olivia').command('admin', { channel: 'admin' });
    const forged = {
      kind: 'press',
      label: 'Close draw',
      message: { ...panel.message, channel: slack.channels.announce },
    };
    const status = await ada.evaluate(
      async (body) => (await fetch('/act?as=ada', { method: 'POST', body })).status,
      JSON.stringify(forged),
    );
    expect(status).toBe(200);
    await message(ada, 'Only organisers can do that').waitFor();
    expect(await keys()).toBe(before);
    await ada.close();
    await olivia.close();
  }, 60_000);

  it('can be used with the keyboard alone', async () => {
    const linus = await workspace.tab('linus');
    await message(linus, 'A *plain* prize, <!here>').waitFor();
    await box(linus).focus();
    await linus.keyboard.type('/prizedraw en');
    await linus.getByRole('option', { name: /enter/ }).waitFor();
    await linus.keyboard.press('Tab');
    expect(await box(linus).inputValue()).toBe('/prizedraw enter linus');
    await linus.keyboard.press('Enter');
    await message(linus, 'You are in the draw').waitFor();

    // Out of the box, back to the button under the announcement, into its dialog, and out of it again.
    for (let steps = 0; steps < 10; steps++) {
      await linus.keyboard.press('Shift+Tab');
      if ((await linus.evaluate('document.activeElement.textContent')) === 'Enter the draw') break;
    }
    await linus.keyboard.press('Enter');
    await linus.getByLabel('Your GitHub ID').waitFor();
    expect(await linus.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await linus.keyboard.type('linus');
    await linus.keyboard.press('Enter');
    await linus.getByRole('dialog').getByText('is already in the draw').waitFor();
    await linus.keyboard.press('Escape');
    await expect.poll(() => linus.getByRole('dialog').count()).toBe(0);
    await linus.close();
  }, 60_000);

  it('fits on a phone', async () => {
    const margaret = await workspace.tab('margaret', { width: 375, height: 667 });
    await message(margaret, 'A *plain* prize, <!here>').waitFor();
    const overflow = () => margaret.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await message(margaret, 'A *plain* prize, <!here>').getByRole('button', { name: 'Enter the draw' }).click();
    await margaret.getByLabel('Your GitHub ID').fill('mhamilton');
    await margaret.getByRole('button', { name: 'Enter', exact: true }).click();
    await margaret.getByText('You are in the draw, Margaret Hamilton').waitFor();
    await margaret.getByRole('button', { name: 'Done' }).click();
    await margaret.getByRole('button', { name: 'Channels and people' }).click();
    await margaret.getByLabel('You are').selectOption('olivia');
    await margaret.getByRole('heading', { name: /draw-admins/ }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await margaret.close();
  }, 60_000);
});
