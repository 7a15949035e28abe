import { useEffect, useMemo } from 'react';
import type { GraphDocument } from '../../engine/graph/document';
import { usePainted } from '../app/calm';
import { leavePreview, previewDocument } from '../app/preview';
import { useDocument, useEditor } from '../app/store';
import { type Effect, effectOf } from './effect';
import type { Proposal } from './use-field-edit';

/** Milliseconds: in a large net what is typed on is not worked out key by key. */
const A_NODE = 0.2;
const LONGEST = 300;
/** Milliseconds without a key, after which a number counts as typed: the 1 of 128 shall not cover the canvas with faults. */
const TYPED = 250;
const NOWHERE: readonly string[] = [];

interface Ahead {
  /** What a proposal would make of the document. */
  readonly preview: ((doc: GraphDocument, values: readonly unknown[]) => GraphDocument) | undefined;
  /** Whether it is pointed at or dragged, and not typed. */
  readonly pointing: boolean;
  /** Nodes that it changes. */
  readonly paths?: readonly string[] | undefined;
}

/**
 * What a proposal would do: as figures, and on the canvas once it is typed whole. History is not touched, and typing
 * never waits for it: both come when there is time.
 */
export function useAhead(
  proposal: Proposal | null,
  { preview, pointing, paths = NOWHERE }: Ahead,
): Effect | undefined {
  const present = useDocument();
  const data = useEditor((s) => s.data);
  const later = usePainted(
    proposal,
    proposal ? Math.min(LONGEST, Object.keys(present.nodes).length * A_NODE) : 0,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `preview` is made anew by every render and does the same
  const change = useMemo(() => {
    if (!preview || !later || 'fault' in later) return undefined;
    try {
      return { of: present, doc: preview(present, later.each) };
    } catch {
      return undefined; // what cannot be edited says so when it is tried
    }
  }, [later, present]);
  const rested = usePainted(change, change && !pointing ? TYPED : 0);
  const whole = change && rested;
  useEffect(() => {
    if (!whole) return;
    previewDocument(whole.doc, whole.of);
    return leavePreview;
  }, [whole]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: so are `paths`
  return useMemo(() => change && effectOf(change.of, change.doc, paths, data), [change, data]);
}
