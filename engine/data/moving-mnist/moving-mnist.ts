import type { DataInfo, Split } from '../describe';
import { requireRoom } from '../limits';
import { mnist } from '../mnist/mnist';
import { shuffled } from '../shuffle';
import type { DataChoice, DataSource } from '../source';
import { driftingDigit, FRAMES, MOTIONS } from './drift';

const ID = 'moving-mnist';
/** Clips of each of the nine classes. */
const EACH = { train: 1000, test: 100 };
const SIDE = 32;

/**
 * 9,000 and 900 clips of 16 frames, made of MNIST's digits by fixed seeds: what a net is to tell is the way that the
 * digit moves, which no single frame shows.
 */
export const movingMnist: DataSource = {
  id: ID,
  title: 'Moving digits',
  resizes: true,
  status: () => mnist.status(),
  describe: async (choice) => infoOf(choice),
  load: async (choice) => {
    const info = infoOf(choice);
    const digits = await mnist.load({ set: 'mnist' });
    return { info, train: clipsOf(digits.train, info, 0), test: clipsOf(digits.test, info, info.train) };
  },
};

function infoOf({ size = SIDE, colour = 'grey' }: DataChoice): DataInfo {
  const info: DataInfo = {
    ...{ id: ID, title: 'Moving digits' },
    shape: [FRAMES, size, size, colour === 'grey' ? 1 : 3],
    classNames: MOTIONS.map((m) => m.name),
    ...{ train: MOTIONS.length * EACH.train, test: MOTIONS.length * EACH.test },
    source: 'Digits of MNIST that drift, after Srivastava, Mansimov, Salakhutdinov. 2015. arXiv:1502.04681',
  };
  requireRoom(info, 'the moving digits');
  return info;
}

/** Training and test clips show digits of MNIST's own training and test. @param first number of the split's first clip */
function clipsOf(digits: Split, { shape, train, test }: DataInfo, first: number): Split {
  const [count, seed] = first === 0 ? [train, 1] : [test, 2];
  const [, side, , channels] = shape as [number, number, number, number];
  const size = shape.reduce((n, d) => n * d, 1);
  const each = digits.pictures.length / digits.count;
  const chosen = shuffled([...Array(digits.count).keys()], seed);
  const labels = Uint8Array.from(shuffled([...Array(count).keys()], seed), (i) => i % MOTIONS.length);
  const pictures = new Uint8Array(count * size);
  labels.forEach((label, i) => {
    const digit = digits.pictures.subarray(chosen[i]! * each, (chosen[i]! + 1) * each);
    pictures.set(driftingDigit(digit, MOTIONS[label]!, side, channels, first + i), i * size);
  });
  return { pictures, labels, count };
}
