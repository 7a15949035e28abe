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

type Edit = (graph: Graph) => Graph;

/**
 * Edits the graph inside the block at `path`; '' is the document itself. A block of the catalogue becomes a group that
 * holds what it held, and turns back when its inside is again what the block would make. In a use of the user's own
 * block the block itself is edited, so that all its uses change.
 */
export function editGraphAt(doc: GraphDocument, path: string, edit: Edit): GraphDocument {
  if (path === '') {
    const next = edit(doc);
    return next.nodes === doc.nodes && next.edges === doc.edges ? doc : asDocument(doc, next);
  }
  const { nodes, kinds } = elaborate(doc);
  const [first, ...rest] = path.split('/');
  const record = doc.nodes[first!];
  const instance = nodes.get(first!);
  if (!record || !instance) return doc;
  const work: Work = { blocks: doc.blocks, kinds };
  const next = editNode(record, instance, rest, edit, work);
  if (next === record && work.blocks === doc.blocks) return doc;
  return { ...doc, blocks: work.blocks, nodes: { ...doc.nodes, [first!]: next } };
}

interface Work {
  blocks: GraphDocument['blocks'];
  readonly kinds: ReturnType<typeof elaborate>['kinds'];
}

function editNode(
  node: NodeRecord,
  instance: Instance,
  path: readonly string[],
  edit: Edit,
  work: Work,
): NodeRecord {
  const own = blockIdOf(node.type);
  if (own !== undefined) {
    const block = UserBlock.safeParse(work.blocks[own]);
    if (!block.success) return node;
    const body = editBody(block.data.body, instance, path, edit, work);
    if (body !== block.data.body) work.blocks = { ...work.blocks, [own]: { ...block.data, body } };
    return node;
  }
  const group = isGroup(node) ? node : asGroup(node, instance, work.kinds);
  if (!group) return node;
  const params = group.params as unknown as GroupParams;
  const body = editBody(params.body, instance, path, edit, work);
  if (body === params.body) return node;
  return foldedBack({ ...group, params: { ...params, body } }, instance, work);
}

function editBody(body: Body, instance: Instance, path: readonly string[], edit: Edit, work: Work): Body {
  const [first, ...rest] = path;
  if (first === undefined) return withOutput(body, edit(body as Graph));
  const child = instance.children.find((c) => c.path === `${instance.path}/${first}`);
  const record = body.nodes[first];
  if (!child || !record) return body;
  const next = editNode(record as NodeRecord, child, rest, edit, work);
  return next === record ? body : { ...body, nodes: { ...body.nodes, [first]: next } };
}

/** The edited graph with a node that gives the result: when that was taken out, the one that fed it. */
function withOutput(body: Body, { nodes, edges }: Graph): Body {
  if (nodes === body.nodes && edges === body.edges) return body;
  let { output } = body;
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
