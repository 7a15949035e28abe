import type { ChangeKind, NodeDiff } from '../../engine/analysis/diff';
import { formatShape, type Shape } from '../../engine/ir/shape';
import { formatShort } from '../ui/format';

/** Told apart without colour too. */
export const SIGNS: Readonly<Record<ChangeKind, string>> = {
  ...{ added: '+', removed: '−', changed: '~', rewired: '↷', same: '' },
};
export const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  ...{ added: 'Added', removed: 'Removed', changed: 'Changed', rewired: 'Reads others', same: 'Same' },
};

const value = (v: unknown): string => (typeof v === 'string' ? v : (JSON.stringify(v) ?? 'default'));
const shape = (s: Shape | undefined): string => (s ? formatShape(s) : '?');
export const signed = (n: number): string =>
  n === 0 ? '±0' : n > 0 ? `+${formatShort(n)}` : `−${formatShort(-n)}`;

/** `filters 64 → 128, 8×8×64 → 8×8×128` */
export const changeWords = (d: NodeDiff): string =>
  [
    ...d.params.map((p) => `${p.name} ${value(p.from)} → ${value(p.to)}`),
    d.shape ? `${shape(d.shape.from)} → ${shape(d.shape.to)}` : '',
  ]
    .filter(Boolean)
    .join(', ');
