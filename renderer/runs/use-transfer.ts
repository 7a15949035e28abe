import { useEffect, useMemo, useState } from 'react';
import { type Fault, toFault } from '../../engine/errors';
import type { Started } from '../../ipc/contract';
import { api } from '../app/bridge';
import { useDocument, useProblems } from '../app/store';
import { optionsOf, useStartChoice } from './start-store';

/** Milliseconds without an edit after which the engine is asked: it reads a whole checkpoint. */
const CALM = 300;

/** What the next run would take and freeze; undefined while it is looked up, null where it starts anew. */
export function useTransfer(): Started | Fault | null | undefined {
  const doc = useDocument();
  const sound = useProblems().every((p) => p.severity !== 'error' || p.place.setting !== undefined);
  const choice = useStartChoice();
  const start = useMemo(() => optionsOf(choice), [choice]);
  const [found, setFound] = useState<{ readonly of: unknown; readonly told: Started | Fault }>();
  const { nodes, edges, blocks } = doc;
  const of = useMemo(() => ({ nodes, edges, blocks, start }), [nodes, edges, blocks, start]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: settings of the training change nothing of it
  useEffect(() => {
    if (!start || !sound) return;
    let current = true;
    const timer = setTimeout(async () => {
      const told = await api.call['run.transfer']({ doc, start }).catch((e: unknown) =>
        toFault(e, 'Reading the earlier run'),
      );
      if (current) setFound({ of, told });
    }, CALM);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [of, sound]);
  if (!start) return null;
  return found?.of === of ? found.told : undefined;
}
