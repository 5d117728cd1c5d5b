/** What a way to call the service is given. */
export interface Setup {
  readonly baseUrl: string;
  /** A token that the service takes, for those that request none by themselves. */
  readonly token: string;
}

/** A way to call the service. */
export interface Contender {
  /** Retrieves a session's decision, or throws. */
  decision(id: string): Promise<unknown>;
  /** Lets go of what would keep the process alive. */
  close?(): Promise<void>;
}

/** Makes a way to call the service. */
export type MakeContender = (setup: Setup) => Contender | Promise<Contender>;
