import type { ConnectionLineComponentProps } from '@xyflow/react';
import { useCanvas } from './canvas-state';
import { OUT } from './connection';
import type { FlowNode } from './flow-types';
import { NODE_SIZE } from './geometry';
import { useFaultAhead } from './use-fault-ahead';
import { wirePath } from './wire-path';

const POINT = { width: 0, height: 0 };

/** The wire in the hand: accent where it would work, dashed over what does not take it. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromNode }: ConnectionLineComponentProps<FlowNode>) {
  const outwards = useCanvas((s) => s.drawing?.from.port === OUT);
  const fault = useFaultAhead();
  const [start, end] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ];
  const own = { width: fromNode.width ?? NODE_SIZE.width, height: fromNode.height ?? NODE_SIZE.height };
  const { direction } = fromNode.data;
  const { d } = outwards
    ? wirePath({ from: start, to: end, source: own, target: POINT, side: false, direction })
    : wirePath({ from: end, to: start, source: POINT, target: own, side: false, direction });
  return (
    <g className={`wire drawing ${fault ? 'bad' : 'hot'}`}>
      <path className="wire-line" d={d} strokeWidth={2} />
      <circle cx={toX} cy={toY} r={3.5} />
    </g>
  );
}
