import type { FarModel, FarNode } from './far-model';
import type { Rect } from './geometry';

export type Transform = readonly [x: number, y: number, zoom: number];
type Pen = CanvasRenderingContext2D;
/** The value of a colour token. */
export type Colour = (name: string) => string;

/** Names of blocks are painted where they come out at least this high, in pixels of the screen. */
const LEGIBLE = 5;
const TITLE = 32;

/** Paints the part of the net that is in sight: frames, wires, nodes. Colours are those of the style sheet's far level. */
export function paintFar(
  pen: Pen,
  { nodes, wires }: FarModel,
  transform: Transform,
  ratio: number,
  colour: Colour,
): void {
  const [x, y, zoom] = transform;
  const { width, height } = pen.canvas;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  const window = {
    ...{ x: -x / zoom, y: -y / zoom },
    ...{ width: width / ratio / zoom, height: height / ratio / zoom },
  };
  const seen = nodes.filter((n) => meets(n, window));
  paintFrames(pen, seen, colour);
  for (const tone of ['plain', 'hot', 'bad'] as const) {
    pen.strokeStyle = colour(WIRES[tone]);
    pen.setLineDash(tone === 'bad' ? [5, 5] : []);
    for (const w of wires) {
      if (w.tone !== tone || !meets(w, window)) continue;
      pen.lineWidth = w.stroke;
      pen.stroke(w.path);
    }
  }
  pen.setLineDash([]);
  paintNodes(pen, seen, colour);
  if (TITLE * zoom >= LEGIBLE) paintTitles(pen, seen, colour);
}

const WIRES = { plain: '--wire', hot: '--accent', bad: '--danger' } as const;

const meets = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function paintFrames(pen: Pen, nodes: readonly FarNode[], colour: Colour): void {
  for (const n of nodes) {
    if (n.look !== 'frame') continue;
    pen.globalAlpha = 0.06;
    pen.fillStyle = colour(n.colour);
    pen.fillRect(n.x, n.y, n.width, n.height);
    pen.globalAlpha = 1;
    pen.strokeStyle = colour(n.bad ? '--danger' : n.selected ? '--accent' : '--line-strong');
    pen.lineWidth = n.selected ? 8 : 4;
    pen.strokeRect(n.x, n.y, n.width, n.height);
  }
}

function paintNodes(pen: Pen, nodes: readonly FarNode[], colour: Colour): void {
  for (const n of nodes) {
    if (n.look === 'frame') continue;
    if (n.selected) {
      pen.globalAlpha = 1;
      pen.fillStyle = colour('--accent');
      pen.fillRect(n.x - 10, n.y - 10, n.width + 20, n.height + 20);
    }
    pen.globalAlpha = n.selected || n.bad ? 1 : 0.75;
    pen.fillStyle = colour(n.bad ? '--danger' : n.colour);
    pen.fillRect(n.x, n.y, n.width, n.height);
  }
  pen.globalAlpha = 1;
}

function paintTitles(pen: Pen, nodes: readonly FarNode[], colour: Colour): void {
  pen.font = `600 ${TITLE}px ${colour('--sans')}`;
  pen.textBaseline = 'middle';
  for (const n of nodes) {
    if (n.look === 'bar') continue;
    const frame = n.look === 'frame';
    pen.fillStyle = colour(frame ? '--text' : '--canvas');
    pen.textAlign = frame ? 'left' : 'center';
    const [x, y] = frame ? [n.x + 12, n.y + 24] : [n.x + n.width / 2, n.y + n.height / 2];
    pen.fillText(n.title, x, y, n.width - 24);
  }
}
