import { useState } from 'react';
import { setTraining } from '../../engine/graph/commands/document';
import type { RateSweep } from '../../ipc/contract';
import { api } from '../app/bridge';
import { reportError } from '../app/notices';
import { useDocument, useEditor, useProblems } from '../app/store';
import { formatSetting } from './format';
import { useRuns } from './run-store';

/** Trains while the rate grows, draws the loss over it, and offers the rate at which it falls fastest. */
export function RateFinder() {
  const [busy, setBusy] = useState(false);
  const [sweep, setSweep] = useState<RateSweep>();
  const training = useRuns((s) => s.current !== null && s.pending !== null);
  const sound = useProblems().every((p) => p.severity !== 'error');
  const find = async () => {
    setBusy(true);
    try {
      setSweep(await api.call['run.rates'](useEditor.getState().history.present));
    } catch (error) {
      reportError(error, 'Finding a rate');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="rate-finder">
      {busy ? (
        <button type="button" className="btn small" onClick={() => void api.call['run.stop']()}>
          Stop looking
        </button>
      ) : (
        <button
          type="button"
          className="btn small"
          disabled={training || !sound}
          title="Trains up to 120 steps with a rate that grows, and forgets them"
          onClick={() => void find()}
        >
          Find a rate
        </button>
      )}
      {busy && <p className="quiet">Training while the rate grows…</p>}
      {sweep && !busy && <Sweep sweep={sweep} />}
    </div>
  );
}

function Sweep({ sweep: { points, suggested } }: { readonly sweep: RateSweep }) {
  const run = useEditor((s) => s.run);
  const { rate } = useDocument().training;
  return (
    <>
      <SweepPlot points={points} suggested={suggested} />
      {suggested === null ? (
        <p className="quiet">The loss fell at no rate: look at the data and the net first.</p>
      ) : (
        <button
          type="button"
          className="btn small"
          disabled={suggested === rate}
          onClick={() => run(setTraining, { patch: { rate: suggested } })}
        >
          Set the rate to {formatSetting(suggested)}
        </button>
      )}
    </>
  );
}

const [WIDTH, HEIGHT] = [264, 84];
/** Loss over the rate, which grows by the same factor to the right. */
function SweepPlot({ points, suggested }: RateSweep) {
  if (points.length < 2) return null;
  const [from, to] = [Math.log(points[0]!.rate), Math.log(points.at(-1)!.rate)];
  const losses = points.map((p) => p.loss);
  const low = Math.min(...losses);
  // what comes before the loss grows is what one looks at
  const high = Math.min(Math.max(...losses), losses[0]! + (losses[0]! - low) * 0.4);
  const x = (rate: number) => ((Math.log(rate) - from) / (to - from)) * WIDTH;
  const y = (loss: number) => HEIGHT - ((loss - low) / (high - low || 1)) * HEIGHT;
  const path = points.map(
    (p, i) => `${i ? 'L' : 'M'}${x(p.rate).toFixed(1)} ${Math.max(-4, y(p.loss)).toFixed(1)}`,
  );
  const said = suggested === null ? '' : `; it falls fastest at ${formatSetting(suggested)}`;
  return (
    <figure className="rate">
      <svg
        viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`}
        role="img"
        aria-label={`Loss over the learning rate${said}`}
      >
        {suggested !== null && (
          <line className="rate-mark" x1={x(suggested)} x2={x(suggested)} y1={0} y2={HEIGHT} />
        )}
        <path className="rate-line" d={path.join('')} />
      </svg>
      <figcaption>
        <span>{formatSetting(points[0]!.rate)}</span>
        <span>loss over rate</span>
        <span>{formatSetting(Number(points.at(-1)!.rate.toPrecision(1)))}</span>
      </figcaption>
    </figure>
  );
}
