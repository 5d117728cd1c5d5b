import { clearLine, cursorTo } from 'node:readline';

/** One line at the end of a terminal that says what is going on; elsewhere there is none. */
export interface ProgressLine extends Disposable {
  /** Prints a line above it. */
  print(line: string): void;
}

/** Shows what `status` returns, renewed once a second, until it is disposed of. */
export function progressLine(status: () => string): ProgressLine {
  const { stdout } = process;
  const started = performance.now();
  const clear = () => {
    if (stdout.isTTY && cursorTo(stdout, 0)) clearLine(stdout, 0);
  };
  const show = () => {
    if (!stdout.isTTY) return;
    clear();
    const seconds = Math.round((performance.now() - started) / 1_000);
    stdout.write(`${seconds} s · ${status()}`.slice(0, stdout.columns - 1));
  };
  const timer = stdout.isTTY ? setInterval(show, 1_000) : undefined;
  return {
    print(line) {
      clear();
      console.log(line);
      show();
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      clear();
    },
  };
}
