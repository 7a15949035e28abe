import { useEffect, useMemo } from 'react';
import type { GraphDocument } from '../../engine/graph/document';
import { usePainted } from '../app/calm';
import { endPreview, previewDocument } from '../app/preview';
import { useDocument, useEditor } from '../app/store';
import { type Effect, effectOf } from './effect';
import type { Proposal } from './use-field-edit';

/** Milliseconds: in a large net what is typed on is not worked out key by key. */
const A_NODE = 0.2;
const LONGEST = 300;
const NOWHERE: readonly string[] = [];

/**
 * What a proposal would make of the document, on the canvas and as figures. History is not touched, and typing never
 * waits for it: the figures come when there is time.
 */
export function useAhead(
  proposal: Proposal | null,
  preview: ((doc: GraphDocument, values: readonly unknown[]) => GraphDocument) | undefined,
  paths: readonly string[] = NOWHERE,
): { readonly effect: Effect | undefined } {
  const present = useDocument();
  const data = useEditor((s) => s.data);
  const later = usePainted(
    proposal,
    proposal ? Math.min(LONGEST, Object.keys(present.nodes).length * A_NODE) : 0,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `preview` is made anew by every render and does the same
  const doc = useMemo(() => {
    if (!preview || !later || 'fault' in later) return undefined;
    try {
      return preview(present, later.each);
    } catch {
      return undefined; // what cannot be edited says so when it is tried
    }
  }, [later, present]);
  useEffect(() => {
    if (!doc) return;
    previewDocument(doc, present);
    return endPreview;
  }, [doc, present]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: so are `paths`
  const effect = useMemo(() => (doc ? effectOf(present, doc, paths, data) : undefined), [doc, present, data]);
  return { effect };
}
