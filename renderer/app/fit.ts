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

/** A fit is offered only where a net comes of it; else the problem says what stands against it. @param key of the graph */
export function honestFit(problem: Problem, doc: GraphDocument, data: DataShape, key: string): Problem {
  const { broken } = fitTo(doc, data);
  const told = broken ? unfit(problem, broken, data) : problem;
  if (before.size > MOST_KNOWN) before.clear();
  before.set(sameAs(problem, key), told);
  return told;
}
const MOST_KNOWN = 20;
const before = new Map<string, Problem>();
const sameAs = (problem: Problem, key: string): string => JSON.stringify([key, problem]);

/** What was told of the same problem of the same graph the last time: it stands until it is known whether it still holds. */
export const fitAsBefore = (problem: Problem, key: string): Problem =>
  before.get(sameAs(problem, key)) ?? { ...problem, repairs: [] };

function unfit(problem: Problem, broken: Problem, data: DataShape): Problem {
  const remedy = `This net cannot be fitted to it: at ${formatShape(data.shape)}, ${lowered(broken.what)} Choose larger pictures, or take out layers that make the maps smaller.`;
  return { ...problem, repairs: [], remedy };
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
