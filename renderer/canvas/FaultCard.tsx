import { useStore } from '@xyflow/react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../engine/analysis/problem';
import { useEditor } from '../app/store';
import { RepairButton } from '../problems/RepairButton';
import { priceInWords, priceOf, useShapeRepairs } from '../problems/Repairs';
import { Icon } from '../ui/Icon';
import { canvas, useCanvas } from './canvas-state';
import { besideNode, middleOfWire } from './flow-places';
import type { Flow } from './flow-types';
import type { Point } from './geometry';

const WIDTH = 300;
const MOST = 3;

interface Subject {
  readonly node: string | undefined;
  readonly wire: string | undefined;
  readonly problems: readonly Problem[];
  /** Pixels of the canvas at zoom 1; the card stands to the right of it. */
  readonly at: Point;
}

/** What is wrong with the selected node or wire, or the one under the pointer, beside it, with what mends it. */
export function FaultCard({ flow }: { readonly flow: Flow }) {
  const subject = useSubject(flow);
  return subject ? <Card key={`${subject.node} ${subject.wire}`} {...subject} /> : null;
}

function Card({ node, wire, problems, at }: Subject) {
  const [x, y, zoom] = useStore((s) => s.transform);
  const width = useStore((s) => s.width);
  const room = useStore((s) => s.height);
  const card = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(150);
  useLayoutEffect(() => setHeight(card.current?.offsetHeight ?? 150), []);
  const left = at.x * zoom + x + 14;
  const place = {
    x: Math.max(8, Math.min(left, width - WIDTH - 8)),
    y: Math.max(8, Math.min(at.y * zoom + y - 20, room - height - 70)),
  };
  return (
    // the pointer on the card keeps it: without that its buttons could not be reached
    <section
      ref={card}
      className={`fault-card ${problems[0]!.severity}`}
      aria-label="What is wrong"
      style={{ transform: `translate(${place.x}px, ${place.y}px)` }}
      onPointerEnter={() => canvas().set({ hover: { node, wire } })}
      onPointerLeave={() => canvas().set({ hover: null })}
      data-testid="fault-card"
    >
      {problems.map((p) => (
        <Explanation key={`${p.code} ${p.place.param ?? ''} ${p.place.port ?? ''}`} problem={p} />
      ))}
    </section>
  );
}

function Explanation({ problem }: { readonly problem: Problem }) {
  const priced = useShapeRepairs(problem);
  return (
    <div className="fault">
      <b>
        <Icon name={problem.severity} size={13} />
        {problem.what}
      </b>
      <p>
        {problem.why} <span className="fault-remedy">{problem.remedy}</span>
      </p>
      <div className="fault-fixes">
        {priced.map((r) => (
          <RepairButton key={r.label} title={priceInWords(r)} repair={r}>
            {r.label}
            <em>{priceOf(r)}</em>
          </RepairButton>
        ))}
        {problem.repairs.map((r) => (
          <RepairButton key={r.label} repair={r}>
            {r.label}
          </RepairButton>
        ))}
      </div>
    </div>
  );
}

/** What the card speaks of: what the pointer has rested on for a moment, else the one selected thing. */
function useSubject(flow: Flow): Subject | null {
  const { nodes, edges } = useEditor((s) => s.selection);
  const hover = useRested();
  const busy = useCanvas((s) => s.drawing !== null || s.popup !== null);
  return useMemo(() => {
    if (busy) return null;
    const one = nodes.length + edges.length === 1 ? { node: nodes[0], wire: edges[0] } : null;
    for (const subject of [hover, one]) {
      if (!subject) continue;
      const { node, wire } = subject;
      const mark = node === undefined ? flow.marks.wires.get(wire ?? '') : flow.marks.nodes.get(node);
      const at = node === undefined ? middleOfWire(flow, wire) : besideNode(flow, node);
      const loud = subject === hover || mark?.problems.some(asks);
      if (mark && at && loud) return { node, wire, problems: mark.problems.slice(0, MOST), at };
    }
    return null;
  }, [busy, nodes, edges, hover, flow]);
}

/** Whether a selection alone calls for the card. While a net is drawn, ends are loose: that is said on hovering. */
const asks = (p: Problem): boolean => p.severity === 'error' && p.code !== 'node/unconnected';

/** What the pointer rests on: after a moment, and for a moment longer, so that the card can be reached. */
function useRested() {
  const hover = useCanvas((s) => s.hover);
  const [rested, setRested] = useState(hover);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(hover), hover ? 400 : 350);
    return () => window.clearTimeout(timer);
  }, [hover]);
  return rested;
}
