import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserInstalled, goTo, message, openWorkspace, say, type Workspace } from '../support/fixtures/browser.ts';

/** Which of the two channels' draws comes first in a message, by its name: 0 or 1. */
async function place(channel: string, of: Locator): Promise<number> {
  const named = Array.from((await of.innerText()).matchAll(/#(general|giveaways)/g), ([, name = '']) => name);
  expect(named.toSorted()).toEqual(['general', 'giveaways']);
  return named.indexOf(channel);
}

const skipped = browserInstalled() === undefined;

describe.skipIf(skipped)(
  `two draws in two channels, in a browser${skipped ? ' (skipped: chromium is not installed here)' : ''}`,
  () => {
    let workspace: Workspace;

    beforeAll(async () => {
      workspace = await openWorkspace();
    }, 60_000);
    afterAll(() => workspace.close());
    afterEach(() => expect(workspace.complaints).toEqual([]));

    it('run side by side: started by command and by dialog, entered by button, closed, picked, announced', async () => {
      const olivia = await workspace.tab('olivia');
      const ada = await workspace.tab('ada');
      const grace = await workspace.tab('grace');
      await goTo(grace, 'giveaways');

      // Each is announced where it was asked for, and nowhere else.
      await say(olivia, '/prizedraw start "A signed book" for 2h in #giveaways');
      await message(olivia, 'The draw is open and is being announced').getByText('#giveaways').waitFor();
      await message(grace, 'A prize draw is open').getByText('A signed book').waitFor();
      expect(await message(ada, 'A prize draw is open').count()).toBe(0);

      // The dialog offers the home channel at first; where a draw is open, it says so at its fields.
      await say(olivia, '/prizedraw start');
      const channel = olivia.getByLabel('Announce in');
      const chosen = () =>
        channel.evaluate(
          (select) =>
            'selectedOptions' in select &&
            Array.from(Object(select.selectedOptions), (option) => Object(option).label)[0],
        );
      expect(await chosen()).toBe('# general');
      expect(await channel.getByRole('option').allInnerTexts()).toEqual([
        'Select a channel',
        '# general',
        '# giveaways',
        '🔒 draw-admins',
      ]);
      await olivia.getByLabel('Prizes, one a line').fill('A mechanical keyboard');
      await channel.selectOption('# giveaways');
      await olivia.getByRole('button', { name: 'Start', exact: true }).click();
      await olivia.getByRole('alert').filter({ hasText: 'A draw is already open' }).waitFor();
      expect(await olivia.getByLabel('Prizes, one a line').inputValue()).toBe('A mechanical keyboard');
      expect(await chosen()).toBe('# giveaways');
      await channel.selectOption('# general');
      await olivia.getByRole('button', { name: 'Start', exact: true }).click();
      await olivia.getByText('The draw is open and is being announced').last().waitFor();
      await olivia.getByRole('button', { name: 'Done' }).click();
      await message(ada, 'A prize draw is open').getByText('A mechanical keyboard').waitFor();

      // A button under an announcement enters that draw.
      for (const [tab, login, name] of [
        [ada, 'ada', 'Ada Lovelace'],
        [grace, 'gracehopper', 'Grace Hopper'],
      ] as const) {
        await message(tab, 'A prize draw is open').getByRole('button', { name: 'Enter the draw' }).click();
        await tab.getByLabel('Your GitHub ID').fill(login);
        await tab.getByRole('button', { name: 'Enter', exact: true }).click();
        await tab.getByText(`You are in the draw, ${name}`).waitFor();
        await tab.getByRole('button', { name: 'Done' }).click();
      }
      for (const tab of [ada, grace]) {
        await message(tab, 'A prize draw is open').getByText('1 person has entered').waitFor({ timeout: 15_000 });
      }

      // Both are in the control panel.
      await say(olivia, '/prizedraw admin');
      const panel = message(olivia, 'control panel');
      for (const words of ['#general', '#giveaways', 'A signed book', 'A mechanical keyboard']) {
        await panel.getByText(words).waitFor();
      }
      const DRAW = ['Close draw', 'Pick winners', 'Extend by 15 minutes', 'Cancel draw'];
      expect(await panel.getByRole('button').allInnerTexts()).toEqual([...DRAW, ...DRAW, 'Start a draw']);

      // Typed where no draw is, it could mean either: the button says which.
      await say(olivia, '/prizedraw close');
      const choice = message(olivia, 'There are 2 draws that could be meant');
      await choice.waitFor();
      expect(await choice.getByRole('button').allInnerTexts()).toEqual(['Close draw', 'Close draw']);
      await choice
        .getByRole('button', { name: 'Close draw' })
        .nth(await place('giveaways', choice))
        .click();
      await message(olivia, 'The draw is closed. 1 person has entered').getByText('#giveaways').waitFor();
      await message(grace, 'This draw is closed').waitFor();
      expect(await grace.getByRole('button', { name: 'Enter the draw' }).count()).toBe(0);
      expect(await message(ada, 'A prize draw is open').getByRole('button', { name: 'Enter the draw' }).count()).toBe(
        1,
      );

      // Buttons with the same words are each for their own draw.
      await say(olivia, '/prizedraw admin');
      const now = message(olivia, /control panel[\s\S]*yet to be picked/);
      await now.waitFor();
      await now
        .getByRole('button', { name: 'Pick winners' })
        .nth(await place('giveaways', now))
        .click();
      await olivia.getByRole('dialog').getByRole('button', { name: 'Pick winners' }).click();
      await message(grace, 'And the winners are').getByText('A signed book').waitFor();
      await message(grace, 'And the winners are').getByText('Grace Hopper').first().waitFor();
      expect(await message(ada, 'And the winners are').count()).toBe(0);

      await say(olivia, '/prizedraw pick');
      await message(ada, 'And the winners are').getByText('A mechanical keyboard').waitFor();
      await message(ada, 'And the winners are').getByText('Ada Lovelace').first().waitFor();
      expect(await message(grace, 'And the winners are').getByText('A mechanical keyboard').count()).toBe(0);
      for (const tab of [olivia, ada, grace]) await tab.close();
    }, 120_000);
  },
);
