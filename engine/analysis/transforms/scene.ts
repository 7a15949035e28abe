import type { GraphDocument } from '../../graph/document';
import { isGroup, isRepeat } from '../../nodes/body';
import type { NodeDef } from '../../nodes/define';
import type { Wire } from '../../nodes/subgraph';
import { blockIdOf, UserBlock } from '../../nodes/user-block';
import type { Analysis } from '../analyse';
import type { GroupParams } from '../blocks/body-of';
import type { Instance } from '../elaborate';
import { type Context, contextOf } from '../hints/context';
import type { Place } from './transform';

type Records = Readonly<Record<string, { readonly type: string; readonly params: Params }>>;
type Params = Readonly<Record<string, unknown>>;

/** One graph of the net: its own, or the inside of a block. */
export interface Level {
  /** '' is the net itself. */
  readonly path: string;
  readonly nodes: ReadonlyMap<string, Instance>;
  readonly into: ReadonlyMap<string, readonly Wire[]>;
  readonly from: ReadonlyMap<string, readonly Wire[]>;
  /** Of an inside: the node that gives its result. */
  readonly output: string | undefined;
}

/** A node of the net, or of the inside of a block, that works: its shape is known. */
export interface Site {
  readonly path: string;
  readonly id: string;
  readonly level: Level;
  /** Parameters as they stand in the file, expressions and all. */
  readonly raw: Params;
  /** With defaults filled in. */
  readonly params: Params;
  readonly instance: Instance;
  readonly def: NodeDef;
}

/** A net as transformations look at it. */
export interface Scene extends Context {
  readonly doc: GraphDocument;
  readonly analysis: Analysis;
  /** Paths that are selected; none for the whole net. */
  readonly scope: readonly string[];
  /** Layers that give the scores of the classes: as many as there are classes. */
  readonly heads: ReadonlySet<Instance>;
}

const scenes = new WeakMap<Analysis, Scene>();

/** The same for the same analysis and scope: all transformations look at it. */
export function sceneOf(doc: GraphDocument, analysis: Analysis, scope: readonly string[] = []): Scene {
  const before = scenes.get(analysis);
  if (before?.doc === doc && before.scope.join('\n') === scope.join('\n')) return before;
  const context = contextOf(doc, analysis);
  const made = { ...context, doc, analysis, scope, heads: headsOf(context) };
  scenes.set(analysis, made);
  return made;
}

/** What a transformation does at one node. */
export type Change = Pick<Place, 'words' | 'edit'> & { readonly key?: string };

/**
 * The places of a rule over the whole net, or over what is selected. Where the rule finds nothing to do at a block it
 * is asked of what is inside; 'leave' keeps it out. What the document itself holds, groups and own blocks, is always
 * looked into, a block with many uses once.
 */
export function everywhere(scene: Scene, at: (site: Site) => readonly Change[] | 'leave'): readonly Place[] {
  const { doc, analysis, scope } = scene;
  const places: Place[] = [];
  const seen = new Set<string>();
  const visit = (level: Level, records: Records | undefined): void => {
    for (const [id, instance] of level.nodes) {
      const { path, def, params } = instance;
      if (!def || !params || !instance.output) continue;
      const chosen = scope.length === 0 || scope.some((s) => s === path || path.startsWith(`${s}/`));
      if (!chosen && !scope.some((s) => s.startsWith(`${path}/`))) continue;
      const record = records && Object.hasOwn(records, id) ? records[id]! : undefined;
      const site = { path, id, level, raw: record?.params ?? params, params, instance, def };
      const found = chosen ? at(site) : [];
      if (found === 'leave') continue;
      for (const { key = path, ...change } of found) places.push({ key, path, graph: level.path, ...change });
      const target = copyOfOwn(instance, scope);
      const inside = insideRecords(doc, target, record);
      if (found.length > 0 && !inside) continue;
      if (def.kind !== 'composite' || def.role || seen.has(inside?.once ?? '')) continue;
      if (inside?.once) seen.add(inside.once);
      visit(levelInside(target), inside?.records);
    }
  };
  visit(levelOf(analysis, doc), doc.nodes);
  return places;
}

/** Of a Repeat of the user's own block one copy, as all are uses of the one block; else the node itself. */
function copyOfOwn(node: Instance, scope: readonly string[]): Instance {
  if (!isRepeat(node) || blockIdOf(String(node.params?.['block'])) === undefined) return node;
  const chosen = node.children.find((c) => scope.some((s) => `${s}/`.startsWith(`${c.path}/`)));
  return chosen ?? node.children[0] ?? node;
}

/** The inside of a node, where it stands in the document. */
function insideRecords(
  doc: GraphDocument,
  { type, params }: Instance,
  record: { readonly params: Params } | undefined,
): { readonly records: Records; readonly once?: string } | undefined {
  const own = blockIdOf(type);
  if (own !== undefined) {
    const block = UserBlock.safeParse(doc.blocks[own]);
    return block.success ? { records: block.data.body.nodes, once: own } : undefined;
  }
  if (!isGroup({ type })) return undefined;
  return { records: ((record?.params['body'] ?? params!['body']) as GroupParams['body']).nodes };
}

const levels = new WeakMap<object, Level>();

/** The net's own graph. */
export function levelOf(analysis: Analysis, { edges }: Pick<GraphDocument, 'edges'>): Level {
  const before = levels.get(analysis);
  if (before) return before;
  const { nodes } = analysis.elaboration;
  const made = level('', nodes, Object.values(edges), undefined);
  levels.set(analysis, made);
  return made;
}
function levelInside(block: Instance): Level {
  const before = levels.get(block);
  if (before) return before;
  const nodes = new Map(block.children.map((c) => [c.path.slice(block.path.length + 1), c]));
  const made = level(block.path, nodes, block.wires, block.result?.node);
  levels.set(block, made);
  return made;
}
function level(
  path: string,
  nodes: Level['nodes'],
  wires: readonly Wire[],
  output: string | undefined,
): Level {
  const [into, from] = [new Map<string, Wire[]>(), new Map<string, Wire[]>()];
  for (const wire of wires) {
    into.set(wire.to.node, [...(into.get(wire.to.node) ?? []), wire]);
    from.set(wire.from.node, [...(from.get(wire.from.node) ?? []), wire]);
  }
  return { path, nodes, into, from, output };
}

/** The node before one with a single wire in, if that one feeds nothing else; undefined at the start of the graph. */
export function only(
  level: Level,
  id: string,
): { readonly id: string; readonly instance: Instance } | undefined {
  const [wire, ...more] = level.into.get(id) ?? [];
  const instance = wire && level.nodes.get(wire.from.node);
  if (!instance || more.length > 0 || level.output === wire.from.node) return undefined;
  return (level.from.get(wire.from.node) ?? []).length === 1 ? { id: wire.from.node, instance } : undefined;
}

/** The layer whose result is that of the node. */
export function lastLayer(node: Instance): Instance {
  const last = node.children.find((c) => c.path === `${node.path}/${node.result?.node}`);
  return last ? lastLayer(last) : node;
}

/** Whether `layer` is `block`, or lies within it. */
export const within = (layer: Instance, block: Instance): boolean =>
  layer.path === block.path || layer.path.startsWith(`${block.path}/`);

/** Ops that make channels anew. */
const MAKERS: readonly string[] = ['conv2d', 'conv3d', 'convTranspose2d', 'matmul'];
export const makesChannels = ({ own }: Instance): boolean => own.some((v) => MAKERS.includes(v.op));

/** Backwards from the ends, the first layers that make channels. */
function headsOf({ layers, sources }: Context): ReadonlySet<Instance> {
  const heads = new Set<Instance>();
  const seen = new Set<Instance>(
    layers.filter((n) => n.def?.role === 'output' || n.def?.role === 'auxiliary'),
  );
  for (const layer of seen) {
    if (makesChannels(layer)) heads.add(layer);
    else for (const source of sources.get(layer) ?? []) seen.add(source);
  }
  return heads;
}
