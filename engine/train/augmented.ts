import { augmented } from '../compile/preview';
import type { Preview } from '../data/describe';
import type { TrainingSettings } from '../graph/training';
import type { TensorFlow } from '../tensorflow/runtime';

/** The pictures of `preview` as the training step sees them, draw after draw, with their labels. */
export async function augmentedPreview(
  tf: TensorFlow,
  preview: Preview,
  settings: Pick<TrainingSettings, 'augment' | 'seed'>,
  draws: readonly number[],
): Promise<Preview> {
  const { pictures, shape, labels } = preview;
  if (labels.length === 0) return preview;
  const shown = await augmented(tf, { pictures, shape, count: labels.length }, settings, draws);
  const all = new Uint8Array(shown.length * pictures.length);
  shown.forEach((bytes, i) => void all.set(bytes, i * pictures.length));
  return { ...preview, pictures: all, labels: draws.flatMap(() => labels) };
}
