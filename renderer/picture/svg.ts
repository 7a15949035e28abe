import type { Analysis } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';
import { buildFlow, parentOf } from '../canvas/flow-model';
import type { FlowNode, FlowWire } from '../canvas/flow-types';
import { boundsOf, type Point, type Rect } from '../canvas/geometry';
import { handleEnd } from '../canvas/handles';
import { wirePath } from '../canvas/wire-path';
import { colourName, glyphPaths } from '../ui/glyph-paths';
import { cut, forXml } from './text';

/** Values of the colour tokens by name, `--text` and so on. */
export type Colours = Readonly<Record<string, string>>;

export interface PictureOptions {
  readonly light: Colours;
  /** Where the reader's own theme is dark; left out, the picture is light everywhere. */
  readonly dark?: Colours;
}

const MARGIN = 24;
const SANS = "Inter, 'Inter Variable', system-ui, sans-serif";
const MONO = "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, monospace";

/** The canvas as a picture of its own, in vectors: nodes at their places, blocks that stand open with their inside. */
export function drawSvg(doc: GraphDocument, analysis: Analysis, options: PictureOptions): string {
  const none = new Set<string>();
  const scene = { doc, analysis, problems: [], selected: none, selectedEdges: none, held: new Map() };
  const { nodes, wires } = buildFlow(scene);
  const places = absolute(nodes);
  const bounds = boundsOf(places.values());
  const box = [bounds.x - MARGIN, bounds.y - MARGIN, bounds.width + 2 * MARGIN, bounds.height + 2 * MARGIN];
  const frames = nodes.filter((n) => n.type === 'frame').map((n) => frame(n, places.get(n.id)!));
  const faces = nodes.filter((n) => n.type === 'face').map((n) => face(n, places.get(n.id)!));
  const lines = wires.map((w) => wire(w, nodes, places));
  const labels = wires.flatMap((w) => (w.data!.changes ? [label(w, nodes, places)] : []));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}" width="${box[2]}" height="${box[3]}"`,
    ` role="img" aria-label="${forXml(doc.name)}">`,
    `<style>${style(options)}</style>`,
    `<rect class="ground" x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" rx="12"/>`,
    ...[...frames, ...lines, ...labels, ...faces],
    '</svg>\n',
  ].join('');
}

/** Children are placed in their frame; the picture wants places of its own. */
function absolute(nodes: readonly FlowNode[]): ReadonlyMap<string, Rect> {
  const found = new Map<string, Rect>();
  for (const n of nodes) {
    const parent = found.get(parentOf(n.id) ?? '');
    const { x, y } = n.position;
    const size = { width: n.width!, height: n.height! };
    found.set(n.id, { x: x + (parent?.x ?? 0), y: y + (parent?.y ?? 0), ...size });
  }
  return found;
}

function face({ data }: FlowNode, { x, y, width, height }: Rect): string {
  const spine = `style="--k:var(${colourName(data.category)})"`;
  const shape = data.shape.length > 16 ? cut(data.shape, 16) : data.shape;
  const room = Math.floor((width - 30 - shape.length * 6.3) / 5.9);
  return [
    `<g transform="translate(${x} ${y})" ${spine}>`,
    data.composite ? `<rect class="behind" x="4" y="4" width="${width}" height="${height}" rx="8"/>` : '',
    `<rect class="face" width="${width}" height="${height}" rx="8"/>`,
    `<rect class="spine" x="-1" y="9" width="3" height="${height - 18}" rx="1.5"/>`,
    `<g class="glyph" transform="translate(12 10)">${glyphPaths(data.category)}</g>`,
    `<text class="title" x="34" y="22">${forXml(cut(data.title, 20))}</text>`,
    room > 2 ? `<text class="detail" x="12" y="42">${forXml(cut(data.detail, room))}</text>` : '',
    `<text class="shape" x="${width - 10}" y="42">${forXml(shape)}</text>`,
    '</g>',
  ].join('');
}

function frame({ data }: FlowNode, { x, y, width, height }: Rect): string {
  return [
    `<g transform="translate(${x} ${y})" style="--k:var(${colourName(data.category)})">`,
    `<rect class="tint" width="${width}" height="${height}" rx="14"/>`,
    `<rect class="dashes" width="${width}" height="${height}" rx="14"/>`,
    `<g class="glyph" transform="translate(12 9) scale(0.87)">${glyphPaths(data.category)}</g>`,
    `<text class="title" x="32" y="20.5">${forXml(cut(data.title, Math.floor(width / 2 / 7.2) - 4))}</text>`,
    `<text class="shape" x="${width - 14}" y="20">${forXml(data.shape)}</text>`,
    '</g>',
  ].join('');
}

type Places = ReadonlyMap<string, Rect>;

function pathOf(w: FlowWire, nodes: readonly FlowNode[], places: Places) {
  const [source, target] = [places.get(w.source)!, places.get(w.target)!];
  const endOf = (id: string, handle: string | null | undefined): Point => {
    const { x, y } = handleEnd(nodes.find((n) => n.id === id)!.handles!.find((h) => h.id === handle)!);
    return { x: places.get(id)!.x + x, y: places.get(id)!.y + y };
  };
  const [from, to] = [endOf(w.source, w.sourceHandle), endOf(w.target, w.targetHandle)];
  const { side, lane, stem, direction } = w.data!;
  return wirePath({ from, to, source, target, side, lane, stem, direction });
}

const wire = (w: FlowWire, nodes: readonly FlowNode[], places: Places): string =>
  `<path class="wire" d="${pathOf(w, nodes, places).d}" stroke-width="${w.data!.stroke}"/>`;

function label(w: FlowWire, nodes: readonly FlowNode[], places: Places): string {
  const { middle, short } = pathOf(w, nodes, places);
  const { shape } = w.data!;
  const width = shape.length * 6.3 + 12;
  const x = short ? middle.x + 7 : middle.x - width / 2;
  return [
    `<g transform="translate(${x} ${middle.y - 9})"><rect class="ground" width="${width}" height="18" rx="9"/>`,
    `<text class="label" x="${width / 2}" y="12.6">${forXml(shape)}</text></g>`,
  ].join('');
}

function style({ light, dark }: PictureOptions): string {
  const variables = (colours: Colours) =>
    `svg{${Object.entries(colours)
      .map(([name, value]) => `${name}:${value}`)
      .join(';')}}`;
  return [
    variables(light),
    dark ? `@media (prefers-color-scheme:dark){${variables(dark)}}` : '',
    '.ground{fill:var(--canvas)}.face{fill:var(--raise);stroke:var(--line-strong)}',
    '.behind{fill:var(--raise2);stroke:var(--line-strong)}.spine{fill:var(--k)}.tint{fill:var(--k);opacity:.06}',
    '.dashes{fill:none;stroke:var(--line-strong);stroke-dasharray:5 4}',
    '.glyph{fill:none;stroke:var(--k);color:var(--k);stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}',
    `.title{fill:var(--text);font:600 12.5px ${SANS}}.detail{fill:var(--text2);font:11px ${SANS}}`,
    `.shape{fill:var(--text3);font:10.5px ${MONO};text-anchor:end}`,
    `.label{fill:var(--text2);font:10.5px ${MONO};text-anchor:middle}`,
    '.wire{fill:none;stroke:var(--wire);stroke-linecap:round}',
  ].join('');
}
