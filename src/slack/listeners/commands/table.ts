import { admin } from './admin.ts';
import { cancel } from './cancel.ts';
import { add, drop } from './change-prizes.ts';
import { proof, verify } from './checking.ts';
import { close } from './close.ts';
import { draws } from './draws.ts';
import { enter } from './enter.ts';
import { entrants } from './entrants.ts';
import { extend } from './extend.ts';
import { help } from './help.ts';
import { leave } from './leave.ts';
import { pick } from './pick.ts';
import { remove } from './remove.ts';
import { start } from './start.ts';
import { prizes, status } from './status.ts';
import type { Subcommand } from './types.ts';
import { winners } from './winners.ts';

/** Every subcommand of `/prizedraw`. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'status',
    usage: 'status',
    help: 'How the draw stands, and whether you are in',
    who: 'anyone',
    on: 'on',
    label: 'See how it stands',
    handleDraw: status,
  },
  {
    name: 'draws',
    usage: 'draws',
    help: 'Every draw that is on',
    who: 'anyone',
    handle: draws,
  },
  {
    name: 'enter',
    usage: 'enter <github-id>',
    help: 'Enter the draw with your GitHub ID; without one, you are asked for it',
    who: 'anyone',
    handle: enter,
  },
  {
    name: 'leave',
    usage: 'leave <github-id>',
    help: 'Take your entry back; without an ID, the one that you made',
    who: 'anyone',
    on: 'entered',
    label: 'Leave the draw',
    handleDraw: leave,
  },
  {
    name: 'prizes',
    usage: 'prizes',
    help: 'What there is to win',
    who: 'anyone',
    on: 'on',
    label: 'See the prizes',
    handleDraw: prizes,
  },
  {
    name: 'winners',
    usage: 'winners',
    help: 'Who won the last draw',
    who: 'anyone',
    on: 'won',
    label: 'See the winners',
    handleDraw: winners,
  },
  {
    name: 'verify',
    usage: 'verify <github-id>',
    help: 'Check the last pick, and how a ticket ranked; without an ID, your own',
    who: 'anyone',
    on: 'any',
    label: 'Check the pick',
    handleDraw: verify,
  },
  {
    name: 'proof',
    usage: 'proof',
    help: 'The record of the last pick, to check it without the bot',
    who: 'anyone',
    on: 'any',
    label: 'See the record',
    handleDraw: proof,
  },
  {
    name: 'help',
    usage: 'help',
    help: 'This list',
    who: 'anyone',
    isAlwaysThere: true,
    handle: async (services, { channel }) => help(SUBCOMMANDS, services, channel),
  },
  {
    name: 'start',
    usage: 'start "Prize A" "Prize B" for 30m',
    help: 'Start a draw (several of a kind: 3x "Prize A"; for 90m, 2h, 1h30m, 2d; without “for”, until you close it; without prizes, a dialog asks)',
    who: 'organisers',
    handle: start,
  },
  {
    name: 'close',
    usage: 'close',
    help: 'Close the draw',
    who: 'organisers',
    on: 'open',
    label: 'Close draw',
    handleDraw: close,
  },
  {
    name: 'pick',
    usage: 'pick',
    help: 'Close the draw if it is open, pick the winners and announce them',
    who: 'organisers',
    on: 'pickable',
    label: 'Pick winners',
    handleDraw: pick,
  },
  {
    name: 'extend',
    usage: 'extend 30m',
    help: 'Close the draw that much later; a closed one opens again',
    who: 'organisers',
    on: 'changeable',
    label: 'Extend it',
    handleDraw: extend,
  },
  {
    name: 'add',
    usage: 'add "Prize"',
    help: 'Add a prize, or several',
    who: 'organisers',
    on: 'changeable',
    label: 'Add there',
    handleDraw: add,
  },
  {
    name: 'drop',
    usage: 'drop "Prize"',
    help: 'Take a prize out, or several; never the last one',
    who: 'organisers',
    on: 'changeable',
    label: 'Drop there',
    handleDraw: drop,
  },
  {
    name: 'remove',
    usage: 'remove <github-id> because …',
    help: 'Take an entrant out, who cannot enter this draw again; the reason may be left out',
    who: 'organisers',
    on: 'changeable',
    label: 'Remove there',
    handleDraw: remove,
  },
  {
    name: 'cancel',
    usage: 'cancel because …',
    help: 'End the draw without winners; the reason may be left out',
    who: 'organisers',
    on: 'changeable',
    label: 'Cancel draw',
    handleDraw: cancel,
  },
  {
    name: 'entrants',
    usage: 'entrants',
    help: 'Who has entered',
    who: 'organisers',
    on: 'on',
    label: 'See who has entered',
    handleDraw: entrants,
  },
  {
    name: 'admin',
    usage: 'admin',
    help: 'The control panel: the state of the draw, with buttons',
    who: 'organisers',
    isAlwaysThere: true,
    handle: admin,
  },
];
