import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors';
import { writeFileAtomic } from '../files/atomic-write';
import { fileError } from '../files/file-error';
import { type Block, decodeSafetensors, encodeSafetensors } from './safetensors';
import { UNWATCHED, Watched } from './watch';

/** All of a run that its variables do not hold. Order, augmentation and dropout follow from seed and step. */
const RunState = z.strictObject({
  step: z.number().int(),
  /** Sums over the steps of the epoch under way. */
  epoch: z.strictObject({ loss: z.number(), correct: z.number(), steps: z.number().int() }),
  /** Seconds of training so far. */
  seconds: z.number(),
  watched: Watched.default(UNWATCHED),
});
export type RunState = z.infer<typeof RunState>;

const Manifest = z.strictObject({ files: z.record(z.string(), z.string()) });
const KEEP = 2;

/**
 * Writes `checkpoints/step-N`: whole or not at all. The folder is filled under another name, each file and the
 * folder are flushed to disk, then it is renamed, and the pointer `latest` is replaced atomically. One of the same
 * step that is whole stays: it holds the same numbers.
 *
 * @returns the folder
 * @throws UserError `file/…` when the disk is full or refuses
 */
export async function saveCheckpoint(
  run: string,
  blocks: ReadonlyMap<string, Block>,
  state: RunState,
): Promise<string> {
  const root = join(run, 'checkpoints');
  const name = `step-${state.step}`;
  const folder = join(root, name);
  // two renames are not one: the only whole checkpoint must not be away for a moment
  if (await readWhole(folder)) return folder;
  const draft = join(root, `.${name}.part`);
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await fill(draft, {
      'weights.safetensors': encodeSafetensors(blocks),
      'state.json': Buffer.from(`${JSON.stringify(state, null, 2)}\n`),
    });
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    await flushFolder(root);
    await writeFileAtomic(join(root, 'latest'), `${name}\n`);
    await prune(root, name);
  } catch (error) {
    throw fileError(error, folder, 'saved');
  }
  return folder;
}

/** Writes the files and their manifest, all of it on disk when this is done. */
async function fill(folder: string, contents: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const files: Record<string, string> = {};
  for (const [file, bytes] of Object.entries(contents)) {
    await writeFlushed(join(folder, file), bytes);
    files[file] = sha256(bytes);
  }
  await writeFlushed(join(folder, 'manifest.json'), Buffer.from(`${JSON.stringify({ files }, null, 2)}\n`));
  await flushFolder(folder);
}

/** Marks the checkpoint of `step` as the best one: it is kept. */
export const markBest = (run: string, step: number): Promise<void> =>
  writeFileAtomic(join(run, 'checkpoints', 'best'), `step-${step}\n`);

/** Weights of the checkpoint of `step`, if it is there and whole. */
export const weightsAt = async (run: string, step: number): Promise<Map<string, Block> | undefined> =>
  (await readWhole(join(run, 'checkpoints', `step-${step}`)))?.blocks;

/** The newest checkpoint of a run that is whole. @throws UserError `checkpoint/none` */
export async function loadCheckpoint(run: string): Promise<{ blocks: Map<string, Block>; state: RunState }> {
  const root = join(run, 'checkpoints');
  for (const name of await newestFirst(root)) {
    const found = await readWhole(join(root, name));
    if (found) return found;
  }
  throw new UserError(
    'checkpoint/none',
    'This run has no whole checkpoint.',
    'A checkpoint is written at the end of each epoch and when a run is stopped.',
    'Start the run anew.',
    { file: root },
  );
}

/**
 * The checkpoint of the best epoch on the validation pictures.
 *
 * @throws UserError `checkpoint/no-best`
 */
export async function loadBest(run: string): Promise<{ blocks: Map<string, Block>; state: RunState }> {
  const root = join(run, 'checkpoints');
  const name = (await readFile(join(root, 'best'), 'utf8').catch(() => '')).trim();
  const found = /^step-\d+$/.test(name) ? await readWhole(join(root, name)) : undefined;
  if (found) return found;
  throw new UserError(
    'checkpoint/no-best',
    'This run has no whole checkpoint of its best epoch.',
    'The best epoch is found with validation pictures, at the end of an epoch.',
    'Start from its last checkpoint.',
    { file: root },
  );
}
export const hasCheckpoint = (run: string): Promise<boolean> =>
  loadCheckpoint(run).then(
    () => true,
    () => false,
  );

async function readWhole(folder: string) {
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
    const read = new Map<string, Buffer>();
    for (const [file, hash] of Object.entries(manifest.files)) {
      const bytes = await readFile(join(folder, file));
      if (sha256(bytes) !== hash) return undefined;
      read.set(file, bytes);
    }
    const weights = read.get('weights.safetensors');
    const state = read.get('state.json');
    if (!weights || !state) return undefined;
    return {
      blocks: decodeSafetensors(weights, join(folder, 'weights.safetensors')),
      state: RunState.parse(JSON.parse(state.toString())),
    };
  } catch {
    return undefined; // not whole: an older one may be
  }
}

const stepOf = (name: string) => Number(name.slice('step-'.length));
async function newestFirst(root: string): Promise<string[]> {
  const names = await readdir(root).catch(() => []);
  return names.filter((n) => /^step-\d+$/.test(n)).sort((a, b) => stepOf(b) - stepOf(a));
}

/** Keeps the newest ones up to this step and the best one, and takes out what a killed process left half written. */
async function prune(root: string, current: string): Promise<void> {
  const best = await readFile(join(root, 'best'), 'utf8').catch(() => '');
  const older = (await newestFirst(root))
    .filter((n) => stepOf(n) < stepOf(current))
    .slice(KEEP - 1)
    .filter((n) => n !== best.trim());
  const drafts = (await readdir(root)).filter((n) => /^\.step-\d+\.part$/.test(n));
  await Promise.all([...older, ...drafts].map((n) => rm(join(root, n), { recursive: true, force: true })));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there; the rename is journalled
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
