import { useEffect } from 'react';
import { useAnalysis, useDocument } from '../app/store';
import { useChosenData, useDataSets } from './data-store';
import { FaultCard } from './FaultCard';
import { formatCount, formatDuration } from './format';
import { RunCharts } from './RunCharts';
import { useCurrentRun, useRuns } from './run-store';
import type { RunView } from './run-view';
import { predictSeconds } from './speed';
import { TestResult } from './TestResult';

/** The run under way, or the last one, or what Run would do. */
export function RunTab() {
  const view = useCurrentRun();
  if (!view) return <Invitation />;
  return (
    <div className="run-tab">
      {view.fault && <Failure view={view} fault={view.fault} />}
      {(view.steps.length > 0 || !view.fault) && <RunCharts view={view} />}
      <TestResult view={view} compact />
    </div>
  );
}

function Failure({ view, fault }: { view: RunView; fault: NonNullable<RunView['fault']> }) {
  const { continueRun } = useRuns.getState();
  return (
    <div className="run-failure">
      <FaultCard fault={fault}>
        {view.checkpoint && (
          <button type="button" className="btn small" onClick={() => void continueRun(view.id)}>
            Continue from step {formatCount(view.checkpoint.step)}
          </button>
        )}
      </FaultCard>
    </div>
  );
}

function Invitation() {
  const doc = useDocument();
  const { total } = useAnalysis();
  const known = useChosenData();
  const device = useRuns((s) => s.engine.device?.name);
  const { data, epochs } = doc.training;
  useEffect(() => {
    void useDataSets.getState().load(data);
  }, [data]);
  const info = typeof known === 'object' && 'info' in known ? known.info : null;
  const images = info ? Math.max(0, info.train - data.validation) * epochs : 0;
  const seconds = info ? predictSeconds(device, total.macs, images) : null;
  const length = `${formatCount(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`;
  return (
    <div className="run-invitation">
      <p>
        Press <b>Run</b> to train <b>{doc.name}</b> on {info?.title ?? data.set}: {length}
        {info && `, ${formatCount(info.train - data.validation)} pictures each`}
        {seconds !== null && `, about ${formatDuration(roundly(seconds))}`}.
      </p>
      <p className="quiet">
        Loss and accuracy appear here while the net learns. You can keep on drawing meanwhile.
      </p>
    </div>
  );
}

/** An estimate claims no more than two digits. */
const roundly = (seconds: number): number => {
  const unit = seconds < 60 ? 5 : seconds < 3600 ? 30 : 600;
  return Math.max(unit, Math.round(seconds / unit) * unit);
};
