import type { GraphDocument } from '../graph/document';
import { shuffled, splitOf } from '../random';
import type { RunControl } from './control';
import type { RateSweep } from './events';
import { prepare } from './prepare';

const STEPS = 120;
const [LOWEST, HIGHEST] = [1e-6, 10];
const LONGEST = 60;
/** Share of the old loss in the smoothed one. */
const KEPT = 0.9;
/** The loss has grown past use at so many times the best one. */
const GROWN = 4;

/**
 * Trains with a rate that grows step by step, until the loss grows: a good rate lies where the loss falls fastest.
 * What was learned is thrown away.
 *
 * @see Smith 2017, Cyclical Learning Rates for Training Neural Networks. arXiv:1506.01186, section 3.3
 * @throws UserError what keeps the net from training
 */
export async function sweepRates(
  doc: GraphDocument,
  control: Pick<RunControl, 'stopped'>,
): Promise<RateSweep> {
  const constant = { schedule: { type: 'constant' as const, warmup: 0 } };
  const { program, data } = await prepare({ ...doc, training: { ...doc.training, ...constant } });
  try {
    const { batch, accumulate, seed } = doc.training;
    const pictures = batch * accumulate;
    const { training } = splitOf(data.train.count, doc.training.data.validation, seed);
    const order = shuffled(training, seed, 1);
    const batches = Math.floor(order.length / pictures);
    const points: { rate: number; loss: number }[] = [];
    const start = performance.now();
    let [sum, best] = [0, Number.POSITIVE_INFINITY];
    for (let step = 1; step <= STEPS && !control.stopped; step++) {
      const rate = LOWEST * (HIGHEST / LOWEST) ** ((step - 1) / (STEPS - 1));
      const at = ((step - 1) % batches) * pictures;
      const { loss } = await program.step(
        ...([order.subarray(at, at + pictures), step, rate, order.subarray(at + pictures)] as const),
      );
      sum = KEPT * sum + (1 - KEPT) * loss;
      const smooth = sum / (1 - KEPT ** step);
      if (!Number.isFinite(smooth) || smooth > GROWN * best) break;
      best = Math.min(best, smooth);
      points.push({ rate, loss: smooth });
      if (performance.now() - start > LONGEST * 1000) break;
    }
    return { points, suggested: suggestedOf(points) };
  } finally {
    program.close();
  }
}

/** Steps over which a slope is measured. */
const SPAN = 5;
/**
 * The rate at which the smoothed loss falls fastest, to two digits; null where it does not fall. The smoothed loss is
 * behind the rate by as many steps as it remembers, which only makes the answer a careful one.
 */
export function suggestedOf(points: RateSweep['points']): number | null {
  let steepest = { fall: 0, rate: 0 };
  const lowest = points.reduce((at, p, i) => (p.loss < points[at]!.loss ? i : at), 0);
  for (let i = SPAN; i <= lowest; i++) {
    const fall = points[i - SPAN]!.loss - points[i]!.loss;
    if (fall > steepest.fall) steepest = { fall, rate: points[i - Math.floor(SPAN / 2)]!.rate };
  }
  return steepest.fall > 0 ? Number(steepest.rate.toPrecision(1)) : null;
}
