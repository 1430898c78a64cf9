/** What the page and its server say to each other. */
export type Json = Readonly<Record<string, unknown>>;

/** Somebody one can be in the demo. */
export interface Persona {
  readonly name: string;
  readonly realName: string;
  readonly isOrganiser: boolean;
  /** Their GitHub ID, to enter with. */
  readonly login: string;
  readonly avatar: string;
}

/** What does not change while the page is open. */
export interface Workspace {
  readonly people: readonly Persona[];
  /** What can be typed, with help, and whether only organisers may. */
  readonly commands: ReadonlyArray<{ readonly usage: string; readonly help: string; readonly who: string }>;
  /** Names of members and channels, for mentions. */
  readonly members: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  readonly channels: ReadonlyArray<{ readonly id: string; readonly name: string }>;
}

/** A message as one person sees it. */
export interface Item {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly author: { readonly name: string; readonly avatar: string; readonly isApp: boolean };
  readonly text: string;
  readonly blocks: readonly Json[];
  /** Whether nobody else sees it. */
  readonly onlyYou: boolean;
  /** The message as Slack has it, to say where a button was pressed. */
  readonly message: Json;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly items: readonly Item[];
}

/** Everything on one person's screen. */
export interface Screen {
  readonly channels: readonly Channel[];
  readonly dialog: Json | undefined;
}
