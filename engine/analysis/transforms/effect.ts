import type { GraphDocument } from '../../graph/document';
import { type Analysis, analyse } from '../analyse';
import type { Problem } from '../problem';
import { fieldSize } from '../receptive-field';

/** A figure of a net before and after; null where the net has none. */
export interface Figure {
  readonly name: 'parameters' | 'MACs' | 'memory' | 'receptive field';
  readonly before: number | null;
  readonly after: number | null;
}

/** What a change of a net comes to. */
export interface Effect {
  /** Trainable parameters; MACs of a picture; bytes of training at the batch of the net; pixels. */
  readonly figures: readonly Figure[];
  /** Problems that the net gets by it. */
  readonly problems: readonly Problem[];
  /** How many it loses. */
  readonly mended: number;
}

export function effectOf(
  before: GraphDocument,
  after: GraphDocument,
  analysisOf: (doc: GraphDocument) => Analysis = analyse,
): Effect {
  const [was, is] = [analysisOf(before), analysisOf(after)];
  const figure = (name: Figure['name'], of: (a: Analysis) => number | null): Figure => ({
    ...{ name, before: of(was), after: of(is) },
  });
  const [old, now] = [keysOf(was), keysOf(is)];
  return {
    figures: [
      figure('parameters', (a) => a.total.params.trainable),
      figure('MACs', (a) => a.total.macs),
      figure('memory', (a) => a.memory.total),
      figure('receptive field', sideOf),
    ],
    problems: is.problems.filter((p) => !old.has(keyOf(p))),
    mended: [...old].filter((key) => !now.has(key)).length,
  };
}

const keyOf = ({ code, place }: Problem): string =>
  [code, place.node, place.param, place.port, place.edge].join(' ');
const keysOf = ({ problems }: Analysis): ReadonlySet<string> => new Set(problems.map(keyOf));

/** The longest side of what one output sees. */
const sideOf = ({ field }: Analysis): number | null => (field ? Math.max(...fieldSize(field)) : null);
