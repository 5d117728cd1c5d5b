/** What a contender needs to call the service. */
export interface Setup {
  readonly baseUrl: string;
  /** A token that the service accepts, for contenders that do not request one themselves. */
  readonly token: string;
}

/** A way to call the service. */
export interface Contender {
  /** Retrieves a session's decision, or throws. */
  decision(id: string): Promise<unknown>;
  /** Closes what would keep the process alive. */
  close?(): Promise<void>;
}

/** Makes a way to call the service. */
export type MakeContender = (setup: Setup) => Contender | Promise<Contender>;
