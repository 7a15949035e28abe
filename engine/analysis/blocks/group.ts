import { UserError } from '../../errors';
import { freeId, without } from '../../graph/commands/records';
import type { EdgeRecord, NodeRecord } from '../../graph/document';
import type { Command } from '../../graph/history';
import { downstream } from '../../graph/order';
import { type Body, GROUP } from '../../nodes/body';
import { portNames, portsOf } from '../../nodes/define';
import { OUTSIDE } from '../../nodes/subgraph';
import { elaborate, type Instance } from '../elaborate';
import { bodyOf, type Graph, insideOf } from './body-of';
import { editGraphAt } from './inside';

/** Nodes that were cut out of a graph, and how the rest is wired to them. */
interface Cut {
  readonly body: Body;
  readonly inputs: readonly string[];
  /** What feeds each input. */
  readonly feeds: readonly EdgeRecord['from'][];
}

/**
 * The nodes `ids` of `graph` as one inside.
 *
 * @throws UserError `group/empty`, `group/bypassed`, `group/outputs` when more than one of them is read from outside, or none is;
 *   `group/around` when a path leaves them and comes back
 */
export function cutOut(graph: Graph, ids: readonly string[]): Cut {
  const chosen = new Set(ids.filter((id) => Object.hasOwn(graph.nodes, id)));
  if (chosen.size === 0) throw empty();
  const skipped = [...chosen].find((id) => graph.nodes[id]!.bypassed);
  if (skipped !== undefined) throw bypassedInside(skipped);
  const edges = Object.values(graph.edges);
  const output = soleOutput(chosen, edges);
  requireNoDetour(chosen, edges);
  const feeds: EdgeRecord['from'][] = [];
  const ports = new Map<string, string>();
  const entering = edges.filter((e) => chosen.has(e.to.node) && !chosen.has(e.from.node));
  const sources = new Set(entering.map((e) => `${e.from.node}.${e.from.port}`));
  for (const { from } of entering) {
    const key = `${from.node}.${from.port}`;
    if (ports.has(key)) continue;
    feeds.push(from);
    ports.set(key, sources.size === 1 ? 'x' : `x${feeds.length}`);
  }
  const wires = edges.filter((e) => chosen.has(e.to.node));
  const inner = wires.map(({ from, to }, i) => {
    const port = ports.get(`${from.node}.${from.port}`);
    return [
      `e${i + 1}`,
      { from: chosen.has(from.node) ? from : { node: OUTSIDE, port: port! }, to },
    ] as const;
  });
  const nodes = Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => chosen.has(id)));
  return { body: { nodes, edges: Object.fromEntries(inner), output }, inputs: [...ports.values()], feeds };
}

function soleOutput(chosen: ReadonlySet<string>, edges: readonly EdgeRecord[]): string {
  const leaving = new Set(
    edges.flatMap((e) => (chosen.has(e.from.node) && !chosen.has(e.to.node) ? [e.from.node] : [])),
  );
  const read = new Set(edges.map((e) => e.from.node));
  const ends = leaving.size > 0 ? [...leaving] : [...chosen].filter((id) => !read.has(id));
  if (ends.length === 1) return ends[0]!;
  throw new UserError(
    'group/outputs',
    `${ends.length === 0 ? 'No node' : `${ends.length} nodes`} of the selection ${ends.length === 0 ? 'gives' : 'give'} a result: ${ends.join(', ')}.`,
    'A block has one output.',
    'Select up to the node where the paths join again (an Add or Concat).',
  );
}

/** A path that leaves and comes back would make the block need its own result. */
function requireNoDetour(chosen: ReadonlySet<string>, edges: readonly EdgeRecord[]): void {
  const after = new Set<string>();
  for (const e of edges) {
    if (chosen.has(e.from.node) && !chosen.has(e.to.node))
      for (const id of downstream(e.to.node, edges)) after.add(id);
  }
  const back = edges.find((e) => after.has(e.from.node) && !chosen.has(e.from.node) && chosen.has(e.to.node));
  if (!back) return;
  throw new UserError(
    'group/around',
    `A path leaves the selection and comes back by '${back.from.node}'.`,
    'The block would need its own result.',
    `Add '${back.from.node}' to the selection, and what lies between.`,
  );
}

const empty = (): UserError =>
  new UserError(
    'group/empty',
    'Nothing is selected.',
    'A block is made of nodes.',
    'Select the nodes on the canvas first: drag a box around them with Shift held.',
  );

const bypassedInside = (id: string): UserError =>
  new UserError(
    'group/bypassed',
    `'${id}' is bypassed.`,
    'Inside of a block every node takes part.',
    `Switch '${id}' on (M), take it out, or leave it out of the selection.`,
    { node: id },
  );

/** `graph` with the cut nodes replaced by `node`, which stands where their last one stood. */
export function replaceCut(graph: Graph, cut: Cut, id: string, node: NodeRecord): Graph {
  const gone = new Set(Object.keys(cut.body.nodes));
  const position = graph.nodes[cut.body.output]?.position;
  const edges: Record<string, EdgeRecord> = {};
  for (const [key, e] of Object.entries(graph.edges)) {
    if (gone.has(e.to.node)) continue;
    edges[key] = gone.has(e.from.node) ? { from: { node: id, port: 'out' }, to: e.to } : e;
  }
  cut.feeds.forEach((from, i) => {
    edges[freeId('e', { ...graph.edges, ...edges })] = { from, to: { node: id, port: cut.inputs[i]! } };
  });
  const rest = without(graph.nodes, (_, other) => gone.has(other));
  return { nodes: { ...rest, [id]: { ...node, ...(position && { position }) } }, edges };
}

/** Joins nodes into one, a group, that can be opened, named and moved as one. */
export const groupNodes: Command<{ path?: string; ids: readonly string[]; title?: string; id?: string }> = {
  id: 'block.group',
  label: 'group nodes',
  run: (doc, { path = '', ids, title = '', id }) =>
    editGraphAt(doc, path, (graph) => {
      const cut = cutOut(graph, ids);
      const params = { title, inputs: cut.inputs, body: cut.body, origin: null };
      return replaceCut(graph, cut, id ?? freeId(GROUP, graph.nodes), { type: GROUP, v: 1, params });
    }),
};

/** Puts what is inside a block in its place; the nodes get the block's id before their own. */
export const dissolveBlock: Command<{ path: string }> = {
  id: 'block.dissolve',
  label: 'dissolve block',
  run(doc, { path }) {
    const { nodes, kinds } = elaborate(doc);
    const instance = instanceAt(nodes, path);
    const inside = instance && insideOf(instance);
    if (!instance || !inside) return doc;
    const id = path.split('/').at(-1)!;
    const ports = portNames(portsOf(instance.def!, instance.params), instance.inputs.length);
    return editGraphAt(doc, path.slice(0, -id.length - 1), (graph) =>
      graph.nodes[id] ? dissolve(graph, id, bodyOf(inside, kinds), ports) : graph,
    );
  },
};

/** The node at `path`, however deep. */
export function instanceAt(nodes: ReadonlyMap<string, Instance>, path: string): Instance | undefined {
  const parts = path.split('/');
  let at = nodes.get(parts[0]!);
  for (let depth = 2; at && depth <= parts.length; depth++) {
    const wanted: string = parts.slice(0, depth).join('/');
    at = at.children.find((c) => c.path === wanted);
  }
  return at;
}

/** Rows of 80 pixels below the block's own place. */
const ROW = 80;

function dissolve(graph: Graph, id: string, body: Body, ports: readonly string[]): Graph {
  const names = new Map<string, string>();
  const taken: Record<string, NodeRecord> = { ...graph.nodes };
  const at = graph.nodes[id]!.position;
  const nodes = without(graph.nodes, (_, other) => other === id);
  Object.entries(body.nodes).forEach(([inner, node], i) => {
    const wanted = `${id}-${inner}`.slice(0, 60);
    const own = Object.hasOwn(taken, wanted) ? freeId(wanted, taken) : wanted;
    names.set(inner, own);
    const position = at && { x: at.x, y: at.y + i * ROW };
    taken[own] = nodes[own] = { ...(node as NodeRecord), ...(position && { position }) };
  });
  const into = Object.values(graph.edges).filter((e) => e.to.node === id);
  const feed = (port: string) => into.find((e) => e.to.port === port)?.from;
  const edges: Record<string, EdgeRecord> = without(graph.edges, (e) => e.to.node === id);
  for (const [key, e] of Object.entries(edges)) {
    if (e.from.node === id) edges[key] = { ...e, from: { node: names.get(body.output)!, port: 'out' } };
  }
  for (const { from, to } of Object.values(body.edges)) {
    const source =
      from.node === OUTSIDE
        ? feed(ports.includes(from.port) ? from.port : '')
        : { ...from, node: names.get(from.node)! };
    if (source) edges[freeId('e', edges)] = { from: source, to: { ...to, node: names.get(to.node)! } };
  }
  return { nodes, edges };
}
