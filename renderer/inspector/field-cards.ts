import { useEffect } from 'react';
import { create } from 'zustand';

/** Fields that have something to show beside them; the last one to ask does. */
const useAsking = create<{ readonly ids: readonly string[] }>(() => ({ ids: [] }));

const without = (ids: readonly string[], id: string) => ids.filter((other) => other !== id);

/**
 * One card at a time stands beside the fields: that of the field which asked last, and when it has nothing more to show
 * that of the one before.
 *
 * @param why asking again for another reason comes before the others
 */
export function useCardTurn(id: string, asks: boolean, why: string): boolean {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new reason is a new asking
  useEffect(() => {
    if (!asks) return;
    useAsking.setState(({ ids }) => ({ ids: [...without(ids, id), id] }));
    return () => useAsking.setState(({ ids }) => ({ ids: without(ids, id) }));
  }, [id, asks, why]);
  return useAsking(({ ids }) => ids.at(-1) === id);
}
