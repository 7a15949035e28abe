import { useStore, ViewportPortal } from '@xyflow/react';
import { analysisOf, useDocument } from '../app/store';
import { Glyph } from '../ui/Glyph';
import { NODE_HEIGHT, NODE_WIDTH } from './geometry';
import { type Tool, useGestures } from './gesture-state';
import './gestures.css';

/** What shows of a gesture in progress: its stroke, what to do with a tool, and copies on their way. */
export function GestureLayer() {
  return (
    <>
      <Stroke />
      <Copies />
      <ToolHint />
    </>
  );
}

function Stroke() {
  const stroke = useGestures((s) => s.stroke);
  const box = useStore((s) => s.domNode);
  if (!stroke || !box) return null;
  const { left, top } = box.getBoundingClientRect();
  const points = stroke.points.map((p) => `${p.x - left},${p.y - top}`).join(' ');
  return (
    <svg className={`stroke ${stroke.tool}`} aria-hidden="true" data-testid="stroke">
      {stroke.tool === 'lasso' ? <polygon points={points} /> : <polyline points={points} />}
    </svg>
  );
}

/** The nodes that a drag with Alt would add. */
function Copies() {
  const copies = useGestures((s) => s.copies);
  const doc = useDocument();
  if (copies.size === 0) return null;
  return (
    <ViewportPortal>
      {[...copies].map(([id, { x, y }]) => {
        const instance = analysisOf(doc).nodes.get(id)?.instance;
        const style = { transform: `translate(${x}px, ${y}px)`, width: NODE_WIDTH, height: NODE_HEIGHT };
        return (
          <div key={id} className="copy-ahead" style={style} aria-hidden="true" data-testid="copy-ahead">
            <Glyph category={instance?.def?.category} />
            <span>{instance?.title ?? id}</span>
          </div>
        );
      })}
    </ViewportPortal>
  );
}

const HINTS: Readonly<Record<Tool, string>> = {
  lasso: 'Draw a loop around nodes to select them.',
  cut: 'Draw a stroke across wires to cut them.',
};

function ToolHint() {
  const tool = useGestures((s) => s.tool ?? s.stroke?.tool);
  const drawing = useGestures((s) => s.stroke !== null);
  const cutting = useGestures((s) => s.cutting.size);
  if (!tool) return null;
  const wires = `${cutting} ${cutting === 1 ? 'wire' : 'wires'} will be cut.`;
  return (
    <p className="tool-hint" role="status" data-testid="tool-hint">
      {drawing && tool === 'cut' && cutting > 0 ? wires : HINTS[tool]} <kbd>Esc</kbd> cancels.
    </p>
  );
}
