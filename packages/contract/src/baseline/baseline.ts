/** What the contract is compared with. */
export interface Baseline {
  /** For people, for example `0.1.0 (commit 1a2b3c4)`. */
  readonly label: string;
  /** The baseline's `didit-data.yaml`; its examples stand beside it. */
  readonly contract: string;
  /** A folder with the files of the release below their own paths, for example `packages/client/examples`. */
  readonly folder: string;
  /** Why it was taken rather than another, when that is worth a line. */
  readonly note?: string;
}
