import type { Analysis } from '../../engine/analysis/analyse';
import type { Instance } from '../../engine/analysis/elaborate';
import { portIndex, portWords, visiblePorts } from '../../engine/analysis/wiring';
import { type Fault, type Place, UserError } from '../../engine/errors';
import type { EdgeRecord, End, GraphDocument } from '../../engine/graph/document';
import { closesCycle, downstream, upstream } from '../../engine/graph/order';
import type { Value } from '../../engine/ir/ir';
import { input as placeholder } from '../../engine/ir/ops';
import { formatShape } from '../../engine/ir/shape';
import { type Inputs, type NodeDef, portsOf as portsOfKind } from '../../engine/nodes/define';
import { refusal } from './refusal';

/** The one output of every node. */
export const OUT = 'out';

/** Faults that keep a wire from being drawn at all; others are drawn, and explained where they lie. */
export const refuses = (fault: Fault): boolean => fault.code.startsWith('connect/');

/**
 * What would be wrong with a wire between two ports, before it is drawn; null when it works or when that cannot be
 * told yet. The ends may come in either order. A wire that leads to the port now would give way.
 */
export function explainConnection(doc: GraphDocument, analysis: Analysis, from: End, to: End): Fault | null {
  const [a, b] = from.port === OUT ? [from, to] : [to, from];
  const fault = wrongEnds(analysis, a, b);
  if (fault) return fault;
  const wires = Object.values(doc.edges).filter((e) => !leadsTo(e, b));
  if (closesCycle(a.node, b.node, wires)) return closes(analysis, a, b);
  return shapeFault(doc, analysis, a, b);
}

/** The same for every port of the graph that a wire from `end` could reach, by `portKey`. */
export function verdicts(
  doc: GraphDocument,
  analysis: Analysis,
  end: End,
): ReadonlyMap<string, Fault | null> {
  const found = new Map<string, Fault | null>();
  const wires = Object.values(doc.edges);
  const out = end.port === OUT;
  const circle = out ? upstream(end.node, wires) : downstream(end.node, wires);
  for (const id of Object.keys(doc.nodes)) {
    const ends = (out ? portsOf(doc, analysis, id) : [OUT]).map((port) => ({ node: id, port }));
    for (const other of ends) {
      const [a, b] = out ? [end, other] : [other, end];
      const fault = circle.has(id) ? explainConnection(doc, analysis, a, b) : shapeFault(doc, analysis, a, b);
      found.set(portKey(other), fault);
    }
  }
  return found;
}

export const portKey = ({ node, port }: End): string => `${node} ${port}`;

/** A node of the graph, also one that is bypassed. */
const instanceOf = ({ elaboration }: Analysis, id: string): Instance | undefined =>
  elaboration.nodes.get(id) ?? elaboration.bypassed.get(id);

/** The ports of a node's kind, as its parameters have it. */
const inputsOf = ({ def, params }: Instance): Inputs => (def ? portsOfKind(def, params) : []);

/** The input ports that a node shows. */
export function portsOf(doc: GraphDocument, analysis: Analysis, id: string): readonly string[] {
  const used = Object.values(doc.edges).flatMap((e) => (e.to.node === id ? [e.to.port] : []));
  const node = instanceOf(analysis, id);
  const shown = node?.def ? visiblePorts(inputsOf(node), used) : [];
  return [...shown, ...used.filter((p) => !shown.includes(p))];
}

/** The port of a node that a wire should take: one without a fault, if it can be a free one. */
export function bestPort(
  doc: GraphDocument,
  found: ReadonlyMap<string, Fault | null>,
  node: string,
): End | undefined {
  const ends = [...found.keys()].map(splitKey).filter((e) => e.node === node);
  const taken = new Set(Object.values(doc.edges).map((e) => portKey(e.to)));
  const rank = (e: End) => (found.get(portKey(e)) ? 2 : 0) + (taken.has(portKey(e)) ? 1 : 0);
  return ends.sort((a, b) => rank(a) - rank(b))[0];
}
function splitKey(key: string): End {
  const [node, port] = key.split(' ');
  return { node: node!, port: port! };
}

const leadsTo = (e: EdgeRecord, end: End): boolean => e.to.node === end.node && e.to.port === end.port;
const titleOf = (analysis: Analysis, id: string): string => analysis.nodes.get(id)?.instance.title ?? id;

const ONE_WAY = 'A wire carries what one node gives to an input of another.';

function wrongEnds(analysis: Analysis, a: End, b: End): Fault | null {
  const title = (id: string) => titleOf(analysis, id);
  if (a.port === OUT && b.port === OUT) {
    return refused(
      'two-outputs',
      'Both ends are outputs.',
      ONE_WAY,
      'Drop it on a port at the top of a node.',
    );
  }
  if (a.port !== OUT) {
    return refused(
      'two-inputs',
      'Both ends are inputs.',
      ONE_WAY,
      'Drop it on the port at the bottom of a node.',
    );
  }
  if (a.node === b.node) {
    const why = 'A node may not need its own result.';
    return refused('self', `${title(a.node)} cannot feed itself.`, why, 'Connect it to a node further on.');
  }
  const inner = [a, b].find((e) => e.node.includes('/'));
  if (inner) {
    const why = 'The inside of a block follows from its parameters.';
    return refused('inside', `${title(inner.node)} is part of a block.`, why, 'Connect to the block itself.');
  }
  const target = instanceOf(analysis, b.node);
  const inputs = target?.def && inputsOf(target);
  if (!inputs || portIndex(inputs, b.port) !== undefined) return null;
  const what = `${title(b.node)} has no port '${b.port}'.`;
  return refused('no-such-port', what, `It has: ${portWords(inputs)}.`, 'Drop it on one of its ports.');
}

function closes(analysis: Analysis, a: End, b: End): Fault {
  const [first, last] = [titleOf(analysis, b.node), titleOf(analysis, a.node)];
  const why = 'A net is worked out from its input to its output, so that no node may need its own result.';
  const what = `This wire would close a cycle: ${last} already follows from ${first}.`;
  return refused('cycle', what, why, 'Connect to a node that comes later.', { node: b.node, port: b.port });
}

const refused = (code: string, what: string, why: string, remedy: string, place: Place = {}): Fault => ({
  code: `connect/${code}`,
  what,
  why,
  remedy,
  place,
  repairs: [],
});

/** Whether the target would take the shape that comes in, with what already leads to its other ports. */
function shapeFault(doc: GraphDocument, analysis: Analysis, a: End, b: End): Fault | null {
  const target = analysis.elaboration.nodes.get(b.node);
  const shape = instanceOf(analysis, a.node)?.output?.shape;
  if (!target?.def || !target.params || !shape) return null;
  const inputs = inputsWith(doc, analysis, inputsOf(target), b, placeholder(shape));
  if (!inputs) return null;
  const error = refusal(target.def, target.params, inputs);
  if (!error) return null;
  const fault = error.at({ node: b.node, port: b.port }).toFault();
  const source = `${formatShape(shape)} from ${titleOf(analysis, a.node)} comes in at ${target.title}.`;
  return fault.what.includes(formatShape(shape)) ? fault : { ...fault, why: `${source} ${fault.why}` };
}

/** Values at the target's ports once the wire is there; undefined while some port has none. */
function inputsWith(
  doc: GraphDocument,
  analysis: Analysis,
  ports: Inputs,
  b: End,
  value: Value,
): readonly Value[] | undefined {
  const wires: { index: number; value: Value | undefined }[] = Object.values(doc.edges)
    .filter((e) => e.to.node === b.node && e.to.port !== b.port)
    .map((e) => {
      const shape = instanceOf(analysis, e.from.node)?.output?.shape;
      return { index: portIndex(ports, e.to.port) ?? -1, value: shape && placeholder(shape) };
    });
  wires.push({ index: portIndex(ports, b.port) ?? -1, value });
  const values = wires.sort((x, y) => x.index - y.index).map((w) => w.value);
  const wanted = 'atLeast' in ports ? 1 : ports.length;
  return values.length < wanted || values.includes(undefined) ? undefined : (values as Value[]);
}

/** The fault that a new node of a kind, with its default parameters or those given, would have where `shape` comes in. */
export function faultOfNew(
  def: NodeDef,
  shape: readonly number[] | undefined,
  given: Readonly<Record<string, unknown>> = {},
): UserError | null {
  const count = 'atLeast' in def.inputs ? 1 : def.inputs.length;
  if (count === 0)
    return new UserError(
      'connect/no-input',
      `${def.title} takes no wire.`,
      'It is where a net starts.',
      'Choose another kind.',
    );
  const params = def.params.safeParse(given);
  if (!shape || !params.success || count > 1) return null;
  return refusal(def, params.data, [placeholder(shape)]);
}
