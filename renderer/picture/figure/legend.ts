import type { Category } from '../../../engine/nodes/define';
import { colourName } from '../../ui/glyph-paths';
import { ink, type Mark, type Paint } from '../scene';
import { textWidth } from '../text';
import type { Body } from './layout';

const NAMES: Readonly<Record<Category, string>> = {
  io: 'Input',
  conv: 'Convolution',
  norm: 'Normalisation',
  activation: 'Activation',
  pool: 'Pooling',
  merge: 'Join',
  dense: 'Dense',
  block: 'Block',
  regularisation: 'Regularisation',
};
const WORDS = { size: 10.5 } as const;

/** What the colours mean, in one row from `x` on. */
export function legendMarks(bodies: readonly Body[], x: number, y: number): readonly Mark[] {
  const solid = bodies.filter((b) => !b.map.sign);
  const categories = [...new Set(solid.map((b) => b.map.category))];
  const activated = solid.some((b) => b.map.activated);
  const rows: readonly (readonly [string, Paint])[] = [
    ...categories.map((c) => [NAMES[c], ink(colourName(c), '--raise', 0.5)] as const),
    ...(activated ? [['Activation', ink('--c-act', '--raise', 0.25)] as const] : []),
  ];
  let at = x;
  return rows.flatMap(([text, fill]): Mark[] => {
    const left = at;
    at += 16 + textWidth(text, WORDS) + 18;
    return [
      { mark: 'rect', x: left, y: y - 9, width: 10, height: 10, radius: 2, fill },
      { mark: 'text', text, x: left + 16, y, ...WORDS, paint: ink('--text2') },
    ];
  });
}
