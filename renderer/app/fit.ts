import type { Analysis } from '../../engine/analysis/analyse';
import type { DataShape } from '../../engine/analysis/fit';
import { fitDocument } from '../../engine/analysis/fit-command';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';
import { formatShape } from '../../engine/ir/shape';
import { analysisOf } from './analyses';

/** The net with input and classes of the data, and the first fault that it would have and has not now. */
export interface Fit {
  readonly doc: GraphDocument;
  readonly broken: Problem | undefined;
}

export function fitTo(doc: GraphDocument, { shape, classes }: DataShape): Fit {
  const next = fitDocument.run(doc, { shape, classes });
  if (next === doc) return { doc, broken: undefined };
  const known = new Set(errors(analysisOf(doc)).map(sameness));
  return { doc: next, broken: errors(analysisOf(next)).find((p) => !known.has(sameness(p))) };
}

const errors = ({ problems }: Analysis): readonly Problem[] => problems.filter((p) => p.severity === 'error');
const sameness = ({ code, place }: Problem): string => `${code} ${place.node} ${place.port} ${place.param}`;

/** What a fit changed, for the user. */
export const fitWords = ({ title, shape, classes }: DataShape): string =>
  `Input ${formatShape(shape)} and ${classes} classes were set from ${title}`;

/** A fit is offered only where a net comes of it; else the problem says what stands against it. */
export function honestFit(problem: Problem, doc: GraphDocument, data: DataShape): Problem {
  const { broken } = fitTo(doc, data);
  const told = broken ? unfit(problem, broken, data) : problem;
  before.set(problem.what, told);
  return told;
}
const before = new Map<string, Problem>();

/** What was told of the same problem the last time: it stands until it is known whether it still holds. */
export const fitAsBefore = (problem: Problem): Problem =>
  before.get(problem.what) ?? { ...problem, repairs: [] };

function unfit(problem: Problem, broken: Problem, data: DataShape): Problem {
  const remedy = `This net cannot be fitted to it: at ${formatShape(data.shape)}, ${lowered(broken.what)} Choose larger pictures, or take out layers that make the maps smaller.`;
  return { ...problem, repairs: [], remedy };
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
