import { useMemo, useRef } from 'react';
import { moveNodes } from '../../engine/graph/commands/nodes';
import { duplicateWithWires } from '../app/copies';
import { analysisOf, useEditor } from '../app/store';
import { placeInDocument } from './flow-model';
import type { Point } from './geometry';
import { NO_COPIES, useGestures } from './gesture-state';

type Places = ReadonlyMap<string, Point>;
const NONE: Places = new Map();

/** A drag of nodes: with Alt it leaves them where they are and puts copies down. Escape breaks it off. */
export function useDrag(held: Places, setHeld: (held: Places) => void) {
  const latest = useRef(held);
  return useMemo(() => {
    let [dragging, copying, broken] = [false, false, false];
    const hold = (places: Places) => {
      latest.current = places;
      if (copying) useGestures.setState({ copies: inGraph(places) });
      else setHeld(places);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      broken = true;
      hold(NONE);
    };
    return {
      going: () => dragging,
      start(event: { readonly altKey: boolean }) {
        [copying, broken] = [event.altKey, false];
        window.addEventListener('keydown', onKey, true);
      },
      move(places: Places) {
        dragging = true;
        if (!broken) hold(new Map([...latest.current, ...places]));
      },
      stop() {
        window.removeEventListener('keydown', onKey, true);
        const places = latest.current;
        if (copying) copyTo(places);
        else commit(places);
        hold(NONE);
        useGestures.setState({ copies: NO_COPIES });
        [dragging, copying, broken] = [false, false, false];
      },
    };
  }, [setHeld]);
}

/** Without what lies inside of blocks: that is not copied by dragging. */
function inGraph(places: Places): Places {
  const { nodes } = useEditor.getState().history.present;
  return new Map([...places].filter(([id]) => Object.hasOwn(nodes, id)));
}

/** Copies of nodes, as far from them as they were dragged. */
function copyTo(places: Places): void {
  const doc = useEditor.getState().history.present;
  const [first] = inGraph(places);
  if (!first) return;
  const [id, at] = first;
  const from = doc.nodes[id]!.position ?? { x: 0, y: 0 };
  const to = placeInDocument(doc, analysisOf(doc), at, id);
  if (to.x === from.x && to.y === from.y) return;
  duplicateWithWires([...inGraph(places).keys()], { x: to.x - from.x, y: to.y - from.y });
}

/** Puts drawn places into the document: without the push of open blocks, on the grid. */
export function commit(places: Places, gesture?: string): void {
  const { history, run } = useEditor.getState();
  const doc = history.present;
  const moves = [...places].flatMap(([id, at]) =>
    doc.nodes[id] ? [{ id, position: placeInDocument(doc, analysisOf(doc), at, id) }] : [],
  );
  run(moveNodes, { moves }, gesture);
}

/** Key presses that follow each other move in one step of undo. */
let nudged = { at: 0, id: 0 };
export function nudge(): string {
  const now = performance.now();
  nudged = { at: now, id: now - nudged.at < 900 ? nudged.id : nudged.id + 1 };
  return `nudge ${nudged.id}`;
}
