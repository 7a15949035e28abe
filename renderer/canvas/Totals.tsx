import { fieldSize } from '../../engine/analysis/receptive-field';
import { useAnalysis, useEditor, useProblems } from '../app/store';
import { formatDuration } from '../runs/format';
import { SHOW_PROBLEMS, signal } from '../runs/signals';
import { roundly, useEstimate } from '../runs/use-estimate';
import { formatBytes, formatCount, formatShort } from '../ui/format';

/** What the whole net costs; it moves while one edits. */
export function Totals() {
  const { total, memory, field } = useAnalysis();
  const empty = useEditor((s) => Object.keys(s.history.present.nodes).length === 0);
  const { epochSeconds, measured } = useEstimate();
  if (empty) return null;
  const sides = field && fieldSize(field);
  const side =
    sides &&
    (sides.every((s) => s === sides[0])
      ? formatCount(sides[0]!)
      : sides.map((s) => formatCount(s)).join(' × '));
  return (
    <section className="totals" aria-label="Totals of the net" data-testid="totals">
      <Figure
        value={formatCount(total.params.trainable)}
        unit="parameters"
        title={aside(total.params.nonTrainable)}
      />
      <Figure value={formatShort(total.macs)} unit="MACs" title="Multiply-accumulates for one picture" />
      {side !== undefined && (
        <Figure
          least
          value={side}
          unit="px receptive field"
          title="Pixels of the picture that one output sees, padding included"
        />
      )}
      <Figure
        least
        value={formatBytes(memory.total)}
        unit={`at batch ${formatCount(memory.batch)}`}
        title="Weights, gradients, optimizer and activations while training"
      />
      {epochSeconds !== null && (
        <Figure
          least
          value={formatDuration(roundly(epochSeconds))}
          unit="an epoch"
          title={
            measured
              ? 'As measured on this machine'
              : 'Predicted; Measure the speed, in the training panel, makes it exact'
          }
        />
      )}
      <ProblemCount />
    </section>
  );
}

const aside = (tracked: number): string =>
  tracked > 0 ? `Trainable; ${formatCount(tracked)} more are tracked, not trained` : 'Trainable parameters';

function Figure({
  value,
  unit,
  title,
  least = false,
}: {
  readonly value: string;
  readonly unit: string;
  readonly title: string;
  /** Gives way first where there is little room. */
  readonly least?: boolean;
}) {
  return (
    <span className={least ? 'figure least' : 'figure'} title={title}>
      <b>{value}</b> {unit}
    </span>
  );
}

function ProblemCount() {
  const problems = useProblems();
  const errors = problems.filter((p) => p.severity === 'error').length;
  const tone = errors > 0 ? 'error' : problems.length > 0 ? 'warning' : 'ok';
  const words =
    problems.length === 0
      ? 'no problems'
      : problems.length === 1
        ? '1 problem'
        : `${problems.length} problems`;
  return (
    <button
      type="button"
      className={`problem-count ${tone}`}
      onClick={() => signal(SHOW_PROBLEMS)}
      data-testid="problem-count"
    >
      {words}
    </button>
  );
}
