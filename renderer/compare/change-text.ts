import type { NodeDiff } from '../../engine/analysis/diff';
import type { Cost } from '../../engine/ir/cost';
import { formatShape, type Shape } from '../../engine/ir/shape';
import { formatCount, formatShort } from '../ui/format';

/** Told apart without colour. */
export const SIGNS = { added: '+', removed: '−', changed: '~', unchanged: '' } as const;

/** `+4,672`, `−10`, `0` */
export const signed = (n: number, format: (n: number) => string = formatCount): string =>
  n === 0 ? '0' : `${n > 0 ? '+' : '−'}${format(Math.abs(n))}`;

/** The unit of the newer document where there is one. */
export const unitOf = ({ before, after }: NodeDiff) => (after ?? before)!;

/** `filters 16 → 32`, `output 8×8×16 → 8×8×32` */
export function changeLines({ params, sources, inside, shape }: NodeDiff): readonly string[] {
  return [
    ...params.map((p) => `${p.name} ${valueText(p.from)} → ${valueText(p.to)}`),
    ...sources.map((s) => `input ${s.port} ${s.from ?? 'none'} → ${s.to ?? 'none'}`),
    ...(inside ? ['another inside'] : []),
    ...(shape ? [`output ${shapeText(shape.from)} → ${shapeText(shape.to)}`] : []),
  ];
}

export const shapeText = (shape: Shape | null | undefined): string => (shape ? formatShape(shape) : '?');

/** A block's body has no short form. */
function valueText(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.join('×');
  if (value !== null && typeof value === 'object') return '…';
  return String(value);
}

/** `+4,672 params, +4.72 M MACs`; nothing where the cost is the same. */
export function costText({ before, after }: NodeDiff): string {
  const by = (of: (c: Cost) => number) =>
    (after ? of(after.instance.cost) : 0) - (before ? of(before.instance.cost) : 0);
  const params = by((c) => c.params.trainable + c.params.nonTrainable);
  const macs = by((c) => c.macs);
  return [params !== 0 && `${signed(params)} params`, macs !== 0 && `${signed(macs, formatShort)} MACs`]
    .filter(Boolean)
    .join(', ');
}
