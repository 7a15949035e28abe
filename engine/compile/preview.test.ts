import { describe, expect, it } from 'vitest';
import { TrainingSettings } from '../graph/training';
import { TfGraph } from '../tensorflow/graph';
import { newSession, openTensorFlow } from '../tensorflow/runtime';
import { DataType } from '../tensorflow/tensor';
import { MIX, mixOf, mixPictures } from './mixing';
import { augment, normalise } from './pictures';
import { augmented } from './preview';

const [COUNT, H, W, C] = [6, 8, 8, 3];
const SHAPE = [H, W, C];
const pictures = Uint8Array.from({ length: COUNT * H * W * C }, (_, i) => (i * 37) % 251);
const batch = { pictures, count: COUNT, shape: SHAPE };
const settingsOf = (how: object, seed = 3) => TrainingSettings.parse({ seed, augment: how });
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe('the preview of augmentation', () => {
  it('shows pictures as they are where nothing is switched on', async () => {
    const [shown] = await augmented(openTensorFlow(), batch, settingsOf({}), [1]);
    expect(same(shown!, pictures)).toBe(true);
  });

  it.each([
    { flip: true, crop: 2 },
    { flip: true, mixup: 0.4 },
    { crop: 1, cutmix: 1 },
    { mixup: 0.4, cutmix: 1 },
  ])('is what the training step normalises and mixes: %o', async (how) => {
    const tf = openTensorFlow();
    const settings = settingsOf(how);
    const shown = await augmented(tf, batch, settings, [1, 2, 3]);
    // the step's own order: augment, normalise, mix
    const graph = new TfGraph(tf.c);
    const to = graph.placeholder('pictures', DataType.uint8, [COUNT, ...SHAPE]);
    const seed = graph.placeholder('seed', DataType.int32, [2]);
    const mix = graph.placeholder('mix', DataType.float32, [MIX]);
    const normal = { mean: [10, 120, 60], deviation: [40, 50, 60] };
    const x = normalise(graph, augment(graph, to, seed, COUNT, SHAPE, settings.augment), normal);
    const mixes = settings.augment.mixup > 0 || settings.augment.cutmix > 0;
    const made = graph.add('Identity', 'made', [mixes ? mixPictures(graph, x, mix, SHAPE) : x]);
    const session = newSession(tf, graph);
    for (const draw of [1, 2, 3]) {
      const share = Float32Array.from(mixOf(settings.augment, [H, W], settings.seed, draw));
      const feeds = [
        { to, type: DataType.uint8, dims: [COUNT, ...SHAPE], data: pictures },
        { to: seed, type: DataType.int32, dims: [2], data: Int32Array.of(settings.seed, draw) },
        { to: mix, type: DataType.float32, dims: [MIX], data: share },
      ];
      const [floats] = await session.run({ feeds, fetches: [made] });
      const seen = [...new Float32Array(floats!)].map(
        (v, i) => v * normal.deviation[i % C]! + normal.mean[i % C]!,
      );
      const farthest = seen.reduce((far, v, i) => Math.max(far, Math.abs(v - shown[draw - 1]![i]!)), 0);
      expect(farthest).toBeLessThan(0.501);
    }
    session.close();
  });

  it('is another at another draw, and the same at the same', async () => {
    const settings = settingsOf({ flip: true, crop: 2 });
    const [first, second, again] = await augmented(openTensorFlow(), batch, settings, [1, 2, 1]);
    expect(same(first!, second!)).toBe(false);
    expect(same(first!, again!)).toBe(true);
  });
});
