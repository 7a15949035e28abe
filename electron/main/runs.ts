import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../engine/errors';
import { readTextFile } from '../../engine/files/read-file';
import type { GraphDocument } from '../../engine/graph/document';
import { openDocument } from '../../engine/graph/file';
import { settingsAfter } from '../../engine/train/change';
import { type EventOf, TrainEvent } from '../../engine/train/events';
import { readChanges, readEvents } from '../../engine/train/run-folder';
import { writerOf } from '../../engine/train/run-lock';
import type { RunSummary } from '../../ipc/contract';

/** The first line of metrics.jsonl is the start, its last lines are epochs and the end. */
const HEAD = 16 * 1024;
const TAIL = 256 * 1024;

export interface Runs {
  /** @param active id of the run that is under way */
  list(active: string | null): Promise<RunSummary[]>;
  /** @throws UserError `run/unknown` */
  folder(id: string): Promise<string>;
  read(id: string): Promise<TrainEvent[]>;
  document(id: string): Promise<GraphDocument>;
}

/** Reads the run folders in `root`: what is on disk is the one truth, also of runs started by the terminal. */
export function createRuns(root: string): Runs {
  const folder = async (id: string): Promise<string> => {
    const path = join(root, id);
    const inside = id !== '' && id !== '.' && id !== '..' && basename(path) === id;
    if (inside && (await stat(path).catch(() => undefined))?.isDirectory()) return path;
    throw new UserError(
      'run/unknown',
      `There is no run '${id}'.`,
      `Its folder is not in ${root}: it was deleted or moved.`,
      'Put the folder back, or choose another run.',
      { file: path },
    );
  };
  const document = async (path: string) => {
    const file = join(path, 'graph.json');
    return openDocument(await readTextFile(file), file);
  };
  return {
    folder,
    read: async (id) => readEvents(await folder(id)),
    document: async (id) => document(await folder(id)),
    async list(active) {
      const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
      const ids = entries.filter((e) => e.isDirectory() && !e.name.startsWith('.')).map((e) => e.name);
      const found = await Promise.all(ids.map((id) => summary(root, id, active, document).catch(() => [])));
      return found.flat().sort((a, b) => b.started.localeCompare(a.started) || b.id.localeCompare(a.id));
    },
  };
}

async function summary(
  root: string,
  id: string,
  active: string | null,
  document: (path: string) => Promise<GraphDocument>,
): Promise<RunSummary[]> {
  const folder = join(root, id);
  const doc = await document(folder);
  const writing = id === active || (await writerOf(folder)) !== undefined;
  const training = settingsAfter(doc.training, await readChanges(folder));
  const { head, tail } = await ends(join(folder, 'metrics.jsonl'));
  const start = head.find((e): e is EventOf<'start'> => e.type === 'start');
  const done = tail.filter((e): e is EventOf<'done'> => e.type === 'done').at(-1);
  const epoch = tail.filter((e): e is EventOf<'epoch'> => e.type === 'epoch').at(-1);
  return [
    {
      ...{ id, folder, name: doc.name, data: doc.training.data.set },
      started: timeOf(id) ?? (await stat(folder)).birthtime.toISOString(),
      state:
        head.length === 0 && (await isMade(folder))
          ? 'made'
          : writing
            ? 'running'
            : done
              ? done.stopped
                ? 'stopped'
                : 'done'
              : 'broken',
      epochs: training.epochs,
      epochsDone: epoch?.epoch ?? 0,
      test: done?.test ?? null,
      params: start?.params.trainable ?? null,
    },
  ];
}

/** Whether the folder holds a net that was made wider or deeper, and no run. */
async function isMade(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'config.json'), 'utf8').catch(() => '{}');
  try {
    return z.object({ made: z.object({}) }).safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** `2026-11-22T22-57-46-name` holds its time in UTC. */
function timeOf(id: string): string | undefined {
  const [, day, hour, minute, second] = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(id) ?? [];
  const time = new Date(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** The events at both ends of a file that may hold a million of them. */
async function ends(path: string): Promise<{ head: TrainEvent[]; tail: TrainEvent[] }> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return { head: [], tail: [] };
  try {
    const { size } = await file.stat();
    const text = async (at: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer.toString('utf8', 0, bytesRead);
    };
    const head = await text(0, Math.min(HEAD, size));
    const at = Math.max(0, size - TAIL);
    return { head: parse(head), tail: parse(await text(at, size - at)) };
  } finally {
    await file.close();
  }
}

const parse = (text: string): TrainEvent[] =>
  text.split('\n').flatMap((line) => {
    try {
      const parsed = TrainEvent.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return []; // a line cut by the window that is read, or by a crash
    }
  });
