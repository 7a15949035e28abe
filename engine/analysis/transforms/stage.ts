import type { Position } from '../../graph/commands/nodes';
import { freeId } from '../../graph/commands/records';
import type { EdgeRecord, NodeRecord } from '../../graph/document';
import type { Graph } from '../blocks/body-of';
import type { Instance } from '../elaborate';
import { type Level, levelOf, type Scene, type Site, within } from './scene';
import type { Transform } from './transform';
import { tuned } from './tune';
import { widened } from './width';

/** @see He et al. Deep Residual Learning. 2015, section 3.3: half the map, twice the filters, from stage to stage */
export const insertStage: Transform = {
  id: 'insert-stage',
  title: 'Insert a stage',
  help: 'Copies the last stage behind itself: half the sides of the map again, and twice the filters.',

  find(scene) {
    const stage = scene.scope.length === 0 ? lastStage(scene) : undefined;
    if (!stage) return [];
    const [first, end] = [stage.ids[0]!, stage.ids.at(-1)!];
    const words = `${stage.ids.length === 1 ? first : `${first} to ${end}`} copied behind ${end}, twice as wide`;
    return [
      {
        key: 'stage',
        path: end,
        graph: '',
        words,
        edit: (graph) => (graph.nodes[end] ? copied(graph, stage) : graph),
      },
    ];
  },
};

interface Stage {
  /** In a row; the first halves the map. */
  readonly ids: readonly string[];
  /** What reads the last of them. */
  readonly next: string;
  wide(id: string, node: NodeRecord): NodeRecord;
}

const MAP = 2;

function lastStage(scene: Scene): Stage | undefined {
  const level = levelOf(scene.analysis, scene.doc);
  const row = mainRow(scene, level);
  const starts = row.flatMap((n, i) => (halves(n) ? [i] : [])).reverse();
  const wider = widerIn(scene, level);
  for (const start of starts) {
    const after = row.findIndex((n, i) => i > start && (halves(n) || endsStage(n, scene)));
    const nodes = row.slice(start, after);
    const map = nodes.at(-1)?.output?.shape ?? [];
    const learns = nodes.some((n) => wider.changes(n));
    if (after < 0 || !learns || map.slice(0, -1).some((side) => side < MAP)) continue;
    return { ids: nodes.map((n) => n.path), next: row[after]!.path, wide: wider.node };
  }
  return undefined;
}

/** From the input to the output, as far back as there is one way only. */
function mainRow({ analysis }: Scene, level: Level): readonly Instance[] {
  const row: Instance[] = [];
  let at = analysis.elaboration.output;
  while (at && !row.includes(at)) {
    row.unshift(at);
    const into = level.into.get(at.path) ?? [];
    at = into.length === 1 ? level.nodes.get(into[0]!.from.node) : undefined;
  }
  return row;
}

function halves({ inputs, output }: Instance): boolean {
  const [from, to] = [inputs[0]?.shape ?? [], output?.shape ?? []];
  return from.length === to.length && to.length > 1 && to.slice(0, -1).some((side, i) => side < from[i]!);
}

/** The map ends there, or it gives the scores. */
const endsStage = (n: Instance, { heads }: Scene): boolean =>
  (n.output?.shape.length ?? 0) < 2 || n.def?.role === 'output' || [...heads].some((h) => within(h, n));

function widerIn({ doc, analysis }: Scene, level: Level) {
  const site = (n: Instance): Site => {
    const raw = doc.nodes[n.path]!.params;
    return { path: n.path, id: n.path, level, raw, params: n.params!, instance: n, def: n.def! };
  };
  const changesOf = (n: Instance) =>
    tuned(site(n), analysis.elaboration.kinds, (def, params, at) => widened(def, params, 2, at));
  return {
    changes: (n: Instance): boolean => changesOf(n).length > 0,
    node: (id: string, node: NodeRecord): NodeRecord =>
      changesOf(level.nodes.get(id)!).reduce<Graph>((g, c) => c.edit(g), { nodes: { [id]: node }, edges: {} })
        .nodes[id]!,
  };
}

/** A node on the canvas is 184 pixels wide; with the gap to the next one a row is 80. */
const WIDTH = 184;
const ROW = 80;

function copied(graph: Graph, { ids, next, wide }: Stage): Graph {
  const names = namesFor(ids, graph.nodes);
  const end = ids.at(-1)!;
  const last = graph.nodes[end]!.position;
  const nodes = moved(graph, last, ids.length * ROW);
  ids.forEach((id, i) => {
    const { position: _, ...node } = wide(id, graph.nodes[id]!);
    const at = last && { position: { x: last.x, y: last.y + (i + 1) * ROW } };
    nodes[names.get(id)!] = { ...node, ...at };
  });
  const edges: Record<string, EdgeRecord> = { ...graph.edges };
  const add = (from: string, to: EdgeRecord['to']) => {
    edges[freeId('e', edges)] = { from: { node: from, port: 'out' }, to };
  };
  for (const [key, wire] of Object.entries(graph.edges)) {
    const into = names.get(wire.to.node);
    if (into) add(names.get(wire.from.node) ?? end, { node: into, port: wire.to.port });
    // only what goes on to the scores: a second classifier stays where it was
    if (wire.from.node === end && wire.to.node === next)
      edges[key] = { from: { node: names.get(end)!, port: 'out' }, to: wire.to };
  }
  return { ...graph, nodes, edges };
}

/** `stage3-block1` gives `stage4-block1`, where all of these are free. */
function namesFor(ids: readonly string[], taken: Graph['nodes']): ReadonlyMap<string, string> {
  const bumped = ids.map((id) => id.replace(/\d+/, (n) => String(Number(n) + 1)));
  const free = bumped.every((id, i) => id !== ids[i] && !Object.hasOwn(taken, id));
  const used = { ...taken };
  return new Map(
    ids.map((id, i) => {
      const name = free ? bumped[i]! : freeId(id, used);
      used[name] = taken[id]!;
      return [id, name];
    }),
  );
}

/** What stands below, in the same column, makes room. */
function moved({ nodes }: Graph, last: Position | undefined, height: number): Record<string, NodeRecord> {
  const down = ({ position: at, ...n }: NodeRecord): NodeRecord =>
    at && last && at.y > last.y && Math.abs(at.x - last.x) < WIDTH
      ? { ...n, position: { x: at.x, y: at.y + height } }
      : { ...n, ...(at && { position: at }) };
  return Object.fromEntries(Object.entries(nodes).map(([id, n]) => [id, down(n)]));
}
