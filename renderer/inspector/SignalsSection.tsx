import { type NodeSignals, signalsOf } from '../charts/layer-signals';
import { useCurrentRun } from '../runs/run-store';
import { formatCount, formatShare } from '../ui/format';

/** What the node did in the run under way, or in the last one: sampled while it trains. */
export function SignalsSection({ path }: { readonly path: string }) {
  const view = useCurrentRun();
  const samples = view ? signalsOf(view.signals, path) : [];
  const last = samples.at(-1);
  if (!last) return null;
  return (
    <>
      <h3 className="in-sub">
        Learning <small className="in-share">step {formatCount(last.step)}</small>
      </h3>
      <dl className="in-costs" data-testid="signals">
        {rowsOf(last).map(({ title, value, help, odd }) => (
          <div key={title} title={help}>
            <dt>{title}</dt>
            <dd className={odd ? 'in-odd' : undefined}>{value}</dd>
          </div>
        ))}
        {samples.length > 1 && last.gradient !== null && (
          <div title="Length of the gradient over the samples so far, on a scale of powers">
            <dt>Gradient so far</dt>
            <dd>
              <Sparkline values={samples.map((s) => s.gradient ?? 0)} />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

const digits = (x: number): string => (x === 0 ? '0' : x.toPrecision(3).replace(/\.?0+(e|$)/, '$1'));
/** Of a kernel in a step; far off these a rate is too high, or nothing is learned. */
const [STILL, WILD] = [1e-6, 0.05];
const MANY_DEAD = 0.5;

function rowsOf({ gradient, weight, update, mean, deviation, dead }: NodeSignals) {
  return [
    gradient !== null && {
      title: 'Gradient',
      value: digits(gradient),
      help: 'Length of the gradient of the kernel',
    },
    weight !== null && { title: 'Kernel', value: digits(weight), help: 'Length of the kernel' },
    update !== null && {
      title: 'Update',
      value: digits(update),
      odd: update > WILD || update < STILL,
      help: 'How far the step moved the kernel, over its length; about 0.001 is usual',
    },
    {
      title: 'Result',
      value: `${digits(mean)} ± ${digits(deviation)}`,
      help: 'Mean and deviation of the result',
    },
    dead !== null && {
      title: 'Dead channels',
      value: formatShare(dead),
      odd: dead > MANY_DEAD,
      help: 'Share of the channels that are zero for every picture of the batch',
    },
  ].flatMap((row) => (row ? [{ odd: false, ...row }] : []));
}

function Sparkline({ values }: { readonly values: readonly number[] }) {
  const logs = values.map((v) => Math.log10(Math.max(v, 1e-12)));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const y = (v: number) => 15 - (high > low ? ((v - low) / (high - low)) * 14 : 7);
  const points = logs.map((v, i) => `${(i / (logs.length - 1)) * 96},${y(v)}`).join(' ');
  return (
    <svg className="in-spark" viewBox="0 0 96 16" aria-hidden="true">
      <polyline points={points} />
    </svg>
  );
}
