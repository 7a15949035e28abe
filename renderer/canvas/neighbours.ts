import type { Point, Rect } from './geometry';

/** The box that comes next from `start` in a direction: near, and rather ahead than aside. */
export function nextTowards(
  boxes: readonly (Rect & { readonly id: string })[],
  start: string,
  { x, y }: Point,
): string | undefined {
  const middle = (r: Rect): Point => ({ x: r.x + r.width / 2, y: r.y + r.height / 2 });
  const from = boxes.find((b) => b.id === start);
  if (!from) return undefined;
  const a = middle(from);
  const ranked = boxes.flatMap((b) => {
    const m = middle(b);
    const ahead = (m.x - a.x) * x + (m.y - a.y) * y;
    const aside = Math.abs((m.x - a.x) * y) + Math.abs((m.y - a.y) * x);
    return b.id !== start && ahead > 1 && ahead > aside * 0.4 ? [{ id: b.id, cost: ahead + 2 * aside }] : [];
  });
  return ranked.sort((p, q) => p.cost - q.cost)[0]?.id;
}
