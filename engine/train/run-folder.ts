import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors';
import { writeFileAtomic } from '../files/atomic-write';
import type { GraphDocument } from '../graph/document';
import { saveDocument } from '../graph/file';
import { VERSION } from '../version';
import { Change } from './change';
import { type EventOf, TrainEvent } from './events';
import { lockRun } from './run-lock';
import { Started } from './transfer/start';

/**
 * Everything needed to repeat and to read a run:
 * graph.json, config.json, env.json, metrics.jsonl, result.json, log.txt, checkpoints/.
 */
export class RunFolder {
  readonly id: string;
  readonly #metrics: WriteStream;
  readonly #log: WriteStream;

  private constructor(
    readonly path: string,
    private readonly unlock: () => Promise<void>,
  ) {
    this.id = path.split(/[\\/]/).at(-1)!;
    const append = { flags: 'a' } as const;
    this.#metrics = createWriteStream(join(path, 'metrics.jsonl'), append);
    this.#log = createWriteStream(join(path, 'log.txt'), append);
    // a full disk must not end the training: what matters are the checkpoints, and those report their own faults
    for (const stream of [this.#metrics, this.#log])
      stream.on('error', (e) => console.error(`${path}: ${e.message}`));
  }

  /** Makes `<runs>/<time>-<name>` with the graph in it. @throws UserError `run/folder` */
  static async create(runs: string, doc: GraphDocument, now = new Date()): Promise<RunFolder> {
    const path = await makeFree(join(runs, stemOf(doc, now)));
    return RunFolder.#lock(path, () => writeFileAtomic(join(path, 'graph.json'), saveDocument(doc)));
  }

  /** Begins at the first step in the folder `path`, which may be there and then loses what it told. @throws as above */
  static async begin(path: string, doc: GraphDocument): Promise<RunFolder> {
    await mkdir(path, { recursive: true }).catch((cause: Error) => {
      throw cannotMake(path, cause);
    });
    return RunFolder.#lock(path, async () => {
      await rm(join(path, 'result.json'), { force: true });
      await writeFileAtomic(join(path, 'metrics.jsonl'), '');
      await writeFileAtomic(join(path, 'graph.json'), saveDocument(doc));
    });
  }

  /**
   * Opens a run to go on with it, and takes out what it told after `step`; what was measured there is told anew.
   *
   * @throws UserError `run/busy` while another process trains it
   */
  static async reopen(path: string, step: number): Promise<RunFolder> {
    return RunFolder.#lock(path, async () => {
      const events = await readEvents(path);
      const kept = events.filter((e) => {
        if (e.type === 'epoch' || e.type === 'validation' || e.type === 'change') return e.step < step;
        return e.type === 'step' || e.type === 'signals' || e.type === 'checkpoint'
          ? e.step <= step
          : e.type === 'start' || e.type === 'transfer';
      });
      await rm(join(path, 'result.json'), { force: true });
      await writeFileAtomic(join(path, 'metrics.jsonl'), kept.map((e) => `${JSON.stringify(e)}\n`).join(''));
    });
  }

  /** Makes this process the run's writer. Where `prepare` fails, the run is free again. */
  static async #lock(path: string, prepare: () => Promise<void>): Promise<RunFolder> {
    const unlock = await lockRun(path);
    try {
      await prepare();
    } catch (error) {
      await unlock();
      throw error;
    }
    return new RunFolder(path, unlock);
  }

  writeJson = (name: string, value: unknown): Promise<void> =>
    writeFileAtomic(join(this.path, name), `${JSON.stringify(value, null, 2)}\n`);

  /** The end of the run, `result.json`: a row of the confusion is a line. */
  writeResult({ type: _, folder: __, ...result }: EventOf<'done'>): Promise<void> {
    const text = JSON.stringify(result, null, 2).replaceAll(/\[\s+(\d[\d,\s]*\d|\d)\s+\]/g, (row) =>
      row.replaceAll(/\s+/g, '').replaceAll(',', ', '),
    );
    return writeFileAtomic(join(this.path, 'result.json'), `${text}\n`);
  }

  record(event: TrainEvent): void {
    this.#metrics.write(`${JSON.stringify(event)}\n`);
  }
  log(line: string): void {
    this.#log.write(`${new Date().toISOString()} ${line}\n`);
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.#metrics, this.#log].map((s) => new Promise<void>((done) => s.end(() => done()))),
    );
    await this.unlock();
  }
}

/** The events of a run; a last line that was cut off by a crash is left out. */
export async function readEvents(run: string): Promise<TrainEvent[]> {
  const text = await readFile(join(run, 'metrics.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = TrainEvent.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** Settings that were changed while the run was under way, in order. */
export async function readChanges(run: string): Promise<readonly Change[]> {
  try {
    return z.array(Change).parse(JSON.parse(await readFile(join(run, 'changes.json'), 'utf8')));
  } catch {
    return []; // most runs have none
  }
}

/** What a run took and froze when it began; nothing for runs that say nothing of it. */
export async function readStarted(run: string): Promise<Started> {
  const text = await readFile(join(run, 'config.json'), 'utf8').catch(() => '{}');
  try {
    return Config.parse(JSON.parse(text)).started;
  } catch {
    return { frozen: [] };
  }
}
const Config = z.object({ started: Started.default({ frozen: [] }) });

/** What a run was computed on and with. */
export const environment = (tensorflow: string, device: string) => ({
  convloom: VERSION,
  tensorflow,
  device,
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  threads: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
});

/** `<time>-<name>`: the start in UTC and the name of the graph. */
export function stemOf(doc: GraphDocument, now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(':', '-');
  return `${time}-${doc.name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60)}`;
}

/** `name`, or with a number behind it where that is taken in `runs`. */
export async function freeName(runs: string, name: string): Promise<string> {
  const taken = new Set(await readdir(runs).catch(() => []));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Makes the folder `path`, or one with a number behind it where that is taken. @throws UserError `run/folder` */
export async function makeFree(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`;
    try {
      await mkdir(join(candidate, '..'), { recursive: true });
      await mkdir(candidate);
      return candidate;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw cannotMake(candidate, cause);
    }
  }
}

const cannotMake = (path: string, cause: unknown): UserError =>
  new UserError(
    'run/folder',
    `The run's folder ${path} cannot be made.`,
    cause instanceof Error ? cause.message : String(cause),
    'Choose a folder that you may write to: set CONVLOOM_RUNS, or pass --runs.',
    { file: path },
  );
