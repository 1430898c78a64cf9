import { ALL_ACTIONS } from './actions/table.ts';
import { SUBCOMMANDS } from './commands/table.ts';
import { ALL_VIEWS } from './views/table.ts';

/** What people can ask for, by the names in the tables: requests are counted under these and no others. */
export const NAMES = {
  commands: SUBCOMMANDS.map(({ name }) => name),
  buttons: ALL_ACTIONS.map(({ actionId }) => actionId),
  dialogs: ALL_VIEWS.map(({ callbackId }) => callbackId),
};
