import { expect, it } from 'vitest';
import { findDataSet } from './catalogue';
import { DataReport, type DataSet } from './describe';
import { reportOf } from './report';

const info = {
  id: 'x',
  title: 'x',
  shape: [1, 1, 2] as [number, number, number],
  classNames: ['a', 'b'],
  source: '',
};
const split = (pictures: readonly number[], labels: readonly number[]) => ({
  ...{ pictures: Uint8Array.from(pictures), labels: Uint8Array.from(labels), count: labels.length },
});
const data: DataSet = {
  info: { ...info, train: 4, test: 3 },
  train: split([0, 10, 255, 10, 0, 10, 9, 9], [0, 1, 1, 1]),
  test: split([255, 10, 7, 7, 0, 10], [1, 0, 0]),
};

it('counts the pictures of each class in both splits', async () => {
  const report = await reportOf(data);
  expect(DataReport.parse(report)).toEqual(report);
  expect(report.classes).toEqual([
    { name: 'a', train: 1, test: 2 },
    { name: 'b', train: 3, test: 1 },
  ]);
});

it('finds pictures that are in both splits, or twice in one, and whether their labels agree', async () => {
  const { duplicates } = await reportOf(data);
  // training 3 repeats training 1 with another label; test 1 and 3 stand in the training
  expect(duplicates).toEqual({
    ...{ between: 2, train: 1, test: 0, otherLabel: 1 },
    first: [
      { train: 2, test: 1 },
      { train: 1, test: 3 },
    ],
  });
});

it('gives mean and deviation of each channel', async () => {
  const { channels } = await reportOf(data);
  expect(channels[0]!.mean).toBeCloseTo(66 / 255, 10);
  expect(channels[1]!.mean).toBeCloseTo(9.75 / 255, 10);
  expect(channels[1]!.deviation).toBeCloseTo(Math.sqrt(0.1875) / 255, 10);
});

it('gives what is published of MNIST: mean 0.1307 and deviation 0.3081', async () => {
  const mnist = await findDataSet({ set: 'mnist' }).load({ set: 'mnist' });
  const { channels, duplicates, classes } = await reportOf(mnist);
  expect(channels[0]!.mean).toBeCloseTo(0.1307, 4);
  expect(channels[0]!.deviation).toBeCloseTo(0.3081, 4);
  expect(classes[1]).toEqual({ name: '1', train: 6742, test: 1135 });
  expect(duplicates.between).toBe(0);
});
