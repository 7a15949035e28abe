import { describe, expect, it } from 'vitest';
import { DataInfo } from '../describe';
import { codeOf } from '../testing';
import { driftingDigit, FRAMES, MOTIONS } from './drift';
import { movingMnist } from './moving-mnist';

const SIDE = 28;
/** One bright pixel in the middle of the digit: a block of at most three pixels at half the size. */
const dot = new Uint8Array(28 * 28);
dot[14 * 28 + 14] = 255;
const named = (name: string) => MOTIONS.find((m) => m.name === name)!;

/** Centre of what is bright in each frame, on a circle of `SIDE` pixels. */
function path(clip: Uint8Array, channels = 1): { down: number; right: number }[] {
  const area = SIDE * SIDE * channels;
  return Array.from({ length: FRAMES }, (_, t) => {
    const frame = clip.subarray(t * area, (t + 1) * area);
    const brightest = frame.indexOf(frame.reduce((a, b) => Math.max(a, b), 0)) / channels;
    return { down: Math.floor(brightest / SIDE), right: Math.floor(brightest % SIDE) };
  });
}

describe('a drifting digit', () => {
  it.each(MOTIONS)('goes $name by the same one or two pixels each frame, round the edge', (motion) => {
    const speeds = new Set<number>();
    for (let number = 0; number < 12; number++) {
      const places = path(driftingDigit(dot, motion, SIDE, 1, number));
      const moves = places
        .slice(1)
        .map((p, i) => [
          (p.down - places[i]!.down + 2 * SIDE) % SIDE,
          (p.right - places[i]!.right + 2 * SIDE) % SIDE,
        ]);
      const [speed] = [1, 2].filter((s) =>
        moves.every(
          ([d, r]) => d === (s * motion.down + SIDE) % SIDE && r === (s * motion.right + SIDE) % SIDE,
        ),
      );
      expect(speed).toBeDefined();
      speeds.add(speed!);
    }
    expect(speeds.size).toBe(motion.name === 'still' ? 1 : 2);
  });

  it('is anywhere with the same chance in each frame of every class, so that no frame tells the class', () => {
    // 4 quarters of the frame; 3 degrees of freedom: chi-square above 16.3 comes in one of 1,000 samples
    for (const motion of MOTIONS) {
      const counts = new Array(4).fill(0);
      for (let n = 0; n < 200; n++) {
        const last = path(driftingDigit(dot, motion, SIDE, 1, n)).at(-1)!;
        counts[2 * Math.floor((2 * last.down) / SIDE) + Math.floor((2 * last.right) / SIDE)] += 1;
      }
      expect(counts.reduce((sum, k) => sum + (k - 50) ** 2 / 50, 0)).toBeLessThan(16.3);
    }
  });

  it('repeats its grey in three channels', () => {
    const grey = driftingDigit(dot, named('east'), SIDE, 1, 5);
    const colour = driftingDigit(dot, named('east'), SIDE, 3, 5);
    expect(colour.every((v, i) => v === grey[Math.floor(i / 3)])).toBe(true);
  });
});

describe('the moving digits', () => {
  it('are 9,000 and 900 clips, as many of each class, and the same at every reading', async () => {
    const choice = { set: 'moving-mnist', size: 16 };
    const { info, train, test } = await movingMnist.load(choice);
    expect(info).toEqual(await movingMnist.describe(choice));
    expect(DataInfo.parse(info)).toMatchObject({ shape: [16, 16, 16, 1], train: 9000, test: 900 });
    for (let c = 0; c < 9; c++) expect(train.labels.filter((l) => l === c)).toHaveLength(1000);
    for (let c = 0; c < 9; c++) expect(test.labels.filter((l) => l === c)).toHaveLength(100);
    expect(train.pictures.length).toBe(9000 * 16 ** 3);
    const again = await movingMnist.load(choice);
    expect(Buffer.compare(again.train.pictures, train.pictures)).toBe(0);
  });

  it('are as wide and as colourful as wished', async () => {
    const info = await movingMnist.describe({ set: 'moving-mnist', size: 28, colour: 'colour' });
    expect(info.shape).toEqual([16, 28, 28, 3]);
    expect((await movingMnist.describe({ set: 'moving-mnist' })).shape).toEqual([16, 32, 32, 1]);
    const huge = movingMnist.describe({ set: 'moving-mnist', size: 512, colour: 'colour' });
    expect(await codeOf(() => huge)).toBe('data/too-large');
  });
});
