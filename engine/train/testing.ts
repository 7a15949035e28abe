import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idxBytes } from '../data/idx/testing';
import type { GraphDocument } from '../graph/document';
import { rowOf } from '../graph/testing';
import { random } from '../random';
import { RunControl } from './control';
import type { EventOf, TrainEvent } from './events';
import { train } from './trainer';

export const scratch = (): Promise<string> => mkdtemp(join(tmpdir(), 'convloom-train-'));

/** 8×8 pictures of three classes, rows, columns and squares, half hidden by noise, as a folder of IDX files. */
export async function stripes({ train = 96, test = 30 } = {}): Promise<string> {
  const folder = await scratch();
  for (const [split, count] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    const next = random(count, 1);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
    const pixel = (label: number, x: number, y: number) => [y, x, x + y][label]! % 2 === 0;
    const pictures = Uint8Array.from({ length: count * 64 }, (_, i) => {
      const bright = pixel(labels[i >> 6]!, i & 7, (i >> 3) & 7);
      return Math.floor((bright ? 127 : 0) + 128 * next());
    });
    await writeFile(join(folder, `${split}-images-idx3-ubyte`), idxBytes([count, 8, 8], pictures));
    await writeFile(join(folder, `${split}-labels-idx1-ubyte`), idxBytes([count], labels));
  }
  return folder;
}

/** Conv, batch norm, pooling, dropout, Dense: everything that has a state of its own. */
export const tinyNet = (folder: string, training: Record<string, unknown> = {}): GraphDocument =>
  rowOf(
    [
      ['input', { shape: [8, 8, 1] }],
      ['conv2d', { filters: 4, kernel: 3, bias: false }],
      ['batch-norm'],
      ['activation'],
      ['max-pool'],
      ['flatten'],
      ['dropout', { rate: 0.2 }],
      ['dense', { units: 3 }],
      ['output', { classes: 3 }],
    ],
    {
      data: { set: 'idx', folder, validation: 16 },
      ...{ epochs: 3, batch: 16, rate: 0.05, augment: { flip: true, crop: 1 } },
      ...training,
    },
  );

export const only = <T extends TrainEvent['type']>(events: readonly TrainEvent[], type: T): EventOf<T>[] =>
  events.filter((e): e is EventOf<T> => e.type === type);

/** Every event of a run. `look` sees each as it comes, and may pull the reins. */
export async function collect(
  run: AsyncGenerator<TrainEvent>,
  look: (event: TrainEvent) => void = () => {},
): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of run) {
    events.push(event);
    look(event);
  }
  return events;
}

/** A whole run of `doc` in a folder of its own. */
export const trained = async (doc: GraphDocument, control = new RunControl(), limit?: number) =>
  collect(train({ doc, runsFolder: await scratch(), control, ...(limit !== undefined && { limit }) }));

export const folderOf = (events: readonly TrainEvent[]): string => only(events, 'start')[0]!.folder;

/** What a step measured, without the time that it took. */
export const measured = (events: readonly TrainEvent[]): unknown[] =>
  events.flatMap((e): unknown[] => {
    if (e.type === 'step') return [[e.step, e.epoch, e.loss, e.accuracy, e.rate]];
    return e.type === 'epoch' ? [[e.epoch, e.step, e.train, e.validation]] : [];
  });

/** sha256 of the weights and slots in a checkpoint. */
export async function weightsHash(run: string, step: number): Promise<string> {
  const file = join(run, 'checkpoints', `step-${step}`, 'weights.safetensors');
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
