import { useReactFlow, useStoreApi, ViewportPortal } from '@xyflow/react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { addNote, deleteNote, moveNote, writeNote } from '../../engine/graph/commands/notes';
import { registerCommand } from '../app/commands';
import { useEditor } from '../app/store';
import { NoteText } from '../notes/NoteText';
import { useNotes } from '../notes/note-state';
import { Markdown } from '../ui/Markdown';
import { firstWords } from '../ui/markdown-text';
import { boundsOf, GRID, type Point, snapPoint } from './geometry';
import { nudge } from './use-drag';

/** Notes on the canvas, above nodes and wires. */
export function Notes() {
  const notes = useEditor((s) => s.history.present.notes);
  const draft = useNotes((s) => s.draft);
  useAddCommand();
  const all = Object.entries(notes);
  if (all.length === 0 && !draft) return null;
  return (
    <ViewportPortal>
      {all.map(([id, { text, position }]) => (
        <Memo key={id} id={id} text={text} position={position} />
      ))}
      {draft && <Draft at={draft} />}
    </ViewportPortal>
  );
}

/** Width of a note and its gap to the nodes, in pixels of the canvas. */
const [WIDTH, GAP] = [240, 40];

/** A new note stands to the right of the nodes where that is on screen, else in the middle. */
function useAddCommand(): void {
  const { screenToFlowPosition } = useReactFlow();
  const store = useStoreApi();
  useEffect(
    () =>
      registerCommand('note.add', () => {
        const { domNode, nodeLookup, width, transform } = store.getState();
        const box = domNode?.getBoundingClientRect();
        if (!box) return;
        const middle = screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 3 });
        const nodes = [...nodeLookup.values()].map((n) => ({
          ...n.internals.positionAbsolute,
          ...{ width: n.width ?? 0, height: n.height ?? 0 },
        }));
        const { x, width: across } = boundsOf(nodes);
        const beside = x + across + GAP;
        const fits = nodes.length > 0 && (beside + WIDTH) * transform[2] + transform[0] <= width;
        const at = { x: fits ? beside : middle.x - WIDTH / 2, y: middle.y };
        useNotes.getState().set({ draft: snapPoint(at), editing: null });
      }),
    [screenToFlowPosition, store],
  );
}

const placed = ({ x, y }: Point) => ({ transform: `translate(${x}px, ${y}px)` });
const focusMemo = (id: string): void =>
  void requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-note="${id}"]`)?.focus());
const focusCanvas = (): void =>
  document.querySelector<HTMLElement>('section[data-canvas]')?.focus({ preventScroll: true });

/** A note before its first words: nothing of it is in the document yet. */
function Draft({ at }: { readonly at: Point }) {
  const keep = (text: string, byKey: boolean) => {
    useNotes.getState().set({ draft: null });
    if (text.trim() === '') {
      if (byKey) focusCanvas();
      return;
    }
    const { run, history } = useEditor.getState();
    run(addNote, { text, position: at });
    const id = Object.keys(useEditor.getState().history.present.notes).find((n) => !history.present.notes[n]);
    if (byKey && id !== undefined) focusMemo(id);
  };
  return (
    <div className="memo writing nopan nowheel" style={placed(at)}>
      <NoteText label="New note" value="" onDone={keep} />
    </div>
  );
}

interface MemoProps {
  readonly id: string;
  readonly text: string;
  readonly position: Point;
}

function Memo({ id, text, position }: MemoProps) {
  const writing = useNotes((s) => s.editing === id);
  const { held, drag } = useMemoDrag(id, position);
  const edit = () => useNotes.getState().set({ editing: id });
  const keep = (next: string, byKey: boolean) => {
    useNotes.getState().set({ editing: null });
    useEditor.getState().run(writeNote, { id, text: next });
    if (!byKey) return;
    if (next.trim() === '') focusCanvas();
    else focusMemo(id);
  };
  if (writing) {
    return (
      <div className="memo writing nopan nowheel" style={placed(position)}>
        <NoteText label="Note" value={text} onDone={keep} />
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and this holds text
    <div
      className={`memo nopan${held ? ' held' : ''}`}
      role="group"
      aria-label={`Note: ${firstWords(text)}`}
      aria-keyshortcuts="Enter Delete"
      data-note={id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, as nodes do
      tabIndex={0}
      title="Double-click or press Enter to write; drag to move"
      style={placed(held ?? position)}
      onDoubleClick={(e) => {
        e.stopPropagation();
        edit();
      }}
      onKeyDown={(e) => onMemoKey(e, id, position, edit)}
      {...drag}
    >
      <Markdown text={text} />
    </div>
  );
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: -GRID },
  ArrowDown: { x: 0, y: GRID },
  ArrowLeft: { x: -GRID, y: 0 },
  ArrowRight: { x: GRID, y: 0 },
};

function onMemoKey(event: KeyboardEvent, id: string, at: Point, edit: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  const { run } = useEditor.getState();
  if (event.key === 'Enter' || event.key === 'F2') edit();
  else if (event.key === 'Delete' || event.key === 'Backspace') {
    focusCanvas();
    run(deleteNote, { id });
  } else if (arrow) {
    const steps = event.shiftKey ? 4 : 1;
    run(moveNote, { id, position: { x: at.x + arrow.x * steps, y: at.y + arrow.y * steps } }, nudge());
  } else return;
  // what is selected on the canvas is not meant
  event.preventDefault();
  event.stopPropagation();
}

/** Holds the note at the pointer; where it is let go it stays, as one step of undo. */
function useMemoDrag(id: string, position: Point) {
  const store = useStoreApi();
  const from = useRef<Point | null>(null);
  const [held, setHeld] = useState<Point | null>(null);
  const end = () => {
    if (from.current && held) useEditor.getState().run(moveNote, { id, position: held });
    from.current = null;
    setHeld(null);
  };
  const drag = {
    onPointerDown(e: PointerEvent<HTMLElement>) {
      if (e.button !== 0) return;
      e.currentTarget.setPointerCapture(e.pointerId);
      from.current = { x: e.clientX, y: e.clientY };
    },
    onPointerMove(e: PointerEvent<HTMLElement>) {
      if (!from.current) return;
      const zoom = store.getState().transform[2];
      const at = {
        x: position.x + (e.clientX - from.current.x) / zoom,
        y: position.y + (e.clientY - from.current.y) / zoom,
      };
      const far = Math.hypot(e.clientX - from.current.x, e.clientY - from.current.y) > 3;
      if (held || far) setHeld(snapPoint(at));
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
  return { held, drag };
}
