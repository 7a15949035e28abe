import type { Terminal } from './command';
import { printable } from './format';

/** Codes by which shells know what ended a program: 128 and the signal's number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
const CLEAR = '\r\u001b[2K';

/** The process as a terminal, with the code it is to end with when it was interrupted. */
export interface ProcessTerminal extends Terminal {
  readonly interrupted: () => number | undefined;
  /** Waits until all is written; an error of stdout ends the process. */
  flush(): Promise<void>;
}

/** @param json whether stdout is read by a program */
export function processTerminal(json: boolean): ProcessTerminal {
  const { stdout, stderr } = process;
  let liveLine = '';
  let code: number | undefined;
  const listeners = new Set<() => void>();
  const columns = (): number | undefined => (stdout.isTTY && !json ? stdout.columns || 80 : undefined);

  const interrupt = (exit: number): void => {
    // the second time, or where nothing has to be saved
    if (code !== undefined || listeners.size === 0) process.exit(code ?? exit);
    code = exit;
    for (const stop of listeners) stop();
  };
  for (const [signal, exit] of Object.entries(SIGNALS)) process.on(signal, () => interrupt(exit));
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // no one reads on, as with `| head`: a run still keeps its checkpoint
    if (error.code === 'EPIPE') {
      if (code === undefined) interrupt(0);
      return;
    }
    const fault = [
      'The output could not be written.',
      `  Why: ${error.message}.`,
      '  Fix: Free some space, or write elsewhere.',
    ];
    write(stderr, fault.join('\n'));
    process.exit(1);
  });
  stderr.on('error', () => {});

  const write = (stream: NodeJS.WriteStream, line: string): void => {
    if (liveLine !== '') stdout.write(CLEAR);
    stream.write(`${json && stream === stdout ? line : printable(line)}\n`);
    if (liveLine !== '') stdout.write(liveLine);
  };
  return {
    json,
    get columns() {
      return columns();
    },
    print: (line) => write(stdout, line),
    // who closed the pipe has read enough
    note: (line) => code !== 0 && write(stderr, line),
    live(line) {
      const width = columns();
      if (width === undefined) return;
      liveLine = printable(line).slice(0, width - 1);
      stdout.write(CLEAR + liveLine);
    },
    onInterrupt(stop) {
      listeners.add(stop);
      return () => listeners.delete(stop);
    },
    interrupted: () => code,
    async flush() {
      if (liveLine !== '') stdout.write(CLEAR);
      liveLine = '';
      await new Promise<void>((done) => stdout.write('', () => done()));
    },
  };
}
