import type { Preflight } from '../../ipc/contract';
import { focusNode } from '../app/focus';
import { RepairButton } from '../problems/RepairButton';
import { Icon } from '../ui/Icon';
import { formatLoss } from './format';
import './preflight.css';

interface PreflightReportProps {
  readonly report: Preflight;
  readonly close: () => void;
}

/** What one batch told: whether the net learned it by heart, the spread of each layer, and what stands in the way. */
export function PreflightReport({ report, close }: PreflightReportProps) {
  const { overfit, guess, layers, problems } = report;
  const end = overfit.last === null ? 'no number' : formatLoss(overfit.last);
  return (
    <section className="preflight" aria-label="Preflight" data-testid="preflight">
      <header className="preflight-head">
        <h3 className="preflight-text">{problems.length === 0 ? 'Ready to learn' : 'Before you run'}</h3>
        <button type="button" className="btn icon ghost" aria-label="Close the preflight" onClick={close}>
          <Icon name="close" size={12} />
        </button>
      </header>
      <p role="status" className="preflight-text">
        One batch again and again: loss {formatLoss(overfit.first)} to <b>{end}</b> in {overfit.steps} steps.
        A guess has {formatLoss(guess)}.
      </p>
      <Spread layers={layers} />
      {problems.map((p) => (
        <article key={p.code} className="preflight-problem">
          <b>{p.what}</b>
          <p className="preflight-text">{p.why}</p>
          <p className="preflight-text">{p.remedy}</p>
          {p.place.node !== undefined && (
            <button type="button" className="btn small" onClick={() => focusNode(p.place.node!, 'if-hidden')}>
              Show {p.place.node}
            </button>
          )}
          {p.repairs.map((repair) => (
            <RepairButton key={repair.label} repair={repair} className="btn small">
              {repair.label}
            </RepairButton>
          ))}
        </article>
      ))}
    </section>
  );
}

const HEIGHT = 40;
/** Powers of ten that are shown on either side of 1. */
const POWERS = 4;

/** Deviation of every layer's result, first layer left, on a scale of powers: a flat line is a sound start. */
function Spread({ layers }: Pick<Preflight, 'layers'>) {
  if (layers.length < 2) return null;
  const y = (d: number) =>
    HEIGHT / 2 - (Math.max(-POWERS, Math.min(POWERS, Math.log10(d || 1e-9))) / POWERS) * 18;
  const points = layers.map((l, i) => `${(i / (layers.length - 1)) * 200},${y(l.deviation)}`).join(' ');
  const all = layers.map((l) => l.deviation);
  return (
    <figure className="preflight-spread">
      <svg
        className="preflight-plot"
        viewBox={`0 0 200 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Deviation of the results, layer by layer: ${Math.min(...all).toPrecision(2)} to ${Math.max(...all).toPrecision(2)}`}
      >
        <line className="preflight-one" x1="0" x2="200" y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <polyline className="preflight-curve" points={points} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="preflight-note">Spread of each layer, input to output; the line is 1</figcaption>
    </figure>
  );
}
