import type { z } from 'zod';

/** Where a command reads no input and writes its output: a terminal, a pipe, or what a test records. */
export interface Terminal {
  /** Whether the result is wanted as JSON. */
  readonly json: boolean;
  /** Width of a screen on which a line can be rewritten; undefined for a file or a pipe. */
  readonly columns: number | undefined;
  /** A line of the result, to stdout. */
  print(line: string): void;
  /** A line beside the result, to stderr. */
  note(line: string): void;
  /** The live line of the screen, which the next one replaces; nothing where there is no screen. */
  live(line: string): void;
  /** Calls `stop` at Ctrl-C, SIGTERM or when no one reads on; gives back what ends that. */
  onInterrupt(stop: () => void): () => void;
}

export interface CliResult {
  readonly text: string;
  /** Printed in place of the text with --json; undefined where the command has printed all by itself. */
  readonly data: unknown;
  /** 1 where the input has a fault that the result tells of. */
  readonly exit?: 0 | 1;
}

/** One subcommand. `run` gives back what to print, so a test needs no process. */
export interface CliCommand<A extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  /** The argument and what it may be; left out where there is none. */
  readonly argument?: readonly [name: string, help: string];
  /** The one behind it; with dots behind its name it may be several. */
  readonly second?: readonly [name: string, help: string];
  /** As commander reads them: `--batch <n>` gives `batch` to the schema. */
  readonly options: readonly (readonly [flags: string, help: string])[];
  /** One line that works. */
  readonly example: string;
  /** Of the arguments, under their names, and the options. */
  readonly args: A;
  run(args: z.output<A>, terminal: Terminal): Promise<CliResult>;
}
export const defineCli = <A extends z.ZodType>(c: CliCommand<A>): CliCommand<A> => c;

/** How this program is called here, for hints that can be typed as they stand: a checkout goes through npm. */
export const callName = (env = process.env): string => env['CONVLOOM_NAME'] ?? 'convloom';
