import { useStoreApi, ViewportPortal } from '@xyflow/react';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useMemo, useRef } from 'react';
import { colourFrame, deleteFrame, renameFrame } from '../../engine/graph/commands/frames';
import { FRAME_COLOURS } from '../../engine/graph/document';
import { useEditor } from '../app/store';
import { Icon } from '../ui/Icon';
import { Name } from '../ui/Name';
import type { Flow, FlowNode } from './flow-types';
import { type FrameBox, frameBoxes } from './frame-boxes';
import { type Point, snap } from './geometry';
import './frames.css';

interface FramesProps {
  readonly flow: Flow;
  /** Puts the nodes where they were dragged to. */
  settle(): void;
}

/** Titled, coloured frames around nodes, below them: they follow their nodes and move them. */
export function Frames({ flow, settle }: FramesProps) {
  const groups = useEditor((s) => s.history.present.groups);
  const boxes = useMemo(() => frameBoxes(groups, flow.nodes), [groups, flow.nodes]);
  if (boxes.length === 0) return null;
  return (
    <ViewportPortal>
      {boxes.map((box) => (
        <Frame key={box.id} box={box} settle={settle} />
      ))}
    </ViewportPortal>
  );
}

function Frame({ box, settle }: { readonly box: FrameBox; settle(): void }) {
  const { id, title, colour, nodes, rect } = box;
  const run = useEditor((s) => s.run);
  const drag = useDrag(nodes, settle);
  return (
    <section
      className="area"
      aria-label={`Frame ${title}`}
      data-frame={id}
      style={
        {
          ...{ '--f': `var(--f-${colour})`, width: rect.width, height: rect.height },
          transform: `translate(${rect.x}px, ${rect.y}px)`,
        } as React.CSSProperties
      }
    >
      <header className="area-head nopan" {...drag}>
        <Grip box={box} />
        <Name
          label="Title of the frame"
          value={title}
          onChange={(to) => run(renameFrame, { id, title: to })}
        />
        <Tools box={box} />
      </header>
    </section>
  );
}

const selectNodes = (nodes: readonly string[]): void => useEditor.getState().select({ nodes });
const ARROW = /^Arrow/;

/** By keyboard: Enter selects the nodes, arrow keys move them. */
function Grip({ box: { title, nodes } }: { readonly box: FrameBox }) {
  const words = `Select the ${nodes.length === 1 ? 'node' : `${nodes.length} nodes`} of ${title || 'the frame'}`;
  const onKeyDown = (event: KeyboardEvent) => {
    // the canvas then moves what is selected
    if (ARROW.test(event.key)) selectNodes(nodes);
  };
  return (
    <button
      type="button"
      className="area-grip"
      aria-label={words}
      title={`${words}; drag to move them`}
      onKeyDown={onKeyDown}
      onClick={() => selectNodes(nodes)}
    >
      <Icon name="frame" size={12} />
    </button>
  );
}

function Tools({ box: { id, colour, title } }: { readonly box: FrameBox }) {
  const run = useEditor((s) => s.run);
  return (
    <span className="area-tools">
      {FRAME_COLOURS.map((c) => (
        <button
          type="button"
          key={c}
          className="area-colour"
          aria-label={`Colour ${c}`}
          aria-pressed={c === colour}
          title={c}
          style={{ '--f': `var(--f-${c})` } as React.CSSProperties}
          onClick={() => run(colourFrame, { id, colour: c })}
        />
      ))}
      <button
        type="button"
        className="area-grip"
        aria-label={`Remove the frame ${title}`}
        title="Remove the frame; its nodes stay"
        onClick={(e) => {
          e.currentTarget.closest<HTMLElement>('section[data-canvas]')?.focus({ preventScroll: true });
          run(deleteFrame, { id });
        }}
      >
        <Icon name="close" size={11} />
      </button>
    </span>
  );
}

interface Drag {
  readonly from: Point;
  readonly places: ReadonlyMap<string, Point>;
  moved: boolean;
}

/** Drags all nodes of a frame by its head, as React Flow drags one: held while it lasts, one step of undo at its end. */
function useDrag(nodes: readonly string[], settle: () => void) {
  const store = useStoreApi<FlowNode>();
  const drag = useRef<Drag | null>(null);
  const end = () => {
    const was = drag.current;
    drag.current = null;
    if (was?.moved) settle();
    else if (was) selectNodes(nodes);
  };
  return {
    onPointerDown(e: PointerEvent<HTMLElement>) {
      const control = (e.target as Element).closest('input, button');
      if (e.button !== 0 || (control && !control.matches('.area-grip:first-child'))) return;
      const { nodeLookup } = store.getState();
      const places = nodes.flatMap((id) => {
        const at = nodeLookup.get(id)?.position;
        return at ? [[id, at] as const] : [];
      });
      e.currentTarget.setPointerCapture(e.pointerId);
      drag.current = { from: { x: e.clientX, y: e.clientY }, places: new Map(places), moved: false };
    },
    onPointerMove(e: PointerEvent<HTMLElement>) {
      const now = drag.current;
      if (!now) return;
      const { transform, triggerNodeChanges } = store.getState();
      const by = {
        x: snap((e.clientX - now.from.x) / transform[2]),
        y: snap((e.clientY - now.from.y) / transform[2]),
      };
      now.moved ||= by.x !== 0 || by.y !== 0;
      if (!now.moved) return;
      triggerNodeChanges(
        [...now.places].map(([id, at]) => ({
          ...{ id, type: 'position' as const, dragging: true },
          position: { x: at.x + by.x, y: at.y + by.y },
        })),
      );
    },
    onPointerUp: end,
    onPointerCancel: end,
    // on the ground it would add a node
    onDoubleClick: (e: MouseEvent) => e.stopPropagation(),
  };
}
