import { useCallback, useEffect } from 'react';
import { registerCommand } from '../app/commands';
import { focusNode } from '../app/focus';
import { useEditor } from '../app/store';
import { useFind } from './find-store';
import { drawnFor } from './use-hits';

/** Going from hit to hit, and selecting all of them; by the bar, the palette and the keyboard alike. */
export function useFindCommands(hits: readonly string[]) {
  const go = useCallback((step: 1 | -1) => goBy(hits, step), [hits]);
  const selectAll = useCallback(() => selectHits(hits), [hits]);
  useEffect(() => {
    const enabled = () => hits.length > 0;
    const stops = [
      registerCommand('find.next', { run: () => go(1), enabled }),
      registerCommand('find.previous', { run: () => go(-1), enabled }),
      registerCommand('find.select', { run: selectAll, enabled }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [hits, go, selectAll]);
  return { go, selectAll };
}

/** The next hit, and from the last the first. */
function goBy(hits: readonly string[], step: 1 | -1): void {
  if (hits.length === 0) return;
  const { at, set } = useFind.getState();
  const now = at === null ? -1 : hits.indexOf(at);
  const next = now < 0 ? (step > 0 ? 0 : hits.length - 1) : (now + step + hits.length) % hits.length;
  set({ at: hits[next]! });
  focusNode(hits[next]!);
}

/** What is drawn is selected; for a hit inside a folded block, the block, so that nothing out of sight is changed. */
function selectHits(hits: readonly string[]): void {
  const { history, select } = useEditor.getState();
  const { nodes, layout } = history.present;
  const open = new Set(layout.open);
  const isDrawn = (path: string): boolean => {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return parent === '' ? Object.hasOwn(nodes, path) : open.has(parent) && isDrawn(parent);
  };
  select({ nodes: [...new Set(hits.flatMap((path) => drawnFor(path, isDrawn) ?? []))] });
}
