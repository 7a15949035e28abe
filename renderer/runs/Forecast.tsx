import { useEffect, useState } from 'react';
import { largestBatch } from '../../engine/analysis/memory';
import { setTraining } from '../../engine/graph/commands/document';
import { api } from '../app/bridge';
import { reportError } from '../app/notices';
import { useAnalysis, useDocument, useEditor, useProblems } from '../app/store';
import { formatBytes, formatCount } from '../ui/format';
import { formatDuration } from './format';
import { useRuns } from './run-store';
import { learnSlowness } from './speed';
import { roundly, useEstimate } from './use-estimate';

/** What a run would take here: time an epoch, memory, and the largest batch that fits. A probe makes the time exact. */
export function Forecast() {
  const { epochSeconds, measured } = useEstimate();
  const { memory } = useAnalysis();
  const { batch } = useDocument().training;
  const room = useRoom();
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
        {room && room.most > 0 && batch > room.most && <FitButton batch={room.most} />}
      </div>
    </div>
  );
}

function FitButton({ batch }: { readonly batch: number }) {
  const run = useEditor((s) => s.run);
  return (
    <button type="button" className="btn small" onClick={() => run(setTraining, { patch: { batch } })}>
      Set batch to {formatCount(batch)}
    </button>
  );
}

/** Trains a few steps and forgets them. */
function ProbeButton() {
  const doc = useDocument();
  const [busy, setBusy] = useState(false);
  const training = useRuns((s) => s.current !== null && s.pending !== null);
  const sound = useProblems().every((p) => p.severity !== 'error');
  const take = async () => {
    setBusy(true);
    try {
      const { device, slowness } = await api.call['run.probe'](doc);
      learnSlowness(device, slowness);
    } catch (error) {
      reportError(error, 'Measuring the speed');
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      className="btn small"
      disabled={busy || training || !sound}
      title="Trains a few steps, at most eight seconds, and forgets them"
      onClick={() => void take()}
    >
      {busy ? 'Measuring…' : 'Measure the speed'}
    </button>
  );
}

/** Memory that training may take, that of the GPU or what is free in this machine, and the batch that would fill it. */
function useRoom(): { readonly free: number; readonly most: number } | undefined {
  const analysis = useAnalysis();
  const { optimizer } = useDocument().training;
  const gpu = useRuns((s) => s.engine.device?.memory);
  const [here, setHere] = useState<number>();
  const free = gpu ?? here;
  useEffect(() => {
    void api.call['app.memory']().then(
      (m) => m && setHere(m.free),
      () => {},
    );
  }, []);
  return free === undefined ? undefined : { free, most: largestBatch(analysis, optimizer, free) };
}
