/** A number is rounded to what is worth printing; null is what could not be measured. */
export type Cell = string | number | null;

/** What one comparison gave. */
export interface ResultTable {
  /** Unique within its part. */
  readonly id: string;
  readonly title: string;
  /** What has to be known to read it. */
  readonly note?: string;
  /** Names of the columns, unique; the first column names the row. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Where a part was measured. Nothing here tells whose machine it was. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

/** What one part of the bench gave. */
export interface PartResult {
  readonly takenOn: string;
  readonly seconds: number;
  readonly machine: Machine;
  /** Of every package that was measured, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: readonly ResultTable[];
}

/** All that was measured, by part; parts may come from different runs. */
export type Results = Readonly<Record<string, PartResult>>;

/** What a part of the bench is told. */
export interface PartOptions {
  /** Few and short rounds: to see that it works, not what it gives. */
  readonly quick: boolean;
  /** Whether the pipeline part times the whole test run too. */
  readonly withTests: boolean;
}

/** One part of the bench. */
export type Part = (options: PartOptions) => Promise<readonly ResultTable[]>;
