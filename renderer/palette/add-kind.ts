import { addEdge } from '../../engine/graph/commands/edges';
import { addNode, type Position } from '../../engine/graph/commands/nodes';
import { freeId } from '../../engine/graph/commands/records';
import type { GraphDocument } from '../../engine/graph/document';
import { type NodeDef, portNames } from '../../engine/nodes/define';
import { kindsOf } from '../../engine/nodes/user-block';
import { focusNode } from '../app/focus';
import { usedKind } from '../app/habits';
import { takeFromLibrary } from '../app/library-kinds';
import { startParams } from '../app/start-params';
import { useEditor } from '../app/store';

/** From one node to the next below it: a node is 56 high. */
const DOWN = 80;
/** To the side of a place that is taken: a node is 184 wide. */
const ASIDE = 220;
const NEAR = { x: 180, y: 60 };

let added = 0;

/**
 * Adds a node below what is selected, with a wire from it, and selects it: Enter after Enter draws a net from top to
 * bottom. A kind that joins several takes a wire from each selected node. One step of undo.
 */
export function addKind(
  wanted: string,
  given: Readonly<Record<string, unknown>> = {},
  gesture = `add ${++added}`,
): void {
  const type = takeFromLibrary(wanted, gesture);
  usedKind(wanted);
  const { history, run } = useEditor.getState();
  const doc = history.present;
  const def = kindsOf(doc.blocks)(type);
  if (!def) return;
  const sources = wireSources(doc);
  const id = freeId(type, doc.nodes);
  const params = { ...startParams(def), ...given };
  run(addNode, { id, type, v: def.version, params, position: freePlace(doc, sources) }, gesture);
  for (const [i, port] of portsOf(def, sources.length).entries()) {
    run(addEdge, { from: { node: sources[i]!, port: 'out' }, to: { node: id, port } }, gesture);
  }
  focusNode(id, 'if-hidden');
}

/** Selected nodes, or the blocks they lie in, that have an output. */
function wireSources(doc: GraphDocument): readonly string[] {
  const outer = useEditor.getState().selection.nodes.map((path) => path.split('/')[0]!);
  return [...new Set(outer)].filter((id) => {
    const node = doc.nodes[id];
    return node && kindsOf(doc.blocks)(node.type)?.role !== 'output';
  });
}

const portsOf = ({ inputs }: NodeDef, sources: number): readonly string[] =>
  portNames(inputs, sources).slice(0, sources);

/** Below the sources, or below everything; then to the right until nothing is in the way. */
function freePlace(doc: GraphDocument, sources: readonly string[]): Position {
  const placed = (ids: readonly string[]) => ids.flatMap((id) => doc.nodes[id]?.position ?? []);
  const all = placed(Object.keys(doc.nodes));
  const above = sources.length > 0 ? placed(sources) : all;
  if (above.length === 0) return { x: 0, y: 0 };
  const lowest = above.reduce((a, b) => (b.y > a.y ? b : a));
  let place = { x: lowest.x, y: lowest.y + DOWN };
  while (all.some((p) => Math.abs(p.x - place.x) < NEAR.x && Math.abs(p.y - place.y) < NEAR.y)) {
    place = { ...place, x: place.x + ASIDE };
  }
  return place;
}
