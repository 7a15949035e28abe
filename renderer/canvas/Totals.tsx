import { fieldSize } from '../../engine/analysis/receptive-field';
import { useAnalysis, useEditor, useProblems } from '../app/store';
import { formatBytes, formatCount, formatShort } from '../ui/format';

/** Asks the window to show the list of problems. */
export const SHOW_PROBLEMS = 'convloom:show-problems';

/** What the whole net costs; it moves while one edits. */
export function Totals() {
  const { total, memory, field } = useAnalysis();
  const empty = useEditor((s) => Object.keys(s.history.present.nodes).length === 0);
  if (empty) return null;
  const sides = field && fieldSize(field);
  const side = sides && (sides[0] === sides[1] ? formatCount(sides[0]) : sides.map(formatCount).join(' × '));
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
          value={side}
          unit="px receptive field"
          title="Pixels of the picture that one output sees, padding included"
        />
      )}
      <Figure
        value={formatBytes(memory.total)}
        unit={`at batch ${formatCount(memory.batch)}`}
        title="Weights, gradients, optimizer and activations while training"
      />
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
}: {
  readonly value: string;
  readonly unit: string;
  readonly title: string;
}) {
  return (
    <span className="figure" title={title}>
      <b>{value}</b> {unit}
    </span>
  );
}

function ProblemCount() {
  const problems = useProblems();
  const errors = problems.filter((p) => p.severity === 'error').length;
  const show = () => window.dispatchEvent(new CustomEvent(SHOW_PROBLEMS));
  const tone = errors > 0 ? 'error' : problems.length > 0 ? 'warning' : 'ok';
  const words =
    problems.length === 0
      ? 'no problems'
      : problems.length === 1
        ? '1 problem'
        : `${problems.length} problems`;
  return (
    <button type="button" className={`problem-count ${tone}`} onClick={show} data-testid="problem-count">
      {words}
    </button>
  );
}
