import { useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useDeferredValue, useMemo } from 'react';
import { runCommand } from '../app/command-table';
import { categoryColour } from '../ui/Glyph';
import { Icon } from '../ui/Icon';
import type { Flow, FlowNode } from './flow-types';
import { boundsOf, type Rect } from './geometry';
import { LayoutBar } from './LayoutBar';

const SIDE = 112;
const MARGIN = 8;

/** The whole net in the corner with the part on screen, and the zoom. */
export function Overview({ flow }: { readonly flow: Flow }) {
  return (
    <div className="overview">
      <LayoutBar />
      <ZoomBar />
      {flow.nodes.length > 1 && <MiniMap flow={flow} />}
    </div>
  );
}

export function ZoomBar() {
  const percent = useStore((s) => Math.round(s.transform[2] * 100));
  return (
    <fieldset className="zoom-bar" aria-label="Zoom">
      <button
        type="button"
        aria-label="Zoom out"
        title="Zoom out"
        onClick={() => runCommand('view.zoom-out')}
      >
        <svg
          width="12"
          height="12"
          viewBox="0 0 16 16"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          aria-hidden="true"
        >
          <path d="M3.5 8h9" />
        </svg>
      </button>
      <button
        type="button"
        className="zoom-value"
        aria-label={`Zoom ${percent} percent, show the whole net`}
        title="Show the whole net (F)"
        onClick={() => runCommand('view.fit')}
      >
        {percent}%
      </button>
      <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => runCommand('view.zoom-in')}>
        <Icon name="plus" size={12} />
      </button>
    </fieldset>
  );
}

interface Scale {
  readonly by: number;
  readonly x: number;
  readonly y: number;
}

/** One path a colour, so that thousands of nodes cost little. */
function MiniMap({ flow }: { readonly flow: Flow }) {
  const { setCenter } = useReactFlow();
  const zoom = useStore((s) => s.transform[2]);
  // while nodes are dragged it may come a moment later
  const nodes = useDeferredValue(flow.nodes);
  const { scale, paths } = useMemo(() => draw(nodes), [nodes]);
  const go = (e: PointerEvent<HTMLElement>) => {
    if (e.buttons !== 1) return;
    const box = e.currentTarget.getBoundingClientRect();
    void setCenter((e.clientX - box.left - scale.x) / scale.by, (e.clientY - box.top - scale.y) / scale.by, {
      zoom,
    });
  };
  return (
    <div
      className="minimap"
      onPointerDown={go}
      onPointerMove={go}
      role="img"
      aria-label="Overview of the net"
      data-testid="minimap"
    >
      <svg width={SIDE} height={SIDE} aria-hidden="true">
        {paths.map(([colour, d, opacity]) => (
          <path key={`${colour} ${opacity}`} d={d} fill={colour} opacity={opacity} />
        ))}
      </svg>
      <Window scale={scale} />
    </div>
  );
}

function Window({ scale }: { readonly scale: Scale }) {
  const [x, y, zoom] = useStore((s) => s.transform);
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  const [left, top] = [(-x / zoom) * scale.by + scale.x, (-y / zoom) * scale.by + scale.y];
  const [right, bottom] = [left + (width / zoom) * scale.by, top + (height / zoom) * scale.by];
  const [x0, y0, x1, y1] = [
    Math.max(2, left),
    Math.max(2, top),
    Math.min(SIDE - 4, right),
    Math.min(SIDE - 4, bottom),
  ];
  // a layer of its own: while the view moves, the nodes are not painted again
  return (
    <span
      className="minimap-window"
      style={{
        transform: `translate(${x0}px, ${y0}px)`,
        width: Math.max(4, x1 - x0),
        height: Math.max(4, y1 - y0),
      }}
    />
  );
}

function draw(nodes: readonly FlowNode[]): {
  scale: Scale;
  paths: readonly (readonly [string, string, number])[];
} {
  const outer = nodes.filter((n) => n.parentId === undefined);
  const rects = outer.map((n) => ({
    node: n,
    rect: { ...n.position, width: n.width ?? 0, height: n.height ?? 0 },
  }));
  const bounds = boundsOf(rects.map((r) => r.rect));
  const room = SIDE - 2 * MARGIN;
  const by = Math.min(room / Math.max(1, bounds.width), room / Math.max(1, bounds.height), 0.25);
  const scale = {
    by,
    x: (SIDE - bounds.width * by) / 2 - bounds.x * by,
    y: (SIDE - bounds.height * by) / 2 - bounds.y * by,
  };
  const found = new Map<string, { colour: string; opacity: number; d: string }>();
  for (const { node, rect } of rects) {
    const colour =
      node.data.problem === 'error'
        ? 'var(--danger)'
        : node.data.composite
          ? categoryColour(node.data.category)
          : 'var(--text3)';
    const opacity = node.data.open ? 0.25 : node.data.composite ? 0.8 : 0.5;
    const key = `${colour} ${opacity}`;
    found.set(key, { colour, opacity, d: (found.get(key)?.d ?? '') + box(rect, scale) });
  }
  return { scale, paths: [...found.values()].map((p) => [p.colour, p.d, p.opacity] as const) };
}

const box = (r: Rect, { by, x, y }: Scale): string => {
  const n = (v: number) => v.toFixed(1);
  return `M${n(r.x * by + x)} ${n(r.y * by + y)}h${n(r.width * by)}v${n(Math.max(2, r.height * by))}h${n(-r.width * by)}z`;
};
