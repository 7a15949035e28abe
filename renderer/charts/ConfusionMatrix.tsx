import { worstMistakes } from '../../engine/analysis/class-report';
import './charts.css';
import { type KeyboardEvent, useId, useState } from 'react';
import { ConfusionTable } from './ConfusionTable';
import { type Cell, cellStrength, describeCell, moveCell } from './confusion';

interface ConfusionMatrixProps {
  /** Row: true class, column: predicted class, entry: pictures. */
  readonly matrix: readonly (readonly number[])[];
  readonly names: readonly string[];
  /** Small, for the dock. */
  readonly compact?: boolean;
}

/** Heat map of what was taken for what. Blue: right. Second colour: mistakes, beside the worst one. */
export function ConfusionMatrix({ matrix, names, compact = false }: ConfusionMatrixProps) {
  const [cell, setCell] = useState<Cell | null>(null);
  const [table, setTable] = useState(false);
  const worst = worstMistakes(matrix, 1)[0];
  const hint = worst ? `Worst: ${describeCell(matrix, names, worst)}` : 'No mistakes';
  const told = cell ? describeCell(matrix, names, cell) : hint;

  return (
    <figure className={compact ? 'confusion compact' : 'confusion'} data-testid="confusion-matrix">
      <figcaption className="curve-head">
        <b>Confusion</b>
        <span className="confusion-told" title={hint} aria-live={compact ? 'off' : 'polite'}>
          {compact ? hint : told}
        </span>
        {!compact && (
          <button type="button" className="link" aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? 'Show as picture' : 'Show as table'}
          </button>
        )}
      </figcaption>
      {compact && cell && (
        <div className="curve-tip" role="status">
          {told}
        </div>
      )}
      {table ? (
        <ConfusionTable matrix={matrix} names={names} />
      ) : (
        <HeatMap {...{ matrix, names, compact, cell, setCell }} />
      )}
    </figure>
  );
}

interface Geometry {
  readonly cell: number;
  readonly left: number;
  readonly bottom: number;
  readonly slanted: boolean;
}

function geometry(names: readonly string[], compact: boolean): Geometry {
  const n = Math.max(1, names.length);
  const cell = compact ? Math.max(1.5, Math.min(13, 126 / n)) : Math.max(5, Math.min(36, 380 / n));
  const longest = Math.max(...names.map((s) => s.length), 1);
  const labelled = cell >= 9;
  const slanted = longest > 2 && !compact;
  const left = labelled ? Math.min(compact ? 62 : 96, longest * 6 + 4) + 14 : 16;
  return {
    cell,
    left,
    slanted,
    bottom: (labelled ? (slanted ? Math.min(72, longest * 4.6 + 8) : 12) : 2) + 12,
  };
}

interface HeatMapProps extends Required<ConfusionMatrixProps> {
  readonly cell: Cell | null;
  readonly setCell: (cell: Cell | null) => void;
}
function HeatMap({ matrix, names, compact, cell, setCell }: HeatMapProps) {
  const g = geometry(names, compact);
  const n = matrix.length;
  const side = g.cell * n;
  const title = useId();

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveCell(cell ?? { truth: 0, predicted: -1 }, event.key, n);
    if (!next) return;
    event.preventDefault();
    setCell({ ...next, predicted: Math.max(0, next.predicted) });
  };
  return (
    <svg
      role="img"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the cells
      tabIndex={0}
      aria-labelledby={title}
      width={g.left + side + 2}
      height={side + g.bottom + 2}
      viewBox={`0 0 ${g.left + side + 2} ${side + g.bottom + 2}`}
      preserveAspectRatio="xMinYMin"
      onKeyDown={onKeyDown}
      onBlur={() => setCell(null)}
      onPointerLeave={() => setCell(null)}
    >
      <title id={title}>
        Confusion matrix of {n} classes, rows true, columns predicted. Arrow keys walk through its cells.
      </title>
      <g transform={`translate(${g.left} 1)`}>
        <rect className="confusion-ground" width={side} height={side} />
        <Cells {...{ matrix, size: g.cell, setCell }} />
        {cell && (
          <g className="confusion-cross">
            <rect x={0} y={cell.truth * g.cell} width={side} height={g.cell} />
            <rect x={cell.predicted * g.cell} y={0} width={g.cell} height={side} />
            <rect
              className="at"
              x={cell.predicted * g.cell}
              y={cell.truth * g.cell}
              width={g.cell}
              height={g.cell}
            />
          </g>
        )}
        <AxisLabels {...{ names, g, side, cell }} />
      </g>
    </svg>
  );
}

const GAP = 1;
function Cells({
  matrix,
  size,
  setCell,
}: {
  matrix: HeatMapProps['matrix'];
  size: number;
  setCell: (c: Cell) => void;
}) {
  const strength = cellStrength(matrix);
  const gap = size > 6 ? GAP : 0;
  return matrix.map((row, truth) =>
    row.map((count, predicted) => {
      const alpha = strength[truth]![predicted]!;
      const right = truth === predicted;
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its row and column
        <g key={`${truth}-${predicted}`} onPointerEnter={() => setCell({ truth, predicted })}>
          <rect className="confusion-hit" x={predicted * size} y={truth * size} width={size} height={size} />
          {count > 0 && (
            <rect
              className={right ? 'confusion-right' : 'confusion-wrong'}
              x={predicted * size + gap / 2}
              y={truth * size + gap / 2}
              width={size - gap}
              height={size - gap}
              rx={size > 12 ? 2 : 0}
              opacity={right ? 0.15 + 0.8 * alpha ** 2 : 0.08 + 0.72 * alpha}
            />
          )}
          {size >= 26 && count > 0 && (
            <text
              className={right ? 'confusion-count on' : 'confusion-count'}
              x={(predicted + 0.5) * size}
              y={(truth + 0.5) * size + 3.5}
            >
              {count}
            </text>
          )}
        </g>
      );
    }),
  );
}

function AxisLabels({
  names,
  g,
  side,
  cell,
}: {
  names: readonly string[];
  g: Geometry;
  side: number;
  cell: Cell | null;
}) {
  const labelled = g.cell >= 9;
  const most = g.slanted ? 14 : g.left > 60 ? 10 : 12;
  return (
    <g className="confusion-axis">
      {labelled &&
        names.map((name, i) => (
          <g key={name}>
            <text className={cell?.truth === i ? 'row on' : 'row'} x={-5} y={(i + 0.5) * g.cell + 3.5}>
              {shorten(name, most)}
            </text>
            {g.slanted ? (
              <text
                className={cell?.predicted === i ? 'slant on' : 'slant'}
                transform={`translate(${(i + 0.5) * g.cell + 3} ${side + 9}) rotate(-42)`}
              >
                {shorten(name, most)}
              </text>
            ) : (
              <text
                className={cell?.predicted === i ? 'column on' : 'column'}
                x={(i + 0.5) * g.cell}
                y={side + 11}
              >
                {name.length > 2 ? i : name}
              </text>
            )}
          </g>
        ))}
      <text className="column name" x={side / 2} y={side + g.bottom - 1}>
        predicted
      </text>
      <text className="column name" transform={`translate(${-g.left + 9} ${side / 2}) rotate(-90)`}>
        true
      </text>
    </g>
  );
}

const shorten = (name: string, most: number): string =>
  name.length > most ? `${name.slice(0, most - 1)}…` : name;
