import { useMemo } from 'react';
import { CurveChart } from '../charts/CurveChart';
import { GradientStrip } from '../charts/GradientStrip';
import { accuracyRange, curveData, epochOf, focusSpan, lossRange, type Mark } from '../charts/series';
import type { Curve } from '../charts/steps';
import { formatLoss, formatPercent } from './format';
import type { RunView } from './run-view';

export const percentTick = (v: number): string => `${Number((v * 100).toFixed(1))} %`;
export const lossTick = (v: number): string => String(Number(v.toPrecision(3)));

/** Loss and accuracy of a run, side by side. */
export function RunCharts({ view }: { view: RunView }) {
  const loss = useCurve(view, 'loss');
  const accuracy = useCurve(view, 'accuracy');
  const frame = {
    epochs: view.start?.epochs ?? 1,
    stepsPerEpoch: view.start?.stepsPerEpoch ?? 1,
    sync: `run ${view.id}`,
    changes: view.changes.map((c) => epochOf(c.step, view.start?.stepsPerEpoch ?? 1)),
  };
  return (
    <>
      <CurveChart
        {...{ title: 'Loss', testId: 'chart-loss', data: loss, format: formatLoss, tick: lossTick }}
        {...frame}
        range={lossRange(focusSpan(loss))}
      />
      <CurveChart
        {...{
          title: 'Accuracy',
          testId: 'chart-accuracy',
          data: accuracy,
          format: formatPercent,
          tick: percentTick,
        }}
        {...frame}
        range={accuracyRange(focusSpan(accuracy))}
      />
      <GradientStrip view={view} />
    </>
  );
}

function useCurve(view: RunView, curve: Curve) {
  // The steps grow in place, but every batch of them comes with a new view.
  return useMemo(() => {
    const stepsPerEpoch = view.start?.stepsPerEpoch ?? 1;
    return curveData(view.steps, curve, { stepsPerEpoch, marks: marksOf(view, curve) });
  }, [view, curve]);
}

/** Every measurement on the validation pictures, in order. */
export function marksOf(view: RunView, curve: Curve): Mark[] {
  const stepsPerEpoch = view.start?.stepsPerEpoch ?? 1;
  const measured = [...view.epochs, ...view.checks].sort((a, b) => a.step - b.step);
  return measured.flatMap(({ step, validation }) =>
    validation ? [{ x: epochOf(step, stepsPerEpoch), value: validation[curve] }] : [],
  );
}
