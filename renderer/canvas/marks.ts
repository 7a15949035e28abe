import type { Instance } from '../../engine/analysis/elaborate';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';

export interface Mark {
  readonly severity: Problem['severity'];
  readonly explanation: string;
  readonly problems: readonly Problem[];
}
/** Problems by what is drawn: the node or the wire that shows them. */
export interface Marks {
  readonly nodes: ReadonlyMap<string, Mark>;
  readonly wires: ReadonlyMap<string, Mark>;
}

/** Sorts problems to nodes and wires. What lies inside a folded block is shown at the block. */
export function marksOf(
  problems: readonly Problem[],
  drawn: ReadonlyMap<string, { readonly instance: Instance }>,
  doc: GraphDocument,
): Marks {
  const nodes = new Map<string, Problem[]>();
  const wires = new Map<string, Problem[]>();
  for (const p of problems) {
    const wire = wireOf(p, drawn, doc);
    if (wire) add(wires, wire, p);
    const node = p.place.node === undefined ? undefined : shownAt(p.place.node, drawn);
    if (node !== undefined) add(nodes, node, p);
  }
  return { nodes: toMarks(nodes), wires: toMarks(wires) };
}

function add(into: Map<string, Problem[]>, key: string, p: Problem): void {
  into.set(key, [...(into.get(key) ?? []), p]);
}

/** The worst first. */
const SEVERITIES: readonly Problem['severity'][] = ['error', 'warning', 'hint'];

const toMarks = (found: ReadonlyMap<string, readonly Problem[]>): ReadonlyMap<string, Mark> =>
  new Map(
    [...found].map(([key, problems]) => [
      key,
      {
        severity: SEVERITIES.find((s) => problems.some((p) => p.severity === s))!,
        explanation: problems.map((p) => `${p.what} ${p.why} ${p.remedy}`).join(' '),
        problems,
      },
    ]),
  );

function shownAt(path: string, drawn: ReadonlyMap<string, unknown>): string | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
    if (drawn.has(at)) return at;
  return undefined;
}

/** The wire that brings in what a node refuses: that of the port at fault, or the only one that there is. */
function wireOf(
  p: Problem,
  drawn: ReadonlyMap<string, { readonly instance: Instance }>,
  doc: GraphDocument,
): string | undefined {
  if (p.place.edge !== undefined) return p.place.edge;
  const { node, port, param } = p.place;
  if (node === undefined || p.severity !== 'error') return undefined;
  const refused = drawn.get(node)?.instance;
  const complete =
    refused &&
    refused.output === undefined &&
    refused.inputs.length > 0 &&
    !refused.inputs.includes(undefined);
  if (!complete || (param !== undefined && port === undefined)) return undefined;
  const into = Object.entries(doc.edges).filter(([, e]) => e.to.node === node);
  return (into.find(([, e]) => e.to.port === port) ?? (into.length === 1 ? into[0] : undefined))?.[0];
}
