import { expect, it } from 'vitest';
import { classReport, worstFirst, worstMistakes } from './class-report';

// Figures of scikit-learn 1.9.1 for these matrices: precision_recall_fscore_support(labels=all, zero_division=0) and
// balanced_accuracy_score.
const uneven = [
  [90, 0, 10],
  [1, 99, 0],
  [5, 2, 13],
];
const names = ['cat', 'dog', 'owl'];
const flat = (m: { precision: number; recall: number; f1: number }) => [m.precision, m.recall, m.f1];
const near = (found: readonly number[], wanted: readonly number[]) =>
  found.forEach((f, i) => void expect(f).toBeCloseTo(wanted[i]!, 12));

it('gives precision, recall, F1 and support of each class as scikit-learn does', () => {
  const { classes } = classReport(uneven, names);
  near(flat(classes[0]!), [0.9375, 0.9, 0.9183673469387755]);
  near(flat(classes[1]!), [0.9801980198019802, 0.99, 0.9850746268656716]);
  near(flat(classes[2]!), [0.5652173913043478, 0.65, 0.6046511627906976]);
  expect(classes.map((c) => [c.name, c.support])).toEqual([
    ['cat', 100],
    ['dog', 100],
    ['owl', 20],
  ]);
});

it('gives macro and weighted means and balanced accuracy as scikit-learn does', () => {
  const { macro, weighted, balancedAccuracy } = classReport(uneven, names);
  near(flat(macro), [0.8276384703687759, 0.8466666666666667, 0.8360310455317149]);
  near(flat(weighted), [0.9230643173012955, 0.9181818181818182, 0.9201691847102667]);
  expect(balancedAccuracy).toBeCloseTo(0.8466666666666667, 12);
});

it('gives 0 and a mark, never NaN, to a class that is never predicted', () => {
  const { classes, macro, weighted, balancedAccuracy } = classReport(
    [
      [8, 2, 0],
      [3, 7, 0],
      [4, 0, 0],
    ],
    names,
  );
  expect(classes[2]).toEqual({
    ...{ name: 'owl', support: 4, precision: 0, recall: 0, f1: 0, mark: 'never-predicted' },
  });
  expect(classes[0]).not.toHaveProperty('mark');
  near(flat(macro), [0.43703703703703706, 0.5, 0.4589473684210526]);
  near(flat(weighted), [0.5462962962962963, 0.625, 0.5736842105263158]);
  expect(balancedAccuracy).toBe(0.5);
});

it('leaves a class without pictures out of the balanced accuracy, and marks it', () => {
  const { classes, macro, weighted, balancedAccuracy } = classReport(
    [
      [8, 2, 0],
      [3, 7, 0],
      [0, 0, 0],
    ],
    names,
  );
  expect(classes[2]!.mark).toBe('no-pictures');
  near(flat(macro), [0.5016835016835017, 0.5, 0.4995822890559733]);
  near(flat(weighted), [0.7525252525252526, 0.75, 0.7493734335839599]);
  expect(balancedAccuracy).toBeCloseTo(0.75, 12);
  expect(worstFirst(classes).map((c) => c.name)).toEqual(['dog', 'cat', 'owl']);
});

it('names the pairs that are mixed up most', () => {
  expect(worstMistakes(uneven, 2)).toEqual([
    { truth: 0, predicted: 2, count: 10 },
    { truth: 2, predicted: 0, count: 5 },
  ]);
  expect(classReport(uneven, names).mistakes).toHaveLength(4);
});

it('says nothing of an empty matrix, and not NaN', () => {
  expect(classReport([], [])).toEqual({
    ...{ classes: [], mistakes: [], balancedAccuracy: 0 },
    macro: { precision: 0, recall: 0, f1: 0 },
    weighted: { precision: 0, recall: 0, f1: 0 },
  });
});
