import { freemem } from 'node:os';
import { analyse } from '../analysis/analyse';
import { largestBatch } from '../analysis/memory';
import { type Repair, UserError } from '../errors';
import type { GraphDocument } from '../graph/document';

type Settings = GraphDocument['training'];

/**
 * A fault of memory with what would fit: a smaller batch, the same batch with layers computed twice, or both. Other
 * faults come back as they are. It failed with the present settings, whatever the forecast says: what is offered takes
 * at most half of what the forecast gives them.
 *
 * @param room bytes of the device's memory; what is free in this machine where it is left out
 */
export function withWhatFits(error: unknown, doc: GraphDocument, room: number = freemem()): unknown {
  if (!(error instanceof UserError) || error.code !== 'tensorflow/memory') return error;
  const analysis = analyse(doc);
  const { batch, recompute } = doc.training;
  const { total } = analysis.memory;
  const bytes = Math.min(room, total / 2);
  const most = (again: boolean) =>
    Math.min(batch, largestBatch(analysis, { ...doc.training, recompute: again }, bytes));
  const [smaller, again] = [roundDown(most(recompute)), recompute ? 0 : roundDown(most(true))];
  const offers = [
    ...(smaller > 0 && smaller < batch ? [offer(`Set batch to ${smaller}`, { batch: smaller })] : []),
    ...(again === batch ? [offer('Recompute layers', { recompute: true })] : []),
    ...(again > smaller && again < batch
      ? [offer(`Recompute layers, batch ${again}`, { recompute: true, batch: again })]
      : []),
  ];
  if (offers.length === 0) return error;
  const { code, what, why, place } = error;
  const remedy = `What should fit: ${offers.map((o) => o.label).join('; or: ')}.`;
  return new UserError(code, what, why, remedy, place, offers);
}

const offer = (label: string, patch: Partial<Settings>): Repair => ({
  label,
  command: 'training.set',
  args: { patch },
});

/** To two binary digits: 100 becomes 96. */
function roundDown(n: number): number {
  if (n < 4) return Math.max(0, n);
  const unit = 2 ** (Math.floor(Math.log2(n)) - 1);
  return Math.floor(n / unit) * unit;
}
