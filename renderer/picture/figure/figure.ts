import type { Analysis } from '../../../engine/analysis/analyse';
import type { GraphDocument } from '../../../engine/graph/document';
import { boundsOf, type Rect } from '../../canvas/geometry';
import type { Mark, Picture } from '../scene';
import { textWidth } from '../text';
import { bodyMarks, cornersOf } from './bodies';
import { type Folding, folded } from './fold';
import { type FigureLabels, labelMarks } from './labels';
import { type Body, layOut } from './layout';
import { legendMarks } from './legend';
import { mapsOf } from './maps';
import type { FigureScale } from './measures';
import { aroundMarks, lineInto, skipMarks, topOf } from './ways';

export interface FigureOptions {
  readonly scale?: FigureScale;
  readonly folding?: Folding;
  readonly labels?: FigureLabels;
  readonly legend?: boolean;
  /** Ids of the nodes that are drawn; left out, all. */
  readonly only?: readonly string[] | undefined;
}

const MARGIN = 20;

/**
 * The net as papers draw it: a body for each feature map, whose height and depth follow the map's sides and whose
 * length follows its channels, from left to right.
 *
 * @see Krizhevsky, Sutskever, Hinton. ImageNet Classification with Deep Convolutional Neural Networks. 2012, figure 2
 */
export function figurePicture(doc: GraphDocument, analysis: Analysis, options: FigureOptions = {}): Picture {
  const { scale = 'root', folding = 'auto', labels = 'all', legend = true, only } = options;
  const asked = only && new Set(only.map((path) => path.split('/')[0]!));
  const maps = mapsOf(analysis).filter((m) => !asked || asked.has(m.id));
  const bodies = layOut(folded(maps, folding), scale);
  const skips = skipMarks(bodies);
  const drawn: readonly Mark[] = [
    ...bodies.flatMap((b, i) => [...lineInto(b, bodies[i - 1]), ...bodyMarks(b), ...aroundMarks(b)]),
    ...skips.marks,
    ...labelMarks(bodies, labels, skips.ends),
  ];
  const bounds = extent(bodies, drawn, skips.top);
  const bottom = bounds.y + bounds.height;
  const key = legend && bodies.length > 0 ? legendMarks(bodies, bounds.x, bottom + 28) : [];
  return { name: doc.name, box: around(boundsOf([bounds, ...key.map(textRect)])), marks: [...drawn, ...key] };
}

function extent(bodies: readonly Body[], marks: readonly Mark[], top: number): Rect {
  const rects = bodies.map((b): Rect => {
    const { near, far } = cornersOf(b);
    const upper = Math.min(topOf(b), top);
    return {
      x: near.left,
      y: upper,
      width: Math.max(far.right, b.leave) - near.left,
      height: near.bottom - upper,
    };
  });
  return boundsOf([...rects, ...marks.filter((m) => m.mark === 'text').map(textRect)]);
}

/** Where words stand; of other marks their place alone. */
function textRect(m: Mark): Rect {
  if (m.mark !== 'text')
    return 'x' in m ? { x: m.x, y: m.y, width: 0, height: 0 } : { x: 0, y: 0, width: 0, height: 0 };
  const width = textWidth(m.text, m);
  const left = m.anchor === 'middle' ? m.x - width / 2 : m.anchor === 'end' ? m.x - width : m.x;
  if (m.turn) return { x: m.x - width / 2, y: m.y - width / 2, width, height: width };
  return { x: left, y: m.y - m.size, width, height: m.size * 1.25 };
}

const around = ({ x, y, width, height }: Rect): Rect => ({
  ...{ x: Math.floor(x - MARGIN), y: Math.floor(y - MARGIN) },
  ...{ width: Math.ceil(width + 2 * MARGIN), height: Math.ceil(height + 2 * MARGIN) },
});
