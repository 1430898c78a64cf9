import type { webApi } from '@slack/bolt';
import type { Draw } from '../draw/index.ts';
import type { Log } from '../log.ts';
import type { Announcer } from './announcer/index.ts';
import type { Enter } from './entering.ts';
import type { MayOrganise, Organiser } from './organiser.ts';

/** What the listeners work with. */
export interface Services {
  readonly draw: Draw;
  readonly enter: Enter;
  readonly organiser: Organiser;
  readonly announcer: Announcer;
  readonly mayOrganise: MayOrganise;
  readonly client: webApi.WebClient;
  readonly log: Log;
  readonly now: () => Date;
}
