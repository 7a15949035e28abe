import { useEffect, useMemo, useState } from 'react';
import { analyse } from '../../engine/analysis/analyse';
import { api } from '../app/bridge';
import { useTemplates } from '../palette/use-templates';
import { useRuns } from '../runs/run-store';
import type { Ball } from './ball-layout';

/** Data on which accuracies can be compared. */
export type Field = 'imagenet' | 'cifar' | 'own';

/** Runs whose nets are looked at, newest first. */
const MOST_RUNS = 40;
/** Multiply-accumulates of a finished run's net. A run does not change. */
const macsOf = new Map<string, number>();

/** The nets of a field that have an accuracy: published ones by what their source printed, own runs by their test. */
export function useBalls(field: Field): readonly Ball[] {
  const templates = useTemplates();
  const runs = useOwnRuns();
  return useMemo(() => {
    if (field === 'own') return runs;
    const classes = field === 'imagenet' ? 1000 : 10;
    return (templates ?? []).flatMap((t) => {
      const fits = t.error && t.classes === classes && t.input.length === 3;
      if (!fits || (field === 'cifar' && t.input[0] !== 32)) return [];
      const { id, name, macs, params } = t;
      return [{ id, name, macs, params, accuracy: 100 - t.error!.value, own: false }];
    });
  }, [field, templates, runs]);
}

function useOwnRuns(): readonly Ball[] {
  const list = useRuns((s) => s.list);
  const [known, setKnown] = useState(0);
  const finished = useMemo(
    () => list.filter((r) => r.state === 'done' && r.test !== null).slice(0, MOST_RUNS),
    [list],
  );
  useEffect(() => {
    void useRuns.getState().refresh();
  }, []);
  useEffect(() => {
    let left = false;
    const look = async () => {
      for (const { id } of finished) {
        if (left) return;
        if (macsOf.has(id)) continue;
        try {
          macsOf.set(id, analyse(await api.call['run.document'](id)).total.macs);
          setKnown((n) => n + 1);
        } catch {
          macsOf.set(id, 0); // its folder was damaged or taken away: the run has no place in the chart
        }
      }
    };
    void look();
    return () => {
      left = true;
    };
  }, [finished]);
  return useMemo(
    () =>
      finished.flatMap(({ id, name, test, params }) => {
        const macs = known >= 0 ? (macsOf.get(id) ?? 0) : 0;
        return macs > 0
          ? [{ id, name, macs, params: params ?? 0, accuracy: 100 * test!.accuracy, own: true }]
          : [];
      }),
    [finished, known],
  );
}
