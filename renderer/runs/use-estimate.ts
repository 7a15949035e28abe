import { useEffect } from 'react';
import { useAnalysis, useDocument } from '../app/store';
import { useChosenData, useDataSets } from './data-store';
import { useRuns } from './run-store';
import { predictSeconds, useLessons } from './speed';

/** How long one epoch would take here, once a run has told how fast this machine is; what is known of the data. */
export function useEstimate() {
  const { data } = useDocument().training;
  const { total } = useAnalysis();
  const known = useChosenData();
  const device = useRuns((s) => s.engine.device?.name);
  useLessons((s) => s.count);
  useEffect(() => {
    void useDataSets.getState().load(data);
  }, [data]);
  const info = typeof known === 'object' && 'info' in known ? known.info : null;
  const images = info ? Math.max(0, info.train - data.validation) : 0;
  return { info, images, epochSeconds: info ? predictSeconds(device, total.macs, images) : null };
}

/** An estimate claims no more than two digits. */
export const roundly = (seconds: number): number => {
  const unit = seconds < 10 ? 1 : seconds < 60 ? 5 : seconds < 3600 ? 30 : 600;
  return Math.max(unit, Math.round(seconds / unit) * unit);
};
