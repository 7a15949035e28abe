import { arrayFault, type FileArray, type Numbers, stridesOf } from './array';

/**
 * One whole number for each picture, of [n], [n, 1] or of rows with a single 1 among zeros.
 *
 * @throws UserError `data/rank`, `data/labels`
 */
export function labelsOf(array: FileArray, numbers: Numbers): Float64Array {
  const [count = 0, classes = 1, more] = array.shape;
  if (array.shape.length === 0 || more !== undefined) throw wrongRank(array);
  const labels = classes === 1 ? Float64Array.from(numbers) : fromOneHot(array, numbers, count, classes);
  const wrong = labels.findIndex((l) => !Number.isInteger(l));
  if (wrong < 0) return labels;
  throw arrayFault(
    'data/labels',
    array,
    `has the label ${labels[wrong]} at place ${(wrong + 1).toLocaleString('en')}.`,
    'A label is the whole number of a class.',
    'Save the classes as whole numbers: np.unique(names, return_inverse=True)[1].',
  );
}

function fromOneHot(array: FileArray, numbers: Numbers, count: number, classes: number): Float64Array {
  const [byRow, byColumn] = stridesOf(array) as [number, number];
  return Float64Array.from({ length: count }, (_, n) => {
    let label = -1;
    for (let c = 0; c < classes; c++) {
      const value = numbers[n * byRow + c * byColumn]!;
      if (value === 0) continue;
      if (value !== 1 || label >= 0) throw notOneHot(array, n);
      label = c;
    }
    if (label < 0) throw notOneHot(array, n);
    return label;
  });
}

const wrongRank = (array: FileArray) =>
  arrayFault(
    'data/rank',
    array,
    `is ${array.shape.join('×') || 'one number'}, which is no row of labels.`,
    'Labels are [count], or [count, classes] with a single 1 in each row.',
    'Check that pictures and labels have not changed places.',
  );
const notOneHot = (array: FileArray, row: number) =>
  arrayFault(
    'data/labels',
    array,
    `has more or less than a single 1 in row ${(row + 1).toLocaleString('en')}.`,
    'A picture has one class here.',
    'Save one whole number for each picture: y.argmax(axis=1).',
  );
