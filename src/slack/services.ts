import type { webApi } from '@slack/bolt';
import type { Worker } from '../announcements/worker.ts';
import type { Draws } from '../draw/index.ts';
import type { Log } from '../log.ts';
import type { CheckChannel } from './check-channel.ts';
import type { Directory } from './directory.ts';
import type { MayOrganise, Organiser } from './organiser.ts';
import type { PickFollower } from './pick-follower.ts';

/** What the listeners work with. */
export interface Services {
  readonly draws: Draws;
  readonly directory: Directory;
  readonly organiser: Organiser;
  readonly pickFollower: PickFollower;
  readonly worker: Worker;
  readonly mayOrganise: MayOrganise;
  readonly checkChannel: CheckChannel;
  readonly client: webApi.WebClient;
  readonly log: Log;
  readonly now: () => Date;
}
