export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

const total = (row: readonly number[]): number => row.reduce((n, v) => n + v, 0);

/**
 * How strongly to paint each cell, 0 to 1. The diagonal is its share of the row. A mistake is compared with
 * the worst mistake, by the square root: beside 980 right ones, 12 wrong ones would else not be seen.
 */
export function cellStrength(matrix: readonly (readonly number[])[]): number[][] {
  const worst = Math.max(1, ...matrix.flatMap((row, t) => row.filter((_, p) => p !== t)));
  return matrix.map((row, t) => {
    const all = total(row) || 1;
    return row.map((count, p) => (p === t ? count / all : Math.sqrt(count / worst)));
  });
}

/** `true 4, predicted 9: 12 pictures` */
export function describeCell(
  matrix: readonly (readonly number[])[],
  names: readonly string[],
  { truth, predicted }: Cell,
): string {
  const count = matrix[truth]?.[predicted] ?? 0;
  const pictures = `${count.toLocaleString('en')} ${count === 1 ? 'picture' : 'pictures'}`;
  return `true ${names[truth] ?? truth}, predicted ${names[predicted] ?? predicted}: ${pictures}`;
}

/** Share of the pictures of each class that were recognised; null where the split has none. */
export const recall = (matrix: readonly (readonly number[])[]): (number | null)[] =>
  matrix.map((row, t) => (total(row) > 0 ? row[t]! / total(row) : null));

/** The cell that a key moves to from `at`; undefined when the key means nothing here. */
export function moveCell(at: Cell, key: string, classes: number): Cell | undefined {
  const clamp = (v: number) => Math.min(classes - 1, Math.max(0, v));
  switch (key) {
    case 'ArrowUp':
      return { ...at, truth: clamp(at.truth - 1) };
    case 'ArrowDown':
      return { ...at, truth: clamp(at.truth + 1) };
    case 'ArrowLeft':
      return { ...at, predicted: clamp(at.predicted - 1) };
    case 'ArrowRight':
      return { ...at, predicted: clamp(at.predicted + 1) };
    case 'Home':
      return { ...at, predicted: 0 };
    case 'End':
      return { ...at, predicted: classes - 1 };
    default:
      return undefined;
  }
}
