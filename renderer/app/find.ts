import { useSession } from './session';

/** Marks the palette's find box in the page. */
export const FIND_ID = 'find-node';

/** Shows the palette and puts the cursor into its find box. */
export function focusFind(): void {
  const box = () => document.getElementById(FIND_ID);
  // at once where it can be, so that no key typed after it is lost
  if (box()) {
    box()?.focus();
    return;
  }
  useSession.getState().set({ left: true, workspace: 'design' });
  requestAnimationFrame(() => box()?.focus());
}
