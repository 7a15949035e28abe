import { UserError } from '../../errors';
import { freeId, without } from '../../graph/commands/records';
import type { GraphDocument, NodeRecord } from '../../graph/document';
import type { Command } from '../../graph/history';
import { isGroup } from '../../nodes/body';
import type { Kinds, NodeDef } from '../../nodes/define';
import { blockIdOf, blockType, kindsOf, UserBlock } from '../../nodes/user-block';
import { elaborate } from '../elaborate';
import { asGroup, type Graph, type GroupParams } from './body-of';
import { cutOut, instanceAt, replaceCut } from './group';
import { editGraphAt } from './inside';

/** A parameter of a block: where inside it is used, and what it is called there and outside. */
export interface Exposed {
  readonly node: string;
  readonly param: string;
  readonly name: string;
  readonly title: string;
}

/**
 * Makes a block of the user's own out of nodes, or out of one group or block, with `expose`d parameters. It takes
 * their place, and stands in the palette of the document.
 *
 * @throws UserError as `cutOut`
 */
export const makeBlock: Command<{
  path?: string;
  ids: readonly string[];
  title: string;
  expose?: readonly Exposed[];
  id?: string;
}> = {
  id: 'block.make',
  label: 'make block',
  run(doc, { path = '', ids, title, expose = [], id = freeId(slug(title), doc.blocks) }) {
    let made: UserBlock | undefined;
    const next = editGraphAt(doc, path, (graph) => {
      const whole = ids.length === 1 ? wholeBlock(doc, path, graph, ids[0]!) : undefined;
      const cut = whole ?? cutOut(graph, ids);
      made = withExposed(
        { title, help: '', inputs: [...cut.inputs], params: [], body: cut.body },
        expose,
        kindsOf(doc.blocks),
      );
      const values = Object.fromEntries(made.params.map((p) => [p.name, p.default]));
      const use: NodeRecord = { type: blockType(id), v: 1, params: values };
      if (whole)
        return { ...graph, nodes: { ...graph.nodes, [ids[0]!]: { ...graph.nodes[ids[0]!]!, ...use } } };
      return replaceCut(graph, cutOut(graph, ids), freeId(slug(title), graph.nodes), use);
    });
    return made ? { ...next, blocks: { ...next.blocks, [id]: made } } : doc;
  },
};

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'block';

/** A group or block that is to become the user's own: what it holds now. */
function wholeBlock(doc: GraphDocument, path: string, graph: Graph, id: string) {
  const { nodes, kinds } = elaborate(doc);
  const instance = instanceAt(nodes, path === '' ? id : `${path}/${id}`);
  const node = graph.nodes[id];
  if (!node || instance?.def?.kind !== 'composite') return undefined;
  const group = isGroup(node) ? node : asGroup(node, instance, kinds);
  if (!group) return undefined;
  const { body, inputs } = group.params as unknown as GroupParams;
  return { body, inputs };
}

/** `block` with more parameters: inside, each now says `=name`. */
function withExposed(block: UserBlock, expose: readonly Exposed[], kinds: Kinds): UserBlock {
  let { body, params } = block;
  for (const { node, param, name, title } of expose) {
    const inner = body.nodes[node];
    if (!inner || params.some((p) => p.name === name)) continue;
    const start = inner.params[param] ?? defaultOf(kinds(inner.type), param);
    params = [...params, { name, title, ...startOf(start) }];
    body = {
      ...body,
      nodes: { ...body.nodes, [node]: { ...inner, params: { ...inner.params, [param]: `=${name}` } } },
    };
  }
  return { ...block, body, params };
}

const defaultOf = (def: NodeDef | undefined, param: string): unknown =>
  (def?.params.safeParse({}).data as Record<string, unknown> | undefined)?.[param];

type Param = UserBlock['params'][number];
function startOf(value: unknown): Pick<Param, 'kind' | 'default'> {
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'int' : 'real', default: value };
  if (typeof value === 'boolean') return { kind: 'toggle', default: value };
  if (Array.isArray(value) && value.length === 2) return { kind: 'pair', default: value[0] as number };
  return { kind: 'text', default: String(value ?? '') };
}

/** Makes parameters inside the block `id` settable at each of its uses. */
export const exposeParams: Command<{ id: string; expose: readonly Exposed[] }> = {
  id: 'block.expose',
  label: 'expose parameter',
  run(doc, { id, expose }) {
    const block = UserBlock.safeParse(doc.blocks[id]);
    if (!block.success) return doc;
    const next = withExposed(block.data, expose, kindsOf(doc.blocks));
    return next.params.length === block.data.params.length
      ? doc
      : { ...doc, blocks: { ...doc.blocks, [id]: next } };
  },
};

/** Changes title, help or parameters of the user's own block. */
export const describeBlock: Command<{
  id: string;
  title?: string;
  help?: string;
  params?: readonly Param[];
}> = {
  id: 'block.describe',
  label: 'describe block',
  run(doc, { id, ...words }) {
    const next = UserBlock.safeParse({ ...doc.blocks[id], ...words });
    if (!next.success || JSON.stringify(next.data) === JSON.stringify(doc.blocks[id])) return doc;
    return { ...doc, blocks: { ...doc.blocks, [id]: next.data } };
  },
};

/** Changes the title of a block's parameter, or what it is where a use does not set it. */
export const describeParam: Command<{
  id: string;
  name: string;
  title?: string;
  default?: Param['default'];
}> = {
  id: 'block.param',
  label: 'change parameter of block',
  run(doc, { id, name, ...changes }) {
    const block = UserBlock.safeParse(doc.blocks[id]);
    if (!block.success) return doc;
    const params = block.data.params.map((p) => (p.name === name ? { ...p, ...changes } : p));
    return describeBlock.run(doc, { id, params });
  },
};

/** Ids of the blocks that are in use, by nodes of the document or by other blocks. */
export function usedBlocks(doc: Pick<GraphDocument, 'nodes' | 'blocks'>): ReadonlySet<string> {
  const text = JSON.stringify([doc.nodes, doc.blocks]);
  return new Set(Object.keys(doc.blocks).filter((id) => text.includes(`"${blockType(id)}"`)));
}

/** Takes a block out of the document. @throws UserError `block/used` */
export const deleteBlock: Command<{ id: string }> = {
  id: 'block.delete',
  label: 'delete block',
  run(doc, { id }) {
    if (!Object.hasOwn(doc.blocks, id)) return doc;
    if (!usedBlocks(doc).has(id)) return { ...doc, blocks: without(doc.blocks, (_, other) => other === id) };
    throw new UserError(
      'block/used',
      `The block '${id}' is in use.`,
      'Its uses would stand for nothing.',
      'Turn each use into a group (Detach) or delete it first.',
    );
  },
};

/** Brings a block from the personal library, or from another document, into this one. */
export const importBlock: Command<{ id: string; block: unknown }> = {
  id: 'block.import',
  label: 'add block',
  run(doc, { id, block }) {
    const parsed = UserBlock.safeParse(block);
    if (!parsed.success || JSON.stringify(doc.blocks[id]) === JSON.stringify(parsed.data)) return doc;
    const free = Object.hasOwn(doc.blocks, id) ? freeId(id, doc.blocks) : id;
    return { ...doc, blocks: { ...doc.blocks, [free]: parsed.data } };
  },
};

/** Turns one use of a block into a group of its own: later changes of the block leave it as it is. */
export const detachBlock: Command<{ path: string }> = {
  id: 'block.detach',
  label: 'detach from block',
  run(doc, { path }) {
    const { nodes, kinds } = elaborate(doc);
    const instance = instanceAt(nodes, path);
    const id = path.split('/').at(-1)!;
    return editGraphAt(doc, path.slice(0, -id.length - 1), (graph) => {
      const node = graph.nodes[id];
      const group = node && instance && blockIdOf(node.type) !== undefined && asGroup(node, instance, kinds);
      if (!group) return graph;
      const params = { ...group.params, origin: null };
      return { ...graph, nodes: { ...graph.nodes, [id]: { ...group, params } } };
    });
  },
};
