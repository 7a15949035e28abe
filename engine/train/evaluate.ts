import type { SplitName, TrainingProgram } from '../compile/program';
import type { Score, TrainEvent } from './events';

export interface Measured {
  readonly loss: number;
  readonly count: number;
  /** Row: true class, column: predicted class. */
  readonly confusion: number[][];
}

/**
 * Loss and confusion over the pictures at `indices`, in batches of the training batch's size.
 *
 * @param between asked before each batch, and may wait and tell events; null comes back when it says no, or when
 *   there are no pictures
 */
export async function* measureSplit(
  program: TrainingProgram,
  split: SplitName,
  { labels, classes }: { readonly labels: Uint8Array; readonly classes: number },
  indices: Int32Array,
  batch: number,
  between: () => AsyncGenerator<TrainEvent, boolean>,
): AsyncGenerator<TrainEvent, Measured | null> {
  if (indices.length === 0) return null;
  const counts = new Map<number, number>();
  let loss = 0;
  for (let at = 0; at < indices.length; at += batch) {
    if (!(yield* between())) return null;
    const part = indices.subarray(at, at + batch);
    const { losses, predicted } = await program.evaluate(split, part);
    for (const [i, index] of part.entries()) {
      loss += losses[i]!;
      const cell = labels[index]! * 256 + predicted[i]!;
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  }
  const cell = (row: number, column: number) => counts.get(row * 256 + column) ?? 0;
  const confusion = Array.from({ length: classes }, (_, r) =>
    Array.from({ length: classes }, (_, c) => cell(r, c)),
  );
  return { loss: loss / indices.length, count: indices.length, confusion };
}

export const scoreOf = ({ loss, count, confusion }: Measured): Score => ({
  loss,
  accuracy: confusion.reduce((right, row, i) => right + row[i]!, 0) / count,
});
