import type { GraphDocument } from '../../graph/document';
import { atOnce, type Pieces } from '../../pieces';
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
type Graph = Pick<GraphDocument, 'nodes' | 'edges' | 'training'>;
const known = new WeakMap<Analysis, readonly Problem[]>();

/**
 * What could be better in a net that works: each with the reason, and a repair where one command mends it. They are no
 * faults: nets of the papers have some of them, by intent.
 */
export const hintsOf = (doc: Graph, analysis: Analysis): readonly Problem[] =>
  known.get(analysis) ?? atOnce(hinting(doc, analysis));

/** The same, rule by rule. */
export function* hinting(doc: Graph, analysis: Analysis): Pieces<readonly Problem[]> {
  const before = known.get(analysis);
  if (before) return before;
  const context = contextOf(doc, analysis);
  const found: Problem[] = [];
  for (const rule of rules) {
    yield;
    found.push(...rule(context).slice(0, MOST));
  }
  known.set(analysis, found);
  return found;
}
