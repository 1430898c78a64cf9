/** One round of a public randomness beacon. */
export interface Round {
  readonly round: number;
  /** Hexadecimal. */
  readonly signature: string;
  /** 32 bytes in hexadecimal: SHA-256 of the signature. */
  readonly randomness: string;
}

/** A public source of randomness that nobody can foresee or steer. The draw declares it; `src/drand` provides it. */
export interface Beacon {
  /** The hash that identifies it. */
  readonly chain: string;
  /** A round that does not exist yet, and will in a few seconds. */
  nextRound(): Promise<number>;
  /** When a round appears, in milliseconds since the epoch. */
  timeOf(round: number): number;
  /**
   * Waits for a round, and gets it from whoever has it first, its signature verified.
   * @param timeout how long to try once it should be there, in milliseconds
   * @returns undefined when nobody had it in time
   */
  get(round: number, timeout: number): Promise<Round | undefined>;
  /** Whether a round is signed by this beacon. Needs no network. */
  verify(round: Round): Promise<boolean>;
}
