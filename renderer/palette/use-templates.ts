import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { GraphDocument } from '../../engine/graph/document';
import type { TemplateSummary } from '../../ipc/contract';
import { api } from '../app/bridge';
import { attempt } from '../app/notices';

/** Templates come with the app and do not change while it runs: they are asked for once. */
const useStore = create<{ list: readonly TemplateSummary[] | null }>(() => ({ list: null }));
let asked = false;

export function useTemplates(): readonly TemplateSummary[] | null {
  useEffect(() => {
    if (asked) return;
    asked = true;
    void attempt('Listing the templates', () => api.call['templates.list']()).then((list) =>
      useStore.setState({ list: list ?? [] }),
    );
  }, []);
  return useStore((s) => s.list);
}

export type Reference = GraphDocument['reference'];
const references = new Map<string, Reference>();

/** What the source of a template printed; undefined until it is read. */
export function useReference(id: string, wanted: boolean): Reference {
  const [, setRead] = useState(0);
  useEffect(() => {
    if (!wanted || references.has(id)) return;
    api.call['templates.open'](id).then(
      (doc) => {
        references.set(id, doc.reference);
        setRead((n) => n + 1);
      },
      // the card does without figures; opening the template says what is wrong with it
      () => references.set(id, undefined),
    );
  }, [id, wanted]);
  return references.get(id);
}

/** The year in a source, e.g. 1998. */
export const yearOf = (source: string): string => /\b(19|20)\d\d\b/.exec(source)?.[0] ?? '';
