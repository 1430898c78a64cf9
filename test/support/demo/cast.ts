/** A member of the workspace, and who they are on GitHub. */
export interface Cast {
  readonly name: string;
  readonly login: string;
  readonly realName: string;
  readonly isOrganiser?: boolean;
}

/** Who takes part: an organiser and twelve members. */
export const CAST: readonly Cast[] = [
  { name: 'olivia', login: 'olivia', realName: 'Olivia Okafor', isOrganiser: true },
  { name: 'ada', login: 'ada', realName: 'Ada Lovelace' },
  { name: 'grace', login: 'gracehopper', realName: 'Grace Hopper' },
  { name: 'linus', login: 'linus', realName: 'Linus' },
  { name: 'margaret', login: 'mhamilton', realName: 'Margaret Hamilton' },
  { name: 'dennis', login: 'dmr', realName: 'Dennis *dmr* Ritchie' },
  { name: 'ken', login: 'ken', realName: 'Ken Thompson' },
  { name: 'barbara', login: 'liskov', realName: 'Barbara Liskov' },
  { name: 'edsger', login: 'ewd', realName: 'Edsger W. Dijkstra' },
  { name: 'katherine', login: 'kjohnson', realName: 'Katherine Johnson' },
  { name: 'alan', login: 'turing', realName: 'Alan Turing' },
  { name: 'radia', login: 'radia', realName: 'Radia Perlman' },
  { name: 'late-larry', login: 'larry', realName: 'Larry' },
];
