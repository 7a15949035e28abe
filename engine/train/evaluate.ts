import type { SplitName, TrainingProgram } from '../compile/program';
import type { Score, TrainEvent } from './events';

export interface Measured {
  readonly top5?: number;
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
  let near: number | undefined;
  for (let at = 0; at < indices.length; at += batch) {
    if (!(yield* between())) return null;
    const part = indices.subarray(at, at + batch);
    const { losses, predicted, top5 } = await program.evaluate(split, part, indices.subarray(at + batch));
    for (const [i, index] of part.entries()) {
      loss += losses[i]!;
      if (top5) near = (near ?? 0) + top5[i]!;
      const cell = labels[index]! * 256 + predicted[i]!;
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  }
  const cell = (row: number, column: number) => counts.get(row * 256 + column) ?? 0;
  const confusion = Array.from({ length: classes }, (_, r) =>
    Array.from({ length: classes }, (_, c) => cell(r, c)),
  );
  const top5 = near === undefined ? {} : { top5: near / indices.length };
  return { loss: loss / indices.length, count: indices.length, confusion, ...top5 };
}

export const scoreOf = ({ loss, count, confusion, top5 }: Measured): Score => ({
  loss,
  ...(top5 !== undefined && { top5 }),
  accuracy: confusion.reduce((right, row, i) => right + row[i]!, 0) / count,
});
