import { addEdge, deleteEdges, deleteSelection } from '../../graph/commands/edges';
import { insertNode } from '../../graph/commands/insert';
import {
  addNode,
  deleteNodes,
  pasteNodes,
  renameNode,
  replaceNode,
  setParam,
  setParams,
} from '../../graph/commands/nodes';
import type { GraphDocument, NodeRecord } from '../../graph/document';
import type { Command } from '../../graph/history';
import { type Body, isGroup } from '../../nodes/body';
import { blockIdOf, UserBlock } from '../../nodes/user-block';
import { elaborate, type Instance } from '../elaborate';
import { dissolveNodes } from '../rewire';
import { asDocument, asGroup, bodyOf, type Graph, type GroupParams, insideOf, sameInside } from './body-of';

export type Edit = (graph: Graph) => Graph;

/**
 * Edits the graph inside the block at `path`; '' is the document itself. A block of the catalogue becomes a group that
 * holds what it held, and turns back when its inside is again what the block would make. In a use of the user's own
 * block the block itself is edited, so that all its uses change.
 */
export const editGraphAt = (doc: GraphDocument, path: string, edit: Edit): GraphDocument =>
  editGraphs(doc, new Map([[path, edit]]));

/** The same for many graphs at once, by their paths: what lies within a block is edited before the block itself. */
export function editGraphs(doc: GraphDocument, edits: ReadonlyMap<string, Edit>): GraphDocument {
  const inside = edits.size > (edits.has('') ? 1 : 0) ? editInsides(doc, edits) : doc;
  const own = edits.get('');
  if (!own) return inside;
  const next = own(inside);
  return next.nodes === inside.nodes && next.edges === inside.edges ? inside : asDocument(inside, next);
}

function editInsides(doc: GraphDocument, edits: ReadonlyMap<string, Edit>): GraphDocument {
  const { nodes, kinds } = elaborate(doc);
  const work: Work = { blocks: doc.blocks, kinds, edits, towards: ancestorsOf(edits.keys()) };
  const records = editNodes(doc.nodes, (id) => nodes.get(id), work);
  if (records === doc.nodes && work.blocks === doc.blocks) return doc;
  return { ...doc, blocks: work.blocks, nodes: records };
}

/** `a/b` gives `a` and `a/b`. */
function ancestorsOf(paths: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of paths) {
    for (let at = path; at !== '' && !found.has(at); at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
      found.add(at);
  }
  return found;
}

interface Work {
  blocks: GraphDocument['blocks'];
  readonly kinds: ReturnType<typeof elaborate>['kinds'];
  readonly edits: ReadonlyMap<string, Edit>;
  /** Paths of the blocks that are edited, or lie around one that is. */
  readonly towards: ReadonlySet<string>;
}

/** The same records where none of them changes. */
function editNodes<R extends Readonly<Record<string, unknown>>>(
  records: R,
  at: (id: string) => Instance | undefined,
  work: Work,
): R {
  const changed = Object.entries(records).flatMap(([id, record]) => {
    const instance = at(id);
    if (!instance || !work.towards.has(instance.path)) return [];
    const next = editNode(record as NodeRecord, instance, work);
    return next === record ? [] : [[id, next] as const];
  });
  return changed.length === 0 ? records : { ...records, ...Object.fromEntries(changed) };
}

function editNode(node: NodeRecord, instance: Instance, work: Work): NodeRecord {
  const own = blockIdOf(node.type);
  if (own !== undefined) {
    const block = UserBlock.safeParse(work.blocks[own]);
    if (!block.success) return node;
    const body = editBody(block.data.body, instance, work);
    if (body !== block.data.body) work.blocks = { ...work.blocks, [own]: { ...block.data, body } };
    return node;
  }
  const group = isGroup(node) ? node : asGroup(node, instance, work.kinds);
  if (!group) return node;
  const params = group.params as unknown as GroupParams;
  const body = editBody(params.body, instance, work);
  if (body === params.body) return node;
  return foldedBack({ ...group, params: { ...params, body } }, instance, work);
}

function editBody(body: Body, { path, children }: Instance, work: Work): Body {
  const byId = new Map(children.map((c) => [c.path.slice(path.length + 1), c]));
  const nodes = editNodes(body.nodes, (id) => byId.get(id), work);
  const inner = nodes === body.nodes ? body : { ...body, nodes };
  const own = work.edits.get(path);
  return own ? withOutput(inner, own(inner as Graph)) : inner;
}

/** The edited graph with a node that gives the result: when that was taken out, the one that fed it. */
function withOutput(body: Body, { nodes, edges, output: named = body.output }: Graph): Body {
  if (nodes === body.nodes && edges === body.edges && named === body.output) return body;
  let output = named;
  const seen = new Set<string>();
  while (!Object.hasOwn(nodes, output) && !seen.has(output)) {
    seen.add(output);
    const feeding = Object.values(body.edges).find((e) => e.to.node === output);
    output = feeding && feeding.from.node !== '' ? feeding.from.node : body.output;
  }
  return { nodes: nodes as Body['nodes'], edges: edges as Body['edges'], output };
}

/** The block that a group was made from, when the group holds again just what that block would. */
function foldedBack(group: NodeRecord, instance: Instance, { kinds }: Work): NodeRecord {
  const { origin, body } = group.params as unknown as GroupParams;
  const def = origin && kinds(origin.type);
  const parsed = def?.params.safeParse(origin?.params);
  if (!origin || !def || !parsed?.success) return group;
  const inside = insideOf({ ...instance, def, params: parsed.data });
  if (!inside || !sameInside(bodyOf(inside, kinds), body)) return group;
  return { ...group, type: origin.type, v: origin.v, params: origin.params };
}

/** Commands of a document that also work on the inside of a block. */
const commands: ReadonlyMap<string, Command<never>> = new Map(
  [
    addNode,
    deleteNodes,
    setParam,
    setParams,
    dissolveNodes,
    replaceNode,
    renameNode,
    pasteNodes,
    addEdge,
    deleteEdges,
    deleteSelection,
    insertNode,
  ].map((c) => [c.id, c as Command<never>]),
);

/**
 * A command of the graph, carried out inside the block at `path`, with the ids that nodes have there.
 *
 * @example { path: 'stage1-block1', command: 'node.param', args: { id: 'conv2', param: 'kernel', value: 5 } }
 */
export const editInside: Command<{ path: string; command: string; args: unknown }> = {
  id: 'inside.run',
  label: 'edit inside a block',
  run(doc, { path, command, args }) {
    const found = commands.get(command);
    if (!found) return doc;
    return editGraphAt(doc, path, (graph) => found.run(asDocument(doc, graph), args as never));
  },
};

/** Gives a block that was changed inside its first form back. */
export const resetBlock: Command<{ path: string }> = {
  id: 'block.reset',
  label: 'reset block',
  run(doc, { path }) {
    const id = path.split('/').at(-1)!;
    return editGraphAt(doc, path.slice(0, -id.length - 1), (graph) => {
      const node = graph.nodes[id];
      const origin = node && isGroup(node) ? (node.params as unknown as GroupParams).origin : null;
      if (!node || !origin) return graph;
      return { ...graph, nodes: { ...graph.nodes, [id]: { ...node, ...origin } } };
    });
  },
};
