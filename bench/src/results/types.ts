/** A number is rounded for print; null was not measured. */
export type Cell = string | number | null;

/** The result of one comparison. */
export interface ResultTable {
  /** Unique within its part. */
  readonly id: string;
  readonly title: string;
  /** What a reader must know to understand it. */
  readonly note?: string;
  /** Names of the columns, unique; the first column names the row. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Where a part was measured. Nothing in it says who owns the machine. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

/** The results of one part of the bench. */
export interface PartResult {
  readonly takenOn: string;
  readonly seconds: number;
  readonly machine: Machine;
  /** Of every package that was measured, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: readonly ResultTable[];
}

/** All results, by part; parts may come from different runs. */
export type Results = Readonly<Record<string, PartResult>>;

export interface PartOptions {
  /** Few and short rounds: to see that it works. */
  readonly quick: boolean;
  /** Whether the pipeline part also times the whole test run. */
  readonly withTests: boolean;
}

/** One part of the bench. */
export type Part = (options: PartOptions) => Promise<readonly ResultTable[]>;
