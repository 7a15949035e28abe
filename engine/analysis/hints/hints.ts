import type { GraphDocument } from '../../graph/document';
import type { Analysis } from '../analyse';
import type { Problem } from '../problem';
import { contextOf, type Rule } from './context';
import { activationTwice, biasBeforeNorm, dropoutBeforeNorm, reluBeforeOutput, softmaxTwice } from './order';
import { fieldPastPicture, kernelPastMap, macsInOne, memoryInOne, remainder, weightsInOne } from './size';

const rules: readonly Rule[] = [
  ...[softmaxTwice, reluBeforeOutput, activationTwice, dropoutBeforeNorm, biasBeforeNorm],
  ...[kernelPastMap, remainder, weightsInOne, macsInOne, memoryInOne, fieldPastPicture],
];

/** Of one rule; more say no more. */
const MOST = 12;
const known = new WeakMap<Analysis, readonly Problem[]>();

/**
 * What could be better in a net that works: each with the reason, and a repair where one command mends it. They are no
 * faults: nets of the papers have some of them, by intent.
 */
export function hintsOf(
  doc: Pick<GraphDocument, 'nodes' | 'edges' | 'training'>,
  analysis: Analysis,
): readonly Problem[] {
  const before = known.get(analysis);
  if (before) return before;
  const context = contextOf(doc, analysis);
  const found = rules.flatMap((rule) => rule(context).slice(0, MOST));
  known.set(analysis, found);
  return found;
}
