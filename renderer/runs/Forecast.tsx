import { useEffect, useState } from 'react';
import { largestBatch } from '../../engine/analysis/memory';
import { setTraining } from '../../engine/graph/commands/document';
import type { TrainingSettings } from '../../engine/graph/training';
import type { Preflight } from '../../ipc/contract';
import { api } from '../app/bridge';
import { reportError } from '../app/notices';
import { useAnalysis, useDocument, useEditor, useProblems } from '../app/store';
import { formatBytes, formatCount } from '../ui/format';
import { formatDuration } from './format';
import { PreflightReport } from './PreflightReport';
import { useRuns } from './run-store';
import { learnSlowness } from './speed';
import { roundly, useEstimate } from './use-estimate';

/** What a run would take here: time an epoch, memory, and the largest batch that fits. A probe makes the time exact. */
export function Forecast() {
  const { epochSeconds, measured } = useEstimate();
  const { memory } = useAnalysis();
  const { nodes, training } = useDocument();
  const { batch } = training;
  const room = useRoom();
  const [report, setReport] = useState<Preflight>();
  // before the first layer there is nothing to foretell
  if (Object.keys(nodes).length === 0) return null;
  return (
    <div className="forecast" data-testid="forecast">
      {epochSeconds !== null && (
        <p>
          About <b>{formatDuration(roundly(epochSeconds))}</b> an epoch
          <small className="forecast-note">{measured ? 'as measured on this machine' : 'predicted'}</small>
        </p>
      )}
      <p>
        About <b>{formatBytes(memory.total)}</b> of memory
        <small className="forecast-note">
          {room && `${formatBytes(room.free)} free; batch ${formatCount(room.most)} is the largest that fits`}
        </small>
      </p>
      <div className="forecast-acts">
        <ProbeButton />
        <PreflightButton report={setReport} />
        {room && batch > room.most && room.most > 0 && <FitButton patch={{ batch: room.most }} />}
        {room && batch > room.most && !training.recompute && <RecomputeButton free={room.free} />}
      </div>
      {report && <PreflightReport report={report} close={() => setReport(undefined)} />}
    </div>
  );
}

interface FitProps {
  readonly patch: Partial<Pick<TrainingSettings, 'batch' | 'recompute'>>;
}
function FitButton({ patch }: FitProps) {
  const run = useEditor((s) => s.run);
  return (
    <button type="button" className="btn small" onClick={() => run(setTraining, { patch })}>
      {patch.batch === undefined ? 'Recompute layers' : `Set batch to ${formatCount(patch.batch)}`}
    </button>
  );
}

/** There where the batch fits if layers are computed twice. */
function RecomputeButton({ free }: { readonly free: number }) {
  const analysis = useAnalysis();
  const { training } = useDocument();
  const most = largestBatch(analysis, { ...training, recompute: true }, free);
  return training.batch <= most ? <FitButton patch={{ recompute: true }} /> : null;
}

/** Trains a few steps and forgets them. */
function ProbeButton() {
  return (
    <TryButton
      title="Trains a few steps, at most eight seconds, and forgets them"
      texts={['Measure the speed', 'Measuring…', 'Measuring the speed']}
      act={async () => {
        const { device, slowness } = await api.call['run.probe'](useEditor.getState().history.present);
        learnSlowness(device, slowness);
      }}
    />
  );
}

/** Looks at one batch, and trains on it alone. */
function PreflightButton({ report }: { readonly report: (found: Preflight | undefined) => void }) {
  return (
    <TryButton
      title="Looks at signals and gradients of one batch, and whether the net can learn it by heart; at most twenty seconds"
      texts={['Preflight', 'Looking…', 'The preflight']}
      act={async () => {
        report(undefined);
        report(await api.call['run.preflight'](useEditor.getState().history.present));
      }}
    />
  );
}

interface TryProps {
  readonly title: string;
  readonly texts: readonly [idle: string, busy: string, doing: string];
  readonly act: () => Promise<void>;
}
function TryButton({ title, texts: [idle, working, doing], act }: TryProps) {
  const [busy, setBusy] = useState(false);
  const training = useRuns((s) => s.current !== null && s.pending !== null);
  const sound = useProblems().every((p) => p.severity !== 'error');
  const take = async () => {
    setBusy(true);
    await act().catch((error: unknown) => reportError(error, doing));
    setBusy(false);
  };
  return (
    <button
      type="button"
      className="btn small"
      disabled={busy || training || !sound}
      title={title}
      onClick={() => void take()}
    >
      {busy ? working : idle}
    </button>
  );
}

/** Memory that training may take, that of the GPU or what is free in this machine, and the batch that would fill it. */
function useRoom(): { readonly free: number; readonly most: number } | undefined {
  const analysis = useAnalysis();
  const { training } = useDocument();
  const gpu = useRuns((s) => s.engine.device?.memory);
  const [here, setHere] = useState<number>();
  const free = gpu ?? here;
  useEffect(() => {
    void api.call['app.memory']().then(
      (m) => m && setHere(m.free),
      () => {},
    );
  }, []);
  return free === undefined ? undefined : { free, most: largestBatch(analysis, training, free) };
}
