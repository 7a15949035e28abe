import { ConfusionMatrix } from '../charts/ConfusionMatrix';
import { formatCount, formatDuration, formatLoss, formatPercent } from './format';
import type { RunView } from './run-view';

/** The verdict on pictures that the net has never seen. */
export function TestResult({ view, compact = false }: { view: RunView; compact?: boolean }) {
  const { done } = view;
  if (!done?.test) return null;
  const pictures = done.confusion.reduce((n, row) => n + row.reduce((m, v) => m + v, 0), 0);
  const right = done.confusion.reduce((n, row, i) => n + (row[i] ?? 0), 0);
  return (
    <>
      <div className="verdict">
        <span className="verdict-name">Test accuracy</span>
        <b className="verdict-figure" data-testid="test-accuracy">
          {formatPercent(done.test.accuracy)}
        </b>
        {pictures > 0 && (
          <span>
            {formatCount(right)} of {formatCount(pictures)} right
          </span>
        )}
        <span>loss {formatLoss(done.test.loss)}</span>
        {compact && (
          <span>
            {done.stopped ? 'stopped after' : 'in'} {formatDuration(done.seconds)}
          </span>
        )}
      </div>
      {done.confusion.length > 0 && (
        <ConfusionMatrix matrix={done.confusion} names={done.classNames} compact={compact} />
      )}
    </>
  );
}
