import { epochSeconds, slownessOf } from '../analysis/prediction';
import type { GraphDocument } from '../graph/document';
import { splitOf } from '../random';
import type { RunControl } from './control';
import type { Probe } from './events';
import { prepare } from './prepare';

const STEPS = 20;
const LONGEST = 8;
const RATE = 0; // what is learned is thrown away

/**
 * Trains a few steps and forgets them: at most 20, or eight seconds.
 *
 * @throws UserError what keeps the net from training
 */
export async function probe(doc: GraphDocument, control: Pick<RunControl, 'stopped'>): Promise<Probe> {
  const { program, analysis, data, tf } = await prepare(doc);
  try {
    const { batch, seed } = doc.training;
    const { training, validation } = splitOf(data.train.count, doc.training.data.validation, seed);
    const indices = training.slice(0, batch);
    const times: number[] = [];
    const start = performance.now();
    for (let step = 1; step <= STEPS + 1 && !control.stopped; step++) {
      const before = performance.now();
      await program.step(indices, step, RATE);
      times.push((performance.now() - before) / 1000);
      if (step > 2 && performance.now() - start > LONGEST * 1000) break;
    }
    const secondsPerStep = median(times.length > 1 ? times.slice(1) : times);
    const slowness = slownessOf(analysis, doc.training, secondsPerStep);
    const { recompute } = doc.training;
    const sizes = { batch, recompute, images: training.length, validation: validation.length };
    return {
      ...{ device: tf.device.name, secondsPerStep, imagesPerSecond: batch / secondsPerStep, slowness },
      ...{ epochSeconds: epochSeconds(analysis, sizes, slowness), steps: times.length },
    };
  } finally {
    program.close();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
