import { useEffect, useRef, useState } from 'react';
import { formatShort } from '../ui/format';
import { type Ball, layBalls, MARGIN, type PlacedBall } from './ball-layout';

interface BallChartProps {
  readonly balls: readonly Ball[];
  onOpen(ball: Ball): void;
}

/** Accuracy against cost, each net a ball as large as its parameters are many; a click opens the net. */
export function BallChart({ balls, onOpen }: BallChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const [pointed, setPointed] = useState<string>();
  const chart = layBalls(balls, width, height);
  const one = chart.balls.find((b) => b.id === pointed);
  return (
    <div className="balls" ref={box}>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture that holds buttons is no fieldset */}
      <svg width={width} height={height} role="group" aria-label="Accuracy against multiply-accumulates">
        <Axes chart={chart} width={width} height={height} />
        {chart.balls.map((b) => (
          <BallMark key={b.id} ball={b} onPoint={setPointed} onOpen={() => onOpen(b)} />
        ))}
        {chart.balls.map(
          (b) =>
            b.label && (
              <text key={b.id} className="balls-name" x={b.label.x} y={b.label.y} textAnchor={b.label.anchor}>
                {b.name}
              </text>
            ),
        )}
        <Legend sizes={chart.sizes} x={width - MARGIN.right} y={height - MARGIN.bottom} />
      </svg>
      {one && <Card ball={one} width={width} />}
    </div>
  );
}

function BallMark({
  ball: b,
  onPoint,
  onOpen,
}: {
  readonly ball: PlacedBall;
  onPoint(id?: string): void;
  onOpen(): void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a picture
    <circle
      className={b.own ? 'balls-ball own' : 'balls-ball'}
      cx={b.x}
      cy={b.y}
      r={b.r}
      role="button"
      tabIndex={0}
      aria-label={`${b.name}: ${b.accuracy.toFixed(1)} %, ${wordsOf(b)}. Open`}
      onPointerEnter={() => onPoint(b.id)}
      onPointerLeave={() => onPoint()}
      onFocus={() => onPoint(b.id)}
      onBlur={() => onPoint()}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen();
      }}
    />
  );
}

const wordsOf = (b: Ball): string => `${formatShort(b.macs)} MACs, ${formatShort(b.params)} parameters`;

function Card({ ball, width }: { readonly ball: PlacedBall; readonly width: number }) {
  const left = Math.min(ball.x + ball.r + 10, width - 210);
  return (
    <div className="balls-card" style={{ transform: `translate(${left}px, ${ball.y + 12}px)` }} aria-hidden>
      <b>{ball.name}</b>
      <span>
        {ball.accuracy.toFixed(2)} % top-1{ball.own ? ', own run' : ''}
      </span>
      <span>{wordsOf(ball)}</span>
    </div>
  );
}

interface AxesProps {
  readonly chart: ReturnType<typeof layBalls>;
  readonly width: number;
  readonly height: number;
}
function Axes({ chart, width, height }: AxesProps) {
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  return (
    <g className="balls-axes" aria-hidden>
      {chart.y.map(({ at, text }) => (
        <g key={text}>
          <line x1={MARGIN.left} x2={right} y1={at} y2={at} />
          <text x={MARGIN.left - 8} y={at + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {chart.x.map(({ at, text }) => (
        <g key={text}>
          <line x1={at} x2={at} y1={MARGIN.top} y2={bottom} />
          <text x={at} y={bottom + 18} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
      <text className="balls-title" x={(MARGIN.left + right) / 2} y={height - 8} textAnchor="middle">
        multiply-accumulates for one picture
      </text>
      <text
        className="balls-title"
        transform={`translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        top-1 accuracy
      </text>
    </g>
  );
}

interface LegendProps {
  readonly sizes: AxesProps['chart']['sizes'];
  readonly x: number;
  readonly y: number;
}
function Legend({ sizes, x, y }: LegendProps) {
  const largest = sizes.at(-1);
  if (!largest) return null;
  return (
    <g className="balls-legend" transform={`translate(${x - largest.r - 64} ${y - 8})`} aria-hidden>
      {sizes.map(({ params, r }, i) => (
        <g key={params}>
          <circle cx={0} cy={-r} r={r} />
          <text x={largest.r + 8} y={-i * 14}>
            {formatShort(params)}
          </text>
        </g>
      ))}
      <text x={-largest.r} y={-2 * largest.r - 8}>
        parameters
      </text>
    </g>
  );
}

function useSize(box: React.RefObject<HTMLDivElement | null>) {
  const [size, setSize] = useState({ width: 900, height: 480 });
  useEffect(() => {
    if (!box.current || typeof ResizeObserver === 'undefined') return;
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) setSize({ width, height });
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return size;
}
