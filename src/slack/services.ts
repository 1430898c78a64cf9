import type { webApi } from '@slack/bolt';
import type { SettingsInUse } from '../announcements/settings.ts';
import type { Worker } from '../announcements/worker.ts';
import type { Draws } from '../draw/index.ts';
import type { CheckChannel } from './check-channel.ts';
import type { RequestCounts } from './counts.ts';
import type { TellMember } from './direct-messages.ts';
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
  readonly settings: SettingsInUse;
  readonly mayOrganise: MayOrganise;
  readonly checkChannel: CheckChannel;
  readonly tellMember: TellMember;
  readonly client: webApi.WebClient;
  readonly counts: RequestCounts;
  readonly now: () => Date;
  /** What keeps this process from working as it should, in plain words, as it was last seen. */
  readonly problems: () => readonly string[];
}
