import { firstFault } from '../../compile/signals';
import type { GraphDocument } from '../../graph/document';
import { splitOf } from '../../random';
import type { RunControl } from '../control';
import type { Preflight } from '../events';
import { prepare } from '../prepare';
import { judgeData, judgeLayers, judgeLoss, type Overfit } from './verdicts';

const STEPS = 40;
/** In which the rate grows from zero. */
const WARM_UP = 5;
const LONGEST = 20;

/**
 * Looks at one batch before hours are spent: the spread of signals, dead units, gradients of every layer, the data, and
 * whether the net can learn one batch by heart at its rate. Nothing is kept; at most 40 steps, or twenty seconds.
 *
 * @throws UserError what keeps the net from training
 */
export async function preflight(
  doc: GraphDocument,
  control: Pick<RunControl, 'stopped'>,
): Promise<Preflight> {
  const { program, data } = await prepare(doc);
  try {
    const { batch, accumulate, seed, rate } = doc.training;
    const { training } = splitOf(data.train.count, doc.training.data.validation, seed);
    const indices = training.slice(0, batch * accumulate);
    const layers = await program.signals(indices, 1);
    const losses: number[] = [];
    const start = performance.now();
    while (losses.length < STEPS && !control.stopped && performance.now() - start < LONGEST * 1000) {
      const step = losses.length + 1;
      const { loss } = await program.step(indices, step, rate * Math.min(1, step / WARM_UP));
      losses.push(loss);
      if (!Number.isFinite(loss)) break;
    }
    const overfit: Overfit = { steps: losses.length, first: losses[0] ?? 0, last: lastOf(losses) };
    const classes = data.info.classNames.length;
    return {
      overfit: { ...overfit, last: Number.isFinite(overfit.last) ? overfit.last : null },
      guess: Math.log(classes),
      layers: firstFault(layers) ? [] : [...layers],
      problems: [
        ...judgeData(data.train, classes, doc.training),
        ...judgeLayers(layers),
        ...(control.stopped ? [] : judgeLoss(overfit, classes, doc.training)),
      ],
    };
  } finally {
    program.close();
  }
}

/** The mean of the last three, which a single unlucky draw of dropout moves less. */
function lastOf(losses: readonly number[]): number {
  const last = losses.slice(-3);
  const mean = last.reduce((a, b) => a + b, 0) / Math.max(1, last.length);
  return Number.isFinite(mean) ? mean : Number.POSITIVE_INFINITY;
}
