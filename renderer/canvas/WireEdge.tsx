import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useCanvas } from './canvas-state';
import type { FlowWire } from './flow-types';
import { useGestures } from './gesture-state';
import { type WirePath, wirePath } from './wire-path';

/** A wire: as wide as its channels are many, with the shape that it carries. */
export const WireEdge = memo(function WireEdge({
  id,
  data,
  selected,
  sourceX,
  sourceY,
  targetX,
  targetY,
}: EdgeProps<FlowWire>) {
  const dropping = useCanvas((s) => s.dropWire === id);
  const cutting = useGestures((s) => s.cutting.has(id));
  const d = data!;
  const path = wirePath({
    from: { x: sourceX, y: sourceY },
    to: { x: targetX, y: targetY },
    source: { width: d.sourceWidth, height: d.sourceHeight },
    target: { width: d.targetWidth, height: d.targetHeight },
    ...{ side: d.side, lane: d.lane, stem: d.stem },
  });
  const tone = [
    ...[d.tone, selected && 'sel', dropping && 'dropping', d.changes && 'changes'],
    ...[d.bypassed && 'bypassed', cutting && 'cutting'],
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <g className={`wire ${tone}`}>
      <path className="react-flow__edge-interaction wire-hit" d={path.d} />
      <path className="wire-line" d={path.d} strokeWidth={d.stroke} />
      {d.tone === 'bad' ? (
        <BadSign at={path.middle} />
      ) : (
        d.shape !== '' && <Label path={path} shape={d.shape} />
      )}
    </g>
  );
});

/** JetBrains Mono at 10.5 pixels is 6.3 wide. */
const LETTER = 6.3;

function Label({ path: { middle, short }, shape }: { readonly path: WirePath; readonly shape: string }) {
  const width = shape.length * LETTER + 12;
  const x = short ? middle.x + 7 : middle.x - width / 2;
  return (
    <g className={`wire-label${short ? ' beside' : ''}`} transform={`translate(${x} ${middle.y - 9})`}>
      <rect width={width} height={18} rx={9} />
      <text x={width / 2} y={12.6}>
        {shape}
      </text>
    </g>
  );
}

function BadSign({ at }: { readonly at: WirePath['middle'] }) {
  return (
    <g className="wire-sign" transform={`translate(${at.x - 9} ${at.y - 9})`}>
      <rect width={18} height={18} rx={9} />
      <path d="M9 5v4.6M9 12.4v.2" />
    </g>
  );
}
