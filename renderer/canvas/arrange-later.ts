import type { GraphDocument } from '../../engine/graph/document';
import { useEditor } from '../app/store';
import { canvas } from './canvas-state';
import type { Point } from './geometry';
import { arrange } from './layout';

type Places = ReadonlyMap<string, Point>;

/** Nodes up to this many are laid out at once: that takes less than the way to a worker and back is worth. */
const SMALL = 400;

let working: { stop(): void } | undefined;

/**
 * Lays out `doc`, a large one in a worker, so that the window goes on meanwhile, and hands the places to `done`. Where
 * the net changes before they are there, or another layout is asked for, they are dropped and `done` is not called.
 *
 * @param graph what is laid out: `doc`, or `doc` in another direction
 */
export function arrangeLater(
  doc: GraphDocument,
  graph: GraphDocument,
  keep: boolean,
  done: (places: Places) => void,
): void {
  working?.stop();
  if (Object.keys(doc.nodes).length <= SMALL || typeof Worker === 'undefined') {
    done(arrange(graph, keep));
    return;
  }
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  const stop = () => {
    worker.terminate();
    unsubscribe();
    working = undefined;
    canvas().set({ arranging: false });
  };
  const unsubscribe = useEditor.subscribe((s) => s.history.present !== doc && stop());
  working = { stop };
  canvas().set({ arranging: true });
  worker.addEventListener('message', ({ data }: MessageEvent<readonly (readonly [string, Point])[]>) => {
    stop();
    done(new Map(data));
  });
  worker.addEventListener('error', stop);
  const { nodes, edges, layout } = graph;
  worker.postMessage([{ nodes: bare(nodes), edges, layout }, keep]);
}

/** Parameters are not needed, and may be large. */
const bare = (nodes: GraphDocument['nodes']): GraphDocument['nodes'] =>
  Object.fromEntries(Object.entries(nodes).map(([id, n]) => [id, { ...n, params: {} }]));
