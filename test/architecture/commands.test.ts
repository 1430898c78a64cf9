import { describe, expect, it } from 'vitest';
import type { AppliesTo } from '../../src/draw/which.ts';
import { ALL_ACTIONS } from '../../src/slack/listeners/actions/table.ts';
import { SUBCOMMANDS } from '../../src/slack/listeners/commands/table.ts';
import { documents } from '../support/project/documents.ts';

const [commands, buttons] = documents().find(({ path }) => path === 'docs/commands.md')?.tables ?? [];

/** Which draws a command can apply to, in words. */
const MEANS: Readonly<Record<AppliesTo, string>> = {
  open: 'open',
  entered: 'open, and you are in it',
  pickable: 'open, or closed with entrants',
  changeable: 'open, or closed and not yet picked',
  on: 'not over',
  won: 'won',
  any: 'in any state',
};

describe('docs/commands.md', () => {
  it('says of each command who may use it, and which draws it can apply to, in the order of the help', () => {
    const rows = SUBCOMMANDS.map((each) => [`\`${each.usage}\``, each.who, 'on' in each ? MEANS[each.on] : '–']);
    expect(commands?.slice(2)).toEqual(rows);
  });

  it('says of each button who may press it', () => {
    const labelled = ALL_ACTIONS.filter(({ label }) => label !== '').map(({ label, who }) => [`**${label}**`, who]);
    expect(
      buttons
        ?.slice(2)
        .map(([label, who]) => [label, who])
        .toSorted(),
    ).toEqual(labelled.toSorted());
  });
});
