import { insertNet, trunkOf } from '../../engine/analysis/blocks/insert-net';
import type { Position } from '../../engine/graph/commands/nodes';
import type { GraphDocument } from '../../engine/graph/document';
import { kindsOf } from '../../engine/nodes/user-block';
import { arrange } from '../canvas/layout';
import { api } from './bridge';
import { openTemplate } from './files';
import { focusNode } from './focus';
import { attempt, reportError } from './notices';
import { ask, useSession } from './session';
import { useEditor } from './store';

const GAP = 80;
const state = () => useEditor.getState();

/**
 * A template that was let go over the canvas, or is wanted in the graph: as nodes, as one block, or in place of all.
 *
 * @param at where its top left corner goes; left out, it comes behind the selected node, or below everything
 */
export async function offerTemplate(id: string, at?: Position): Promise<void> {
  if (Object.keys(state().history.present.nodes).length === 0) return openTemplate(id);
  const net = await attempt('Opening the template', () => api.call['templates.open'](id));
  if (!net) return undefined;
  const answer = await ask({
    title: `Add ${net.name} to the graph?`,
    text: 'What comes in is all that stands between its input and its output.',
    answers: [
      { id: 'nodes', label: 'As nodes', tone: 'accent' },
      { id: 'block', label: 'As one block' },
      { id: 'open', label: 'Replace the graph' },
    ],
  });
  if (answer === 'open') return openTemplate(id);
  if (answer === 'nodes' || answer === 'block') insert(net, answer, at);
  return undefined;
}

function insert(net: GraphDocument, as: 'nodes' | 'block', at: Position | undefined): void {
  const before = state().history.present;
  const behind = at ? undefined : chosen(before);
  const place = at ?? placeBelow(before, behind);
  try {
    state().run(insertNet, {
      ...{ net: placed(net), as, at: place, title: net.name },
      ...(behind !== undefined && { behind }),
    });
  } catch (error) {
    reportError(error, 'Adding the template');
    return;
  }
  useSession.getState().show('design');
  const fresh = Object.keys(state().history.present.nodes).filter((id) => !Object.hasOwn(before.nodes, id));
  if (fresh.length === 0) return;
  focusNode(fresh[0]!, 'if-hidden');
  state().select({ nodes: fresh });
}

/** Templates carry no places: their trunk is laid out as the canvas would. */
function placed({ nodes, edges, blocks }: GraphDocument): Pick<GraphDocument, 'nodes' | 'edges' | 'blocks'> {
  const kept = new Set(trunkOf({ nodes, edges, blocks }));
  const trunk = Object.fromEntries(Object.entries(nodes).filter(([id]) => kept.has(id)));
  const inner = Object.entries(edges).filter(([, e]) => kept.has(e.from.node) && kept.has(e.to.node));
  const places = arrange({ nodes: trunk, edges: Object.fromEntries(inner) });
  const all = Object.entries(nodes).map(([id, n]) => {
    const position = places.get(id);
    return [id, position ? { ...n, position } : n] as const;
  });
  return { nodes: Object.fromEntries(all), edges, blocks };
}

/** The one selected node that can feed others. */
function chosen({ nodes, blocks }: GraphDocument): string | undefined {
  const { selection } = state();
  const [id] = selection.nodes;
  const node = selection.nodes.length === 1 && id !== undefined ? nodes[id] : undefined;
  return node && kindsOf(blocks)(node.type)?.role !== 'output' ? id : undefined;
}

function placeBelow({ nodes }: GraphDocument, behind: string | undefined): Position {
  const all = Object.values(nodes).flatMap((n) => n.position ?? []);
  const above = behind === undefined ? undefined : nodes[behind]?.position;
  if (!above) return { x: Math.min(...all.map((p) => p.x)), y: Math.max(...all.map((p) => p.y)) + GAP };
  // beside all that stands there already
  const beside = all.filter((p) => p.y > above.y).map((p) => p.x);
  return { x: beside.length > 0 ? Math.max(...beside) + 220 : above.x, y: above.y + GAP };
}
