import { emptyDocument, type GraphDocument } from './document';
import { TrainingSettings } from './training';

/** Nodes by id: kind, parameters, and the ids that its inputs come from, in the order of its ports. */
export type Spec = Readonly<
  Record<string, readonly [type: string, params?: Record<string, unknown>, ...from: string[]]>
>;

/** For tests: a document of these nodes. One source goes to port x, several to x1, x2, … */
export function documentOf(spec: Spec, training: unknown = {}): GraphDocument {
  const nodes = Object.entries(spec).map(
    ([id, [type, params = {}]]) => [id, { type, v: 1, params }] as const,
  );
  const edges = Object.entries(spec).flatMap(([id, [, , ...from]]) =>
    from.map((source, i) => {
      const port = from.length > 1 ? `x${i + 1}` : 'x';
      return [
        `${source}-${id}-${port}`,
        { from: { node: source, port: 'out' }, to: { node: id, port } },
      ] as const;
    }),
  );
  return {
    ...emptyDocument('t'),
    nodes: Object.fromEntries(nodes),
    edges: Object.fromEntries(edges),
    training: TrainingSettings.parse(training),
  };
}

/** For tests: nodes in a row, called `n0`, `n1`, … */
export const rowOf = (
  steps: readonly (readonly [type: string, params?: Record<string, unknown>])[],
  training: unknown = {},
): GraphDocument =>
  documentOf(
    Object.fromEntries(
      steps.map(([type, params = {}], i) => [
        `n${i}`,
        [type, params, ...(i > 0 ? [`n${i - 1}`] : [])] as const,
      ]),
    ),
    training,
  );
