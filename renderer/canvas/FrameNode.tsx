import { Handle, type NodeProps } from '@xyflow/react';
import { toggleOpen } from '../../engine/graph/commands/document';
import { useEditor } from '../app/store';
import { NoteSign } from '../notes/NoteSign';
import { categoryColour, Glyph } from '../ui/Glyph';
import type { Direction } from './axis';
import { inPoint, outPoint, SIDES } from './ends';
import type { FaceData, FlowNode } from './flow-types';
import { Ports, ProblemSign } from './GraphNode';
import type { Point, Size } from './geometry';
import { end, start } from './handles';

/** A composite that stands open: a tinted frame around its inside, with its own ports on the line. */
export function FrameNode({ id, data, selected, width = 0, height = 0 }: NodeProps<FlowNode>) {
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
        direction={data.direction}
        width={width}
        height={height}
      />
      <InnerEnds ports={data.ports} direction={data.direction} size={{ width, height }} />
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

interface InnerProps {
  readonly ports: string;
  readonly direction: Direction;
  readonly size: Size;
}

/** Where the wires of the inside begin and end. */
function InnerEnds({ ports, direction, size }: InnerProps) {
  const names = ports === '' ? [] : ports.split(' ');
  const fixed = { isConnectable: false, className: 'port-inner' };
  const side = SIDES[direction];
  const style = (at: Point, corner: Point) => ({
    ...{ left: at.x + corner.x, top: at.y + corner.y },
    ...{ right: 'auto', bottom: 'auto', transform: 'none' },
  });
  return (
    <>
      {names.map((port, i) => (
        <Handle
          key={port}
          {...fixed}
          id={`in:${port}`}
          type="source"
          position={side.out}
          style={style(inPoint(i, names.length, size, direction), end(direction))}
        />
      ))}
      <Handle
        {...fixed}
        id="in:out"
        type="target"
        position={side.in}
        style={style(outPoint(size, direction), start(direction))}
      />
    </>
  );
}
