/** A net in the chart: accuracy against cost, its parameters as the area of a ball. */
export interface Ball {
  readonly id: string;
  readonly name: string;
  /** In percent, of the top class. */
  readonly accuracy: number;
  readonly macs: number;
  readonly params: number;
  readonly own: boolean;
}
export interface PlacedBall extends Ball {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  /** Where the name stands; left out where it would lie on another. */
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' } | null;
}
export interface Tick {
  readonly at: number;
  readonly text: string;
}
export interface BallChartLayout {
  readonly balls: readonly PlacedBall[];
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  /** Radius by parameters, for the legend. */
  readonly sizes: readonly { readonly params: number; readonly r: number }[];
}

export const MARGIN = { left: 56, right: 24, top: 20, bottom: 44 };
const LARGEST = 34;
const LEAST = 3;
/** Of 11 pixel letters. */
const LETTER = 6.2;
const LINE = 13;

/**
 * Accuracy against multiply-accumulates (logarithmic), ball area by parameters, largest first so that small ones lie on top.
 *
 * @see Bianco, Cadene, Celona, Napoletano. Benchmark Analysis of Representative Deep Neural Network Architectures. 2018.
 *   arXiv:1810.00736, figure 1
 */
export function layBalls(balls: readonly Ball[], width: number, height: number): BallChartLayout {
  if (balls.length === 0) return { balls: [], x: [], y: [], sizes: [] };
  const [lowX, highX] = padded(
    balls.map((b) => Math.log10(b.macs)),
    0.08,
  );
  const [lowY, highY] = padded(
    balls.map((b) => b.accuracy),
    0.12,
  );
  const inner = { w: width - MARGIN.left - MARGIN.right, h: height - MARGIN.top - MARGIN.bottom };
  const xOf = (macs: number) => MARGIN.left + (inner.w * (Math.log10(macs) - lowX)) / (highX - lowX);
  const yOf = (accuracy: number) => MARGIN.top + (inner.h * (highY - accuracy)) / (highY - lowY);
  const most = Math.max(...balls.map((b) => b.params));
  const rOf = (params: number) => Math.max(LEAST, LARGEST * Math.sqrt(params / most));
  const placed = [...balls]
    .sort((a, b) => b.params - a.params || a.id.localeCompare(b.id))
    .map((b) => ({ ...b, x: xOf(b.macs), y: yOf(b.accuracy), r: rOf(b.params), label: null }));
  return {
    balls: withLabels(placed, width),
    x: decades(lowX, highX).map((macs) => ({ at: xOf(macs), text: short(macs) })),
    y: steps(lowY, highY).map((v) => ({ at: yOf(v), text: `${v} %` })),
    sizes: sizesBelow(most).map((params) => ({ params, r: rOf(params) })),
  };
}

function padded(values: readonly number[], share: number): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * share, 0.15);
  return [low - room, high + room];
}

/** 1, 2 and 5 of each power of ten. */
function decades(low: number, high: number): readonly number[] {
  const found: number[] = [];
  const parts = high - low > 2.5 ? [1] : [1, 2, 5];
  for (let e = Math.floor(low); e <= high; e++)
    for (const part of parts) {
      const log = e + Math.log10(part);
      if (log >= low && log <= high) found.push(part * 10 ** e);
    }
  return found;
}

function steps(low: number, high: number): readonly number[] {
  const step = [0.5, 1, 2, 5, 10, 20].find((s) => (high - low) / s <= 7) ?? 20;
  const found: number[] = [];
  for (let v = Math.ceil(low / step) * step; v <= high; v += step) found.push(Number(v.toFixed(1)));
  return found;
}

const short = (n: number): string =>
  n >= 1e9 ? `${n / 1e9} G` : n >= 1e6 ? `${n / 1e6} M` : n >= 1e3 ? `${n / 1e3} k` : String(n);

const sizesBelow = (most: number): readonly number[] =>
  [1e5, 1e6, 5e6, 25e6, 100e6].filter((n) => n <= most).slice(-3);

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
}

/** Names beside their balls, the small ones first: theirs are the hardest to tell. */
function withLabels(balls: readonly PlacedBall[], width: number): readonly PlacedBall[] {
  const taken: Box[] = [];
  const labels = new Map<string, PlacedBall['label']>();
  for (const b of [...balls].reverse()) {
    const w = b.name.length * LETTER;
    const right = { x: b.x + b.r + 4, y: b.y, w };
    const left = { x: b.x - b.r - 4 - w, y: b.y, w };
    const fits = (box: Box) =>
      box.x > MARGIN.left && box.x + box.w < width && !taken.some((t) => overlap(t, box));
    const box = [right, left].find(fits);
    if (!box) continue;
    taken.push(box);
    labels.set(
      b.id,
      box === right
        ? { x: right.x, y: b.y + 4, anchor: 'start' }
        : { x: left.x + w, y: b.y + 4, anchor: 'end' },
    );
  }
  return balls.map((b) => ({ ...b, label: labels.get(b.id) ?? null }));
}

const overlap = (a: Box, b: Box): boolean =>
  Math.abs(a.y - b.y) < LINE && a.x < b.x + b.w + 4 && b.x < a.x + a.w + 4;
