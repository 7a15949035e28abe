import { create } from 'zustand';
import { applicable, type Found } from '../../engine/analysis/transforms/apply';
import type { Values } from '../../engine/analysis/transforms/transform';
import type { GraphDocument } from '../../engine/graph/document';
import { useSession } from '../app/session';
import { analysisOf, useEditor } from '../app/store';
import { isComparing } from '../compare/compare-store';

/** What is looked at before it is done to the net. */
export interface Draft {
  /** Of the transformation; null while one is being chosen. */
  readonly id: string | null;
  /** What was selected when the panel was opened; none for the whole net. */
  readonly scope: readonly string[];
  readonly values: Values;
  /** Keys of places that stay as they are. */
  readonly leave: ReadonlySet<string>;
  /** The document's own key: of another one the panel knows nothing. */
  readonly of: string;
}
const FRESH = { values: {}, leave: new Set<string>() };

export const useBulk = create<{ readonly draft: Draft | null }>(() => ({ draft: null }));

/** Where the focus goes back to. */
let opener: Element | null = null;

/** Opens the panel, at one transformation where `id` names it. */
export function openBulk(id: string | null): void {
  const { selection, history, key } = useEditor.getState();
  const { nodes } = analysisOf(history.present);
  if (!useBulk.getState().draft) opener = document.activeElement;
  useSession.getState().show('design');
  useBulk.setState({ draft: { ...FRESH, id, scope: selection.nodes.filter((p) => nodes.has(p)), of: key } });
}

export const setBulk = (patch: Partial<Draft>): void =>
  useBulk.setState(({ draft }) => ({ draft: draft && { ...draft, ...patch } }));

/** To another transformation, or back to the list. */
export const chooseBulk = (id: string | null): void => setBulk({ ...FRESH, id });

/** Leaves the net as it is, and gives the focus back. */
export function closeBulk(): void {
  useBulk.setState({ draft: null });
  const to = opener;
  opener = null;
  requestAnimationFrame(() => {
    const there = to instanceof HTMLElement && to !== document.body && to.isConnected;
    (there ? to : document.querySelector<HTMLElement>('section[data-canvas]'))?.focus({
      preventScroll: true,
    });
  });
}

/** What can be done to the open graph, each with its places; worked out once a document and selection. */
let last:
  | { readonly doc: GraphDocument; readonly scope: string; readonly found: readonly Found[] }
  | undefined;
export function foundIn(doc: GraphDocument, scope: readonly string[]): readonly Found[] {
  const key = scope.join('\n');
  if (last?.doc === doc && last.scope === key) return last.found;
  last = { doc, scope: key, found: applicable(doc, { scope, analysisOf }) };
  return last.found;
}

/** Whether a transformation, or any, has something to do where the user is. */
export function canBulk(id?: string): boolean {
  if (isComparing()) return false;
  const { history, selection } = useEditor.getState();
  const doc = history.present;
  if (id === undefined) return Object.keys(doc.nodes).length > 0;
  const { nodes } = analysisOf(doc);
  return foundIn(
    doc,
    selection.nodes.filter((p) => nodes.has(p)),
  ).some((f) => f.transform.id === id);
}
