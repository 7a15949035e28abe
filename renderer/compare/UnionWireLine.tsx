import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { NODE_SIZE } from '../canvas/geometry';
import { wirePath } from '../canvas/wire-path';
import { SIGNS } from './change-text';
import type { UnionWire } from './union-flow';

/** A wire of one net, with its sign, or of both. */
export const UnionWireLine = memo(function UnionWireLine({
  data,
  sourceX,
  sourceY,
  targetX,
  targetY,
}: EdgeProps<UnionWire>) {
  const { state, stroke, side, lane } = data!;
  const { d, middle } = wirePath({
    from: { x: sourceX, y: sourceY },
    to: { x: targetX, y: targetY },
    ...{ source: NODE_SIZE, target: NODE_SIZE, side, lane },
  });
  return (
    <g className={`cmp-wire ${state}`}>
      <path d={d} strokeWidth={stroke} />
      {state !== 'unchanged' && (
        <g transform={`translate(${middle.x} ${middle.y})`}>
          <circle r={7} />
          <text y={3.5}>{SIGNS[state]}</text>
        </g>
      )}
    </g>
  );
});
