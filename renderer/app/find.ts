import { actAndFocus } from './focus';
import { useSession } from './session';

/** Marks the palette's find box in the page. */
export const FIND_ID = 'find-node';

/** Shows the palette and puts the cursor into its find box. */
export function focusFind(): void {
  const show = () => useSession.getState().set({ left: true, workspace: 'design' });
  actAndFocus(document.getElementById(FIND_ID) ? () => {} : show, `#${FIND_ID}`);
}
