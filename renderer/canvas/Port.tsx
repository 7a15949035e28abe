import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import { useEditor } from '../app/store';
import { useCanvas } from './canvas-state';
import { portKey } from './connection';
import { portWords } from './port-words';

interface PortProps {
  readonly path: string;
  readonly port: string;
  readonly type: 'source' | 'target';
  /** Pixels from the left edge of the node. */
  readonly x: number;
  readonly label: string;
  /** Ports of nodes inside a block show where wires go and take none. */
  readonly fixed: boolean;
}

/** Where a wire begins or ends. While a wire is drawn it shows whether it would take it. */
export const Port = memo(function Port({ path, port, type, x, label, fixed }: PortProps) {
  const state = useCanvas((s) => {
    if (!s.drawing) return '';
    if (s.drawing.from.node === path && s.drawing.from.port === port) return 'from';
    const verdict = s.drawing.verdicts.get(portKey({ node: path, port }));
    return verdict === undefined ? 'off' : verdict === null ? 'fits' : 'misfit';
  });
  const words = useEditor((s) => portWords(s.history.present, path, port));
  return (
    <Handle
      id={port}
      type={type}
      position={type === 'source' ? Position.Bottom : Position.Top}
      isConnectable={!fixed}
      className={`port ${state}`}
      style={{ left: x }}
      role="img"
      aria-label={`${label}${words}`}
      data-testid={`port-${path}-${port}`}
    />
  );
});
