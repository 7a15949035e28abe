import { useEffect, useMemo, useRef, useState } from 'react';
import type { GraphDiff, NodeDiff } from '../../engine/analysis/diff';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '../canvas/geometry';
import { cut } from '../picture/text';
import { unionOf } from './union';
import { changeWords, SIGNS } from './words';

interface DiffPictureProps {
  readonly diff: GraphDiff;
  readonly chosen: NodeDiff | null;
  onChoose(node: NodeDiff): void;
}

/** Both nets on one canvas. A drag moves it, the wheel zooms. */
export function DiffPicture({ diff, chosen, onChoose }: DiffPictureProps) {
  const union = useMemo(() => unionOf(diff), [diff]);
  const { box, view, handlers } = useView(
    union.nodes.map((n) => n.at),
    union.nodes.find((n) => n.diff === chosen)?.at,
  );
  return (
    <div className="gdiff-canvas" ref={box} {...handlers}>
      <svg width="100%" height="100%" role="img" aria-label="Both nets on one canvas">
        <g transform={`translate(${view.x} ${view.y}) scale(${view.zoom})`}>
          {union.wires.map((w) => (
            <path key={w.id} className={`gdiff-wire ${w.kind}`} d={curve(w.from, w.to)} />
          ))}
          {union.nodes.map(({ id, diff: d, at }) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list beside it has every node by keyboard
            <g
              key={id}
              className={`gdiff-node ${d.kind}${d === chosen ? ' sel' : ''}`}
              transform={`translate(${at.x} ${at.y})`}
              onClick={() => onChoose(d)}
            >
              <rect width={NODE_WIDTH} height={NODE_HEIGHT} rx={8} />
              <text className="gdiff-sign" x={12} y={23}>
                {SIGNS[d.kind]}
              </text>
              <text className="gdiff-title" x={28} y={23}>
                {cut((d.after ?? d.before)!.title, 21)}
              </text>
              <text className="gdiff-detail" x={12} y={43}>
                {cut(changeWords(d) || (d.after ?? d.before)!.detail, 28)}
              </text>
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

function curve(from: Point, to: Point): string {
  const [a, b] = [
    { x: from.x + NODE_WIDTH / 2, y: from.y + NODE_HEIGHT },
    { x: to.x + NODE_WIDTH / 2, y: to.y },
  ];
  const bend = Math.max(24, Math.abs(b.y - a.y) / 2);
  return `M${a.x} ${a.y}C${a.x} ${a.y + bend} ${b.x} ${b.y - bend} ${b.x} ${b.y}`;
}

const MARGIN = 32;
const LEAST = 0.1;
const MOST = 1.6;

/** The part that is seen: all of it at first, then what the user moves it to, or the node that was chosen. */
function useView(places: readonly Point[], chosen: Point | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ x: MARGIN, y: MARGIN, zoom: 1 });
  const count = places.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is fitted once a picture, not at every edit
  useEffect(() => {
    const { clientWidth: w = 900, clientHeight: h = 500 } = box.current ?? {};
    const [x0, y0] = [Math.min(...places.map((p) => p.x)), Math.min(...places.map((p) => p.y))];
    const [x1, y1] = [
      Math.max(...places.map((p) => p.x)) + NODE_WIDTH,
      Math.max(...places.map((p) => p.y)) + NODE_HEIGHT,
    ];
    const fit = Math.min((w - 2 * MARGIN) / (x1 - x0), (h - 2 * MARGIN) / (y1 - y0), 1);
    const zoom = Math.max(LEAST, Number.isFinite(fit) && fit > 0 ? fit : 1);
    setView({ zoom, x: (w - (x1 - x0) * zoom) / 2 - x0 * zoom, y: MARGIN - y0 * zoom });
  }, [count]);
  useEffect(() => {
    if (!chosen || !box.current) return;
    const { clientWidth: w, clientHeight: h } = box.current;
    setView((v) => {
      const zoom = Math.max(v.zoom, 0.6);
      return {
        zoom,
        x: w / 2 - (chosen.x + NODE_WIDTH / 2) * zoom,
        y: h / 2 - (chosen.y + NODE_HEIGHT / 2) * zoom,
      };
    });
  }, [chosen]);
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = el.getBoundingClientRect();
      const [px, py] = [event.clientX - left, event.clientY - top];
      setView((v) => {
        const zoom = Math.min(MOST, Math.max(LEAST, v.zoom * Math.exp(-event.deltaY / 500)));
        const k = zoom / v.zoom;
        return { zoom, x: px - (px - v.x) * k, y: py - (py - v.y) * k };
      });
    };
    el.addEventListener('wheel', onWheel, { passive: false });
    return () => el.removeEventListener('wheel', onWheel);
  }, []);
  const onPointerMove = (event: React.PointerEvent) => {
    if (event.buttons !== 1) return;
    setView((v) => ({ ...v, x: v.x + event.movementX, y: v.y + event.movementY }));
  };
  return { box, view, handlers: { onPointerMove } };
}
