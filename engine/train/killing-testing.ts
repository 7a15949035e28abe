import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { GraphDocument } from '../graph/document';
import { saveDocument } from '../graph/file';
import type { TrainEvent } from './events';
import { only, scratch } from './testing';

/**
 * A process that trains the document in a file, or goes on with the run of a folder, and prints each event.
 *
 * @returns the path of its program
 */
export async function bundleTrainer(): Promise<string> {
  const outfile = join(await scratch(), 'trainer.cjs');
  const contents = `
    import { readFileSync, writeSync } from 'node:fs';
    import { openDocument } from '../graph/file';
    import { RunControl } from './control';
    import { continueRun, train } from './trainer';
    (async () => {
      const [file, runsFolder] = process.argv.slice(2);
      const control = new RunControl();
      const run = runsFolder
        ? train({ doc: openDocument(readFileSync(file, 'utf8')), runsFolder, control })
        : continueRun(file, control);
      for await (const event of run) writeSync(1, JSON.stringify(event) + '\\n');
    })();`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    ...{ bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'error' },
    external: ['koffi', '@napi-rs/image'],
  });
  return outfile;
}

/** What a process told before it was killed. `signal` is null where it came to its end before. */
interface Killed {
  readonly events: readonly TrainEvent[];
  readonly signal: NodeJS.Signals | null;
}

/** When a process is killed: some milliseconds after its n-th event of a type. */
interface Moment {
  readonly type: TrainEvent['type'];
  readonly nth?: number;
  readonly after: number;
}

async function runAndKill(args: readonly string[], { type, nth = 1, after }: Moment): Promise<Killed> {
  const modules = join(import.meta.dirname, '..', '..', 'node_modules');
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_PATH: modules },
  });
  const closed = once(child, 'close');
  const events: TrainEvent[] = [];
  let [rest, armed] = ['', false];
  for await (const chunk of child.stdout) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    events.push(...lines.map((line) => JSON.parse(line) as TrainEvent));
    if (armed || only(events, type).length < nth) continue;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), after);
  }
  await closed;
  return { events, signal: child.signalCode };
}

/** Trains `doc` in a process that is killed. */
export async function trainAndKill(trainer: string, doc: GraphDocument, moment: Moment): Promise<Killed> {
  const folder = await scratch();
  await writeFile(join(folder, 'graph.json'), saveDocument(doc));
  return runAndKill([trainer, join(folder, 'graph.json'), folder], moment);
}

/** Goes on with the run of a folder in a process that is killed. */
export const continueAndKill = (trainer: string, folder: string, moment: Moment): Promise<Killed> =>
  runAndKill([trainer, folder], moment);

/** Step of the newest checkpoint that a process told of: it is on disk. 0 before the first. */
export const acknowledged = ({ events }: Killed): number => only(events, 'checkpoint').at(-1)?.step ?? 0;
