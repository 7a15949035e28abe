interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}

/** A card of the tour, in pixels; its height is that of the longest one. */
export const CARD: Size = { width: 300, height: 218 };
const GAP = 14;
const EDGE = 12;

/** The first of `selectors` that is on screen; `was` again while it has not moved. */
export function boxOf(selectors: readonly string[], was?: DOMRect): DOMRect | undefined {
  for (const selector of selectors) {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    if (!box || box.width === 0 || box.right < 0 || box.left > innerWidth) continue;
    const same = was && (['x', 'y', 'width', 'height'] as const).every((k) => was[k] === box[k]);
    return same ? was : box;
  }
  return undefined;
}

/** Beside the box where there is room, rather to its right; never off the window. Without a box in the corner. */
export function placeCard(
  box: Box | undefined,
  window: Size,
): { readonly left: number; readonly top: number } {
  const most = { left: window.width - CARD.width - EDGE, top: window.height - CARD.height - EDGE };
  if (!box) return { left: EDGE, top: most.top };
  const beside = clamp(box.top, EDGE, most.top);
  const along = clamp(box.left + box.width / 2 - CARD.width / 2, EDGE, most.left);
  if (box.right + GAP <= most.left) return { left: box.right + GAP, top: beside };
  if (box.left - GAP - CARD.width >= EDGE && box.height > CARD.height / 2)
    return { left: box.left - GAP - CARD.width, top: beside };
  if (box.top - GAP - CARD.height >= EDGE) return { left: along, top: box.top - GAP - CARD.height };
  if (box.bottom + GAP <= most.top) return { left: along, top: box.bottom + GAP };
  return { left: Math.max(EDGE, box.left - GAP - CARD.width), top: beside };
}

const clamp = (v: number, least: number, most: number): number => Math.max(least, Math.min(v, most));
