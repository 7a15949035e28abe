import { arrangeNodes, setTidy } from '../../engine/graph/commands/layout';
import type { GraphDocument } from '../../engine/graph/document';
import { notify } from '../app/notices';
import { useEditor } from '../app/store';
import { arrangeLater } from './arrange-later';
import { arrangeSome } from './arrange-some';
import type { Direction } from './axis';
import type { Point } from './geometry';
import { directionOf } from './layout';

const movesOf = (places: ReadonlyMap<string, Point>) =>
  [...places].map(([id, position]) => ({ id, position }));

/** Arranges the whole net, in its own direction or another, as one step of undo. @param done once it stands */
export function arrangeNet(done: () => void, direction?: Direction): void {
  const doc = useEditor.getState().history.present;
  const way = direction ?? directionOf(doc);
  const graph: GraphDocument = { ...doc, layout: { ...doc.layout, direction: way } };
  arrangeLater(doc, graph, false, (places) => {
    useEditor.getState().run(arrangeNodes, { moves: movesOf(places), direction: way });
    done();
  });
}

/** Arranges the selected nodes among themselves; all others stay. */
export function arrangeSelected(): void {
  const { history, selection, run } = useEditor.getState();
  const doc = history.present;
  run(arrangeNodes, {
    moves: movesOf(arrangeSome(doc, selection.nodes)),
    direction: directionOf(doc),
  });
}

export const canArrangeSelected = (): boolean => {
  const { history, selection } = useEditor.getState();
  return selection.nodes.filter((id) => history.present.nodes[id]).length > 1;
};

export const isTidy = (doc: GraphDocument): boolean => doc.layout.tidy === true;

/** Turns keeping tidy on, which arranges the net at once, or off. */
export function toggleTidy(): void {
  const { history, run } = useEditor.getState();
  const on = !isTidy(history.present);
  const gesture = `tidy ${crypto.randomUUID()}`;
  run(setTidy, { on }, gesture);
  notify(on ? 'The net arranges itself while you edit.' : 'The net stays as you place it.', 'info');
  if (!on) return;
  const doc = useEditor.getState().history.present;
  arrangeLater(doc, doc, true, (places) =>
    useEditor.getState().run(arrangeNodes, { moves: movesOf(places), direction: directionOf(doc) }, gesture),
  );
}

/**
 * Where a net is to be kept tidy, each edit that adds or takes away nodes or wires arranges it, within the same step of
 * undo. @returns what stops it
 */
export const keepTidy = (): (() => void) =>
  useEditor.subscribe((now, before) => {
    const [doc, old] = [now.history.present, before.history.present];
    if (doc === old || !isTidy(doc) || now.key !== before.key) return;
    const undone = doc === before.history.past.at(-1)?.doc || doc === before.history.future[0]?.doc;
    if (undone || (sameIds(doc.nodes, old.nodes) && sameWires(doc.edges, old.edges))) return;
    arrangeLater(doc, doc, true, (places) => {
      if (useEditor.getState().history.present === doc) useEditor.getState().place(places);
    });
  });

const sameIds = (a: object, b: object): boolean => {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => Object.hasOwn(b, id));
};
const sameWires = (a: GraphDocument['edges'], b: GraphDocument['edges']): boolean =>
  a === b || (sameIds(a, b) && Object.entries(a).every(([id, e]) => ends(e) === ends(b[id]!)));
const ends = ({ from, to }: GraphDocument['edges'][string]): string => `${from.node} ${to.node} ${to.port}`;
