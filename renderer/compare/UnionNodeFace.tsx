import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { OUT } from '../canvas/connection';
import { NODE_WIDTH, portX } from '../canvas/geometry';
import { categoryColour, Glyph } from '../ui/Glyph';
import { SIGNS } from './change-text';
import type { UnionNode } from './union-flow';

/** A node of one net or of both: a sign and the outline say which. */
export const UnionNodeFace = memo(function UnionNodeFace({ data, selected }: NodeProps<UnionNode>) {
  const { state, follows, composite, category } = data;
  const tone = [state, follows && 'follows', composite && 'block', selected && 'sel']
    .filter(Boolean)
    .join(' ');
  return (
    <div
      className={`node cmp-node ${tone}`}
      style={{ '--k': categoryColour(category) } as React.CSSProperties}
    >
      {state !== 'unchanged' && (
        <span className="cmp-sign" aria-hidden="true">
          {SIGNS[state]}
        </span>
      )}
      <div className="node-head">
        <Glyph category={category} />
        <span className="node-title">{data.title}</span>
      </div>
      <div className="node-words">
        <span className="node-detail" title={data.detail}>
          {data.detail}
        </span>
        <span className="node-shape">{data.shape}</span>
      </div>
      <Ends ports={data.ports} />
    </div>
  );
});

/** Where wires begin and end; they are not to be seen. */
function Ends({ ports }: { readonly ports: readonly string[] }) {
  const fixed = { className: 'port-inner', isConnectable: false };
  return (
    <>
      {ports.map((port, i) => (
        <Handle
          key={port}
          {...fixed}
          id={port}
          type="target"
          position={Position.Top}
          style={{ left: portX(i, ports.length, NODE_WIDTH) }}
        />
      ))}
      <Handle {...fixed} id={OUT} type="source" position={Position.Bottom} style={{ left: NODE_WIDTH / 2 }} />
    </>
  );
}
