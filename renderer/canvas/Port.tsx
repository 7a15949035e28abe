import { Handle } from '@xyflow/react';
import { memo } from 'react';
import { usePartLater } from '../app/store';
import type { Direction } from './axis';
import { useCanvas } from './canvas-state';
import { portKey } from './connection';
import { SIDES } from './ends';
import { portWords } from './port-words';

interface PortProps {
  readonly path: string;
  readonly port: string;
  readonly type: 'source' | 'target';
  /** Pixels from the node's top left corner. */
  readonly x: number;
  readonly y: number;
  readonly direction: Direction;
  readonly label: string;
  /** Ports of nodes inside a block show where wires go and take none. */
  readonly fixed: boolean;
}

/** Where a wire begins or ends. While a wire is drawn it shows whether it would take it. */
export const Port = memo(function Port({ path, port, type, x, y, direction, label, fixed }: PortProps) {
  const state = useCanvas((s) => {
    if (!s.drawing) return '';
    if (s.drawing.from.node === path && s.drawing.from.port === port) return 'from';
    const verdict = s.drawing.verdicts.get(portKey({ node: path, port }));
    return verdict === undefined ? 'off' : verdict === null ? 'fits' : 'misfit';
  });
  const words = usePartLater((doc) => portWords(doc, path, port));
  return (
    <Handle
      id={port}
      type={type}
      position={SIDES[direction][type === 'source' ? 'out' : 'in']}
      isConnectable={!fixed}
      className={`port ${state}`}
      style={direction === 'down' ? { left: x } : { top: y }}
      role="img"
      aria-label={`${label}${words}`}
      data-testid={`port-${path}-${port}`}
    />
  );
});
