import type { Category } from '../../engine/nodes/define';

const COLOURS: Readonly<Record<Category, string>> = {
  io: '--c-io',
  conv: '--c-conv',
  norm: '--c-norm',
  activation: '--c-act',
  pool: '--c-pool',
  merge: '--c-merge',
  dense: '--c-dense',
  block: '--c-block',
  regularisation: '--c-reg',
};

/** The colour token of a category; of a kind that is not known here, grey. */
export const colourName = (category: Category | undefined): string =>
  category ? COLOURS[category] : '--text3';

/** One shape of SVG: its element and attributes. */
export type Stroke = readonly [
  element: 'path' | 'rect' | 'circle',
  attributes: Readonly<Record<string, string | number>>,
];

const FILL = { fill: 'currentColor' };
const line = (d: string): Stroke => ['path', { d }];
const dot = (cx: number, cy: number, r: number, fill = {}): Stroke => ['circle', { cx, cy, r, ...fill }];
const box = (x: number, y: number, width: number, height: number, rx: number, more = {}): Stroke => [
  'rect',
  { x, y, width, height, rx, ...more },
];

/** Drawn on 16×16; each has an outline of its own, so that no kind is told by colour alone. */
const GLYPHS: Readonly<Record<Category, readonly Stroke[]>> = {
  io: [line('M3 8h7M7.5 4.5 11 8l-3.5 3.5M13 3v10')],
  conv: [box(2.5, 2.5, 11, 11, 1.5), box(2.5, 2.5, 5.5, 5.5, 1, FILL)],
  norm: [line('M2 12c3 0 3.5-8 6-8s3 8 6 8')],
  activation: [line('M2 12h6l5-8')],
  pool: [line('M3 3h10L9.5 8v5h-3V8z')],
  merge: [dot(8, 8, 5.5), line('M8 5v6M5 8h6')],
  dense: [
    line('M3 4l10 8M3 12l10-8M3 8h10'),
    dot(3, 4, 1.2, FILL),
    dot(3, 8, 1.2, FILL),
    dot(3, 12, 1.2, FILL),
  ],
  block: [box(2.5, 5, 8, 8.5, 1.5), line('M5.5 2.5h6.5A1.5 1.5 0 0 1 13.5 4v6.5')],
  regularisation: [dot(4, 4, 1.4), dot(12, 4, 1.4, FILL), dot(4, 12, 1.4, FILL), dot(12, 12, 1.4)],
};
const UNKNOWN: readonly Stroke[] = [
  box(2.5, 2.5, 11, 11, 2, { strokeDasharray: '2.2 2' }),
  line('M6.4 6.4a1.7 1.7 0 1 1 2.3 1.7c-.5.2-.7.5-.7 1M8 11.2v.1'),
];

export const strokesOf = (category: Category | undefined): readonly Stroke[] =>
  category ? GLYPHS[category] : UNKNOWN;

/** The sign of a category as markup. */
export const glyphPaths = (category: Category | undefined): string =>
  strokesOf(category)
    .map(([element, attributes]) => {
      const all = Object.entries(attributes).map(([key, v]) => `${inXml(key)}="${v}"`);
      return `<${element} ${all.join(' ')}/>`;
    })
    .join('');

/** React writes `strokeDasharray`, XML `stroke-dasharray`. */
const inXml = (name: string): string => name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
