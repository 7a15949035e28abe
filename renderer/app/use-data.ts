import { useEffect, useState } from 'react';
import { dataShapeOf } from '../../engine/analysis/fit';
import { toFault } from '../../engine/errors';
import { plainChoice } from '../runs/data-store';
import { api } from './bridge';
import { useEditor, usePart } from './store';

/** Keeps `store.data` in step with the data set that the training section names. */
export function useData(): void {
  const { set, folder, size, colour } = usePart((doc) => doc.training.data);
  const key = useEditor((s) => s.key);
  const [attempts, setAttempts] = useState(0);

  // an engine that was starting, or failed and is back, can read data now
  useEffect(
    () =>
      api.on('engine.changed', ({ state }) => {
        if (state === 'ready' && useEditor.getState().data === null) setAttempts((n) => n + 1);
      }),
    [],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt or document is a reason to ask again
  useEffect(() => {
    let current = true;
    const { setData } = useEditor.getState();
    api.call['data.info'](plainChoice({ set, folder, size, colour })).then(
      (info) => current && setData(dataShapeOf(info)),
      (error: unknown) => current && setData(null, toFault(error, 'Reading the data set')),
    );
    return () => {
      current = false;
    };
  }, [set, folder, size, colour, attempts, key]);
}
