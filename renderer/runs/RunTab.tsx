import { useDocument } from '../app/store';
import { FaultCard } from './FaultCard';
import { formatCount, formatDuration } from './format';
import { RunChanges } from './RunChanges';
import { RunCharts } from './RunCharts';
import { useCurrentRun, useRuns } from './run-store';
import type { RunView } from './run-view';
import { TestResult } from './TestResult';
import { roundly, useEstimate } from './use-estimate';

/** The run under way, or the last one, or what Run would do. */
export function RunTab() {
  const view = useCurrentRun();
  if (!view) return <Invitation />;
  return (
    <div className="run-tab">
      {view.fault && <Failure view={view} fault={view.fault} />}
      <RunChanges view={view} />
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

function NothingYet() {
  return (
    <div className="run-invitation">
      <p>There is nothing to train yet: draw a net from an Input to an Output, or open a template.</p>
      <p className="quiet">Loss and accuracy appear here while a net learns.</p>
    </div>
  );
}

function Invitation() {
  const doc = useDocument();
  const { info, images, epochSeconds } = useEstimate();
  const { data, epochs } = doc.training;
  if (Object.keys(doc.nodes).length === 0) return <NothingYet />;
  const title = info?.title ?? data.set;
  const named = doc.name.toLowerCase().includes(title.toLowerCase());
  const length = `${formatCount(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`;
  return (
    <div className="run-invitation">
      <p>
        Press <b>Run</b> to train <b>{doc.name}</b>
        {named ? '' : ` on ${title}`}: {length}
        {info && `, ${formatCount(images)} pictures each`}
        {epochSeconds !== null && `, about ${formatDuration(roundly(epochSeconds * epochs))}`}.
      </p>
      <p className="quiet">
        Loss and accuracy appear here while the net learns. You can keep on drawing meanwhile.
      </p>
    </div>
  );
}
