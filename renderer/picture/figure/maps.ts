import type { Analysis } from '../../../engine/analysis/analyse';
import type { Instance } from '../../../engine/analysis/elaborate';
import type { Shape } from '../../../engine/ir/shape';
import type { Category } from '../../../engine/nodes/define';

/** How several maps become one: by a sum, a product, or side by side. */
export type Join = 'add' | 'mul' | 'concat';

/** What the figure draws as one body: a feature map, or the sign of a sum. */
export interface FigureMap {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly shape: Shape;
  /** A sum or a product of maps: a sign on the line, not a body. */
  readonly sign?: Join;
  /** A block that goes around itself: `add` is a residual. */
  readonly around?: Join;
  /** Channels of what was put side by side; empty where the map is of one piece. */
  readonly bands: readonly number[];
  /** Whether an activation follows. */
  readonly activated: boolean;
  /** How many alike stand in a row for this one. */
  readonly times: number;
  /** Ids of the maps that it is made from. */
  readonly from: readonly string[];
}

/**
 * The maps of a net in the order of execution. What changes no map (normalisation, activation, dropout, flatten) is
 * told by the map before it; blocks are one map each, with what joins inside of them.
 */
export function mapsOf({ elaboration }: Pick<Analysis, 'elaboration'>): readonly FigureMap[] {
  const { nodes, sources } = elaboration;
  const maps = new Map<string, FigureMap>();
  /** The map that a node's output is. */
  const carrier = new Map<string, string>();
  for (const [id, n] of nodes) {
    if (!n.output || !n.def) continue;
    const from = (sources.get(id) ?? []).flatMap((s) => (s === null ? [] : (carrier.get(s) ?? [])));
    const only = from.length === 1 && n.inputs.length === 1 ? maps.get(from[0]!) : undefined;
    if (only && isQuiet(n)) {
      carrier.set(id, only.id);
      if (n.def.category === 'activation') maps.set(only.id, { ...only, activated: true });
      continue;
    }
    if (n.def.role === 'auxiliary') continue;
    carrier.set(id, id);
    maps.set(id, mapOf(id, n, n.output.shape, [...new Set(from)]));
  }
  return [...maps.values()];
}

const QUIET: ReadonlySet<Category> = new Set(['norm', 'activation', 'regularisation', 'merge', 'io']);

/** Whether a node leaves the map as it is, or only writes it down in another way: it has no weights of its own. */
function isQuiet({ def, cost }: Instance): boolean {
  const { category } = def!;
  if (QUIET.has(category)) return true;
  return cost.macs === 0 && cost.params.trainable === 0 && category !== 'pool' && category !== 'block';
}

function mapOf(id: string, n: Instance, shape: Shape, from: readonly string[]): FigureMap {
  const join = n.children.length === 0 && n.inputs.length > 1 ? joinOf(n) : undefined;
  const chain = chainOf(n);
  const inner = chain ? chain[0]! : n;
  return {
    ...{ id, shape, from, activated: false, category: n.def!.category },
    title: chain ? chain[0]!.title : n.title,
    ...(join && join !== 'concat' && { sign: join }),
    ...(n.children.length > 0 && { around: aroundOf(inner) }),
    bands: join === 'concat' ? channelsIn(n) : bandsOf(n, chain),
    times: chain?.length ?? 1,
  } as FigureMap;
}

/** What a layer of several inputs does with them, by its own op. */
function joinOf({ output }: Instance): Join | undefined {
  const op = output?.op;
  return op === 'add' || op === 'mul' || op === 'concat' ? op : undefined;
}

/** The copies that a block is made of, if it is nothing else than a row of blocks of one kind. */
function chainOf(n: Instance): readonly Instance[] | undefined {
  const [first] = n.children;
  const alike = n.children.every((c) => c.type === first?.type && c.children.length > 0);
  return n.children.length > 1 && alike ? n.children : undefined;
}

/** How the ways through a block come together; where there are several such places, the last. */
function aroundOf(n: Instance): Join | undefined {
  for (const c of [...n.children].reverse()) {
    const join = c.children.length > 0 ? aroundOf(c) : c.inputs.length > 1 ? joinOf(c) : undefined;
    if (join) return join;
  }
  return undefined;
}

const channels = (shape: Shape | undefined): number => shape?.at(-1) ?? 0;
const channelsIn = (n: Instance): readonly number[] => n.inputs.map((v) => channels(v?.shape));

function bandsOf(n: Instance, chain: readonly Instance[] | undefined): readonly number[] {
  if (chain) {
    const ends = [channels(chain[0]!.inputs[0]?.shape), ...chain.map((c) => channels(c.output?.shape))];
    const grown = ends.slice(1).map((c, i) => c - ends[i]!);
    return grown.every((g) => g > 0) ? [ends[0]!, ...grown] : [];
  }
  const last = n.children.find((c) => c.path === `${n.path}/${n.result?.node}`);
  if (!last) return [];
  if (last.children.length > 0) return bandsOf(last, chainOf(last));
  return last.inputs.length > 1 && joinOf(last) === 'concat' ? channelsIn(last) : [];
}
