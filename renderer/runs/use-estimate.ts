import { useEffect } from 'react';
import { epochSeconds } from '../../engine/analysis/prediction';
import { useAnalysis, useDocument } from '../app/store';
import { useChosenData, useDataSets } from './data-store';
import { useRuns } from './run-store';
import { slownessHere, useLessons } from './speed';

/**
 * How long one epoch would take here; what is known of the data. `measured` tells whether a run or a probe has told how
 * fast this machine is. Of a GPU that has not been measured nothing is claimed.
 */
export function useEstimate() {
  const { data, batch, recompute } = useDocument().training;
  const analysis = useAnalysis();
  const known = useChosenData();
  const device = useRuns((s) => s.engine.device);
  useLessons((s) => s.count);
  useEffect(() => {
    void useDataSets.getState().load(data);
  }, [data]);
  const info = typeof known === 'object' && 'info' in known ? known.info : null;
  const images = info ? Math.max(0, info.train - data.validation) : 0;
  const learned = slownessHere(device?.name);
  const slowness = learned ?? (device?.kind === 'gpu' ? undefined : 1);
  const sizes = { batch, recompute, images, validation: data.validation };
  const seconds = info && slowness !== undefined ? epochSeconds(analysis, sizes, slowness) : null;
  return { info, images, epochSeconds: seconds, measured: learned !== undefined };
}

/** An estimate claims no more than two digits. */
export const roundly = (seconds: number): number => {
  const unit = seconds < 10 ? 1 : seconds < 60 ? 5 : seconds < 3600 ? 30 : 600;
  return Math.max(unit, Math.round(seconds / unit) * unit);
};
