import { useLayoutEffect, useRef } from 'react';
import { useEditor } from '../app/store';

/** Milliseconds; as long as the style sheet's `--opening`. */
const OPENING = 160;

/**
 * While a block opens or folds, nodes glide to their new places: the style sheet does it for as long as the canvas is
 * marked. Another document does not glide in.
 */
export function useOpenMotion(box: { readonly current: HTMLElement | null }): void {
  const open = useEditor((s) => s.history.present.layout.open);
  const key = useEditor((s) => s.key);
  const before = useRef({ open, key });
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { open, key };
    if (last.open === open || last.key !== key || open.join() === last.open.join()) return undefined;
    const element = box.current;
    element?.setAttribute('data-opening', '');
    const timer = setTimeout(() => element?.removeAttribute('data-opening'), OPENING + 40);
    return () => clearTimeout(timer);
  }, [box, open, key]);
}
