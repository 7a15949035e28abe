import { Command, CommanderError } from 'commander';
import { type Fault, toFault, UserError } from '../engine/errors';
import type { CliCommand, CliResult, Terminal } from './command';
import { analyze } from './commands/analyze';
import { augmentSheet } from './commands/augment';
import { changeRun } from './commands/change';
import { check } from './commands/check';
import { classifyPictures } from './commands/classify';
import { data } from './commands/data';
import { diffNets } from './commands/diff';
import { drawNet } from './commands/draw';
import { exportNet } from './commands/export';
import { fetchData } from './commands/fetch';
import { deepenRun, widenRun } from './commands/grow';
import { preflight } from './commands/preflight';
import { probe } from './commands/probe';
import { queueCommands } from './commands/queue';
import { rates } from './commands/rates';
import { resume } from './commands/resume';
import { templates } from './commands/templates';
import { train } from './commands/train';
import { faultText } from './format';

const commands: readonly CliCommand[] = [
  templates,
  analyze,
  check,
  diffNets,
  train,
  resume,
  changeRun,
  classifyPictures,
  preflight,
  widenRun,
  deepenRun,
  ...queueCommands,
  probe,
  rates,
  exportNet,
  drawNet,
  data,
  augmentSheet,
  fetchData,
] as never;

/** 0: fine. 1: the input has a fault. 2: Convloom has one. */
export type ExitCode = 0 | 1 | 2;

/**
 * One call of the command line, but for the process: what `convloom ...argv` prints and exits with.
 *
 * @param argv without node and the script
 */
export async function runCli(
  argv: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const program = createProgram(terminal, version, async (command, raw) => {
    exit = finish(await command.run(parseArgs(command, raw), terminal), terminal);
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return fail(error, terminal);
  }
}

type Action = (command: CliCommand, raw: Record<string, unknown>) => Promise<void>;

function createProgram(terminal: Terminal, version: string, action: Action): Command {
  const program = new Command('convloom');
  program
    .description('Draw convolutional networks as graphs, see what they cost, and train them.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: () => {} })
    .addHelpText(
      'after',
      '\nExit codes: 0 fine, 1 a fault of the input, 2 a fault of Convloom, 130 Ctrl-C, 143 SIGTERM.',
    );
  for (const command of commands) {
    const sub = place(program, command.name).description(command.summary);
    const names = argumentsOf(command);
    for (const [name, help] of names) sub.argument(`<${name}>`, help);
    for (const [flags, help] of command.options) sub.option(flags, help);
    sub.option('--json', 'print JSON, for other programs to read');
    sub.addHelpText('after', `\nExample: ${command.example}`);
    sub.action((...given: unknown[]) => {
      const values = Object.fromEntries(names.map(([name], i) => [name.replace('...', ''), given[i]]));
      return action(command, { ...(given.at(-2) as object), ...values });
    });
  }
  return program;
}

/** `queue add` stands as `add` under `queue`. */
function place(program: Command, name: string): Command {
  const [first = name, second] = name.split(' ');
  if (second === undefined) return program.command(first);
  const group = program.commands.find((c) => c.name() === first) ?? program.command(first);
  return group.description('The runs that wait for their turn').command(second);
}

const argumentsOf = ({ argument, second }: CliCommand) => [argument, second].filter((a) => a !== undefined);

/** @throws UserError `cli/option` */
function parseArgs(command: CliCommand, raw: Record<string, unknown>): unknown {
  const parsed = command.args.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const key = String(issue.path[0] ?? '');
  const name = argumentsOf(command).some(([a]) => a.replace('...', '') === key) ? `<${key}>` : `--${key}`;
  const given = raw[key] === undefined ? '' : ` '${String(raw[key])}'`;
  throw new UserError(
    'cli/option',
    `${name}${given} ${issue.message}.`,
    `That is what \`convloom ${command.name}\` takes.`,
    `For example: ${command.example}`,
    { param: key },
  );
}

function finish({ text, data, exit = 0 }: CliResult, terminal: Terminal): ExitCode {
  if (!terminal.json) {
    if (text) terminal.print(text);
  } else if (data !== undefined) terminal.print(JSON.stringify(data, null, 2));
  return exit;
}

function fail(error: unknown, terminal: Terminal): ExitCode {
  const fault = faultOf(error);
  if (terminal.json) terminal.print(JSON.stringify({ error: wire(fault) }));
  else terminal.note(faultText(fault));
  if (process.env['CONVLOOM_DEBUG'] === '1' && error instanceof Error) terminal.note(error.stack ?? '');
  return error instanceof UserError || error instanceof CommanderError ? 1 : 2;
}

function faultOf(error: unknown): Fault {
  if (error instanceof CommanderError) return usageFault(error);
  const fault = toFault(error, 'The command');
  if (fault.code !== 'internal') return fault;
  const remedy = 'This is a fault of Convloom. Run it again with CONVLOOM_DEBUG=1 and report what it prints.';
  return { ...fault, remedy };
}

const wire = ({ code, what, why, remedy, place }: Fault) => ({ code, what, why, remedy, place });

/** `error: unknown option '--epoch'\n(Did you mean --epochs?)` as a fault. */
function usageFault(error: CommanderError): Fault {
  const [first = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const what = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/([^.])$/, '$1.');
  return {
    code: 'cli/usage',
    what: error.code === 'commander.help' ? 'There is no command.' : what,
    why: 'The command line cannot be read.',
    remedy: hint ? hint.replace(/^\((.*)\)$/, '$1') : 'See `convloom --help`, or --help behind a command.',
    place: {},
    repairs: [],
  };
}
