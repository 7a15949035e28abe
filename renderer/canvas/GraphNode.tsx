import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Problem } from '../../engine/analysis/problem';
import { toggleOpen } from '../../engine/graph/commands/document';
import { analysisOf, useEditor, usePartLater } from '../app/store';
import { NoteSign } from '../notes/NoteSign';
import { categoryColour, Glyph } from '../ui/Glyph';
import { Icon } from '../ui/Icon';
import type { Direction } from './axis';
import { OUT } from './connection';
import { inPoint, outPoint } from './ends';
import type { FaceData, FlowNode } from './flow-types';
import { NODE_SIZE } from './geometry';
import { Port } from './Port';

/** One component for every kind: what it shows comes from the kind's definition. */
export function GraphNode({ id, data, selected }: NodeProps<FlowNode>) {
  return <Face path={id} data={data} selected={selected} />;
}

interface FaceProps {
  readonly path: string;
  /** Kept by reference while the node looks the same, see reuse.ts. */
  readonly data: FaceData;
  readonly selected: boolean;
}

const Face = memo(function Face({ path, data, selected }: FaceProps) {
  const { category, composite, problem, inside, bypassed } = data;
  const tone = [
    ...[
      composite && !bypassed && 'block',
      selected && 'sel',
      problem && `has-${problem}`,
      inside && 'inside',
    ],
    bypassed && 'bypassed',
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={`node ${tone}`} style={{ '--k': categoryColour(category) } as React.CSSProperties}>
      <div className="node-head">
        <Glyph category={category} />
        <span className="node-title" title={data.title}>
          {data.title}
        </span>
        <NoteSign path={path} />
        {problem && <ProblemSign severity={problem} explanation={data.explanation} />}
        {bypassed && <span className="node-off">bypassed</span>}
        {composite && !bypassed && <OpenButton path={path} title={data.title} />}
      </div>
      <div className="node-words">
        <span className="node-detail" title={data.detail}>
          {data.detail}
        </span>
        <span className="node-shape">{data.shape}</span>
      </div>
      <CostBar path={path} />
      <Ports
        path={path}
        ports={data.ports}
        title={data.title}
        feeds={data.feeds}
        fixed={inside}
        direction={data.direction}
        {...NODE_SIZE}
      />
    </div>
  );
});

export function ProblemSign({
  severity,
  explanation,
}: {
  readonly severity: Problem['severity'];
  readonly explanation: string;
}) {
  return (
    <span className={`node-sign ${severity}`} title={explanation} data-testid="problem-sign">
      <Icon name={severity} size={14} />
    </span>
  );
}

function OpenButton({ path, title }: { readonly path: string; readonly title: string }) {
  const toggle = (event: React.MouseEvent) => {
    event.stopPropagation();
    useEditor.getState().run(toggleOpen, { path });
  };
  return (
    <button
      type="button"
      className="node-open nodrag"
      tabIndex={-1}
      aria-label={`Open ${title}`}
      title="Look inside (O)"
      onClick={toggle}
    >
      <Icon name="chevron" size={13} />
    </button>
  );
}

/** The node's share of all multiply-accumulates. It reads its own share: one edit changes those of all nodes. */
function CostBar({ path }: { readonly path: string }) {
  const percent = usePartLater(
    (doc) => Math.round((analysisOf(doc).nodes.get(path)?.share ?? 0) * 1000) / 10,
  );
  if (percent === 0) return null;
  return (
    <i className="node-cost" aria-hidden="true">
      <b style={{ width: `${Math.max(2, percent)}%` }} />
    </i>
  );
}

interface PortsProps {
  readonly path: string;
  readonly ports: string;
  readonly title: string;
  readonly feeds: boolean;
  readonly fixed: boolean;
  readonly width: number;
  readonly height: number;
  readonly direction: Direction;
}

export const Ports = memo(function Ports(props: PortsProps) {
  const { path, ports, title, feeds, fixed, direction } = props;
  const names = ports === '' ? [] : ports.split(' ');
  return (
    <>
      {names.map((port, i) => (
        <Port
          key={port}
          path={path}
          port={port}
          type="target"
          {...inPoint(i, names.length, props, direction)}
          direction={direction}
          label={names.length > 1 ? `Input ${port} of ${title}` : `Input of ${title}`}
          fixed={fixed}
        />
      ))}
      {feeds && (
        <Port
          path={path}
          port={OUT}
          type="source"
          {...outPoint(props, direction)}
          direction={direction}
          label={`Output of ${title}`}
          fixed={fixed}
        />
      )}
    </>
  );
});
