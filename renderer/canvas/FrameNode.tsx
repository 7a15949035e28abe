import { Handle, type NodeProps, Position } from '@xyflow/react';
import { toggleOpen } from '../../engine/graph/commands/document';
import { useEditor } from '../app/store';
import { NoteSign } from '../notes/NoteSign';
import { categoryColour, Glyph } from '../ui/Glyph';
import type { FaceData, FlowNode } from './flow-types';
import { Ports, ProblemSign } from './GraphNode';
import { portX } from './geometry';

/** A composite that stands open: a tinted frame around its inside, with its own ports on the line. */
export function FrameNode({ id, data, selected, width = 0 }: NodeProps<FlowNode>) {
  const tone = [selected && 'sel', data.problem && `has-${data.problem}`].filter(Boolean).join(' ');
  const colour = { '--k': categoryColour(data.category) } as React.CSSProperties;
  return (
    <div className={`frame ${tone}`} style={colour}>
      <FrameHead path={id} data={data} roomy={width >= ROOMY} />
      <Ports
        path={id}
        ports={data.ports}
        title={data.title}
        feeds={data.feeds}
        fixed={data.inside}
        width={width}
      />
      <InnerEnds ports={data.ports} width={width} />
    </div>
  );
}

/** From this width on, in pixels, the left half of the head holds the parameters beside the name. */
const ROOMY = 340;
interface HeadProps {
  readonly path: string;
  readonly data: FaceData;
  readonly roomy: boolean;
}

function FrameHead({ path, data, roomy }: HeadProps) {
  const fold = () => useEditor.getState().run(toggleOpen, { path });
  return (
    <div className="frame-head">
      <span className="frame-name">
        <Glyph category={data.category} size={13} />
        <span className="frame-title" title={data.title}>
          {data.title}
        </span>
        <NoteSign path={path} />
        {data.problem && <ProblemSign severity={data.problem} explanation={data.explanation} />}
        {roomy && (
          <span className="frame-detail" title={data.detail}>
            {data.detail}
          </span>
        )}
      </span>
      <span className="frame-shape">{data.shape}</span>
      <button
        type="button"
        className="frame-fold nodrag"
        aria-label={`Fold ${data.title}`}
        title="Fold (O)"
        onClick={fold}
      >
        Fold
      </button>
    </div>
  );
}

/** Where the wires of the inside begin and end. */
function InnerEnds({ ports, width }: { readonly ports: string; readonly width: number }) {
  const names = ports === '' ? [] : ports.split(' ');
  const fixed = { isConnectable: false, className: 'port-inner' };
  return (
    <>
      {names.map((port, i) => (
        <Handle
          key={port}
          {...fixed}
          id={`in:${port}`}
          type="source"
          position={Position.Bottom}
          style={{ left: portX(i, names.length, width), top: 0 }}
        />
      ))}
      <Handle
        {...fixed}
        id="in:out"
        type="target"
        position={Position.Top}
        style={{ left: width / 2, top: 'auto', bottom: 0 }}
      />
    </>
  );
}
