import { z } from 'zod';

/** Shares from 0 to 1. */
const Means = z.strictObject({ precision: z.number(), recall: z.number(), f1: z.number() });
export type Means = z.infer<typeof Means>;

const ClassScore = Means.extend({
  name: z.string(),
  /** Pictures of the class. */
  support: z.number().int(),
  /** Present where a figure has no ground and stands at 0: no picture was taken for the class, or none is of it. */
  mark: z.enum(['never-predicted', 'no-pictures']).optional(),
});
export type ClassScore = z.infer<typeof ClassScore>;

const Mistake = z.strictObject({
  truth: z.number().int(),
  predicted: z.number().int(),
  /** Pictures. */
  count: z.number().int(),
});
export type Mistake = z.infer<typeof Mistake>;

/** What a confusion matrix tells of each class, and of all together. */
export const ClassReport = z.strictObject({
  classes: z.array(ClassScore),
  /** Every class counts the same. */
  macro: Means,
  /** Every class counts by its pictures. */
  weighted: Means,
  /** Mean recall of the classes that have pictures. */
  balancedAccuracy: z.number(),
  /** Pairs of classes that were mixed up most, worst first. */
  mistakes: z.array(Mistake),
});
export type ClassReport = z.infer<typeof ClassReport>;

type Matrix = readonly (readonly number[])[];
const MOST_MISTAKES = 10;
const sum = (values: readonly number[]): number => values.reduce((n, v) => n + v, 0);
/** A share that has no ground is 0, as with scikit-learn's `zero_division=0`. */
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/**
 * Precision, recall and F1 of each class, their means, and balanced accuracy.
 *
 * @param matrix row: true class, column: predicted class, entry: pictures
 * @param names of the classes, in the order of the rows
 * @see Sokolova, Lapalme 2009, A systematic analysis of performance measures, table 3; Brodersen et al. 2010, The
 *   balanced accuracy and its posterior distribution, for more than two classes
 */
export function classReport(matrix: Matrix, names: readonly string[]): ClassReport {
  const classes = matrix.map((row, i) => scoreOf(matrix, row, i, names[i] ?? String(i)));
  const seen = classes.filter((c) => c.support > 0);
  return {
    classes,
    macro: means(classes, () => 1),
    weighted: means(classes, (c) => c.support),
    balancedAccuracy: share(sum(seen.map((c) => c.recall)), seen.length),
    mistakes: worstMistakes(matrix, MOST_MISTAKES),
  };
}

function scoreOf(matrix: Matrix, row: readonly number[], i: number, name: string): ClassScore {
  const support = sum(row);
  const predicted = sum(matrix.map((r) => r[i]!));
  const right = row[i]!;
  const mark = support === 0 ? 'no-pictures' : predicted === 0 ? 'never-predicted' : undefined;
  return {
    ...{ name, support, precision: share(right, predicted), recall: share(right, support) },
    f1: share(2 * right, support + predicted),
    ...(mark && { mark }),
  };
}

function means(classes: readonly ClassScore[], weight: (c: ClassScore) => number): Means {
  const all = sum(classes.map(weight));
  const mean = (key: keyof Means) => share(sum(classes.map((c) => c[key] * weight(c))), all);
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

/** The mistakes that happen most, worst first. */
export const worstMistakes = (matrix: Matrix, most: number): Mistake[] =>
  matrix
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter((m) => m.truth !== m.predicted && m.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);

/** The classes by F1, worst first; those without pictures last, as nothing can be said of them. */
export const worstFirst = (classes: readonly ClassScore[]): ClassScore[] =>
  [...classes].sort((a, b) => Number(a.support === 0) - Number(b.support === 0) || a.f1 - b.f1);
