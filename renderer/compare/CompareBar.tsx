import type { DiffState, GraphDiff } from '../../engine/analysis/diff';
import { formatCount, formatShort } from '../ui/format';
import { Icon } from '../ui/Icon';
import { Switch } from '../ui/Switch';
import { SIGNS, signed } from './change-text';
import { useCompare } from './compare-store';

/** Both names, what the signs mean and how often they stand, and the ways to swap and to leave. */
export function CompareBar({ result }: { readonly result: GraphDiff }) {
  const { comparison, swap, setFlat, leave } = useCompare();
  if (!comparison) return null;
  const { before, after, flat } = comparison;
  return (
    <section className="cmp-bar" aria-label="What is compared">
      <h1 className="cmp-names">
        <span title={before.name}>{before.name}</span>
        <i>→</i>
        <span title={after.name}>{after.name}</span>
      </h1>
      <Legend result={result} />
      <span className="cmp-flat">
        <Switch checked={flat} label="Open blocks" onChange={setFlat} />
        Open blocks
      </span>
      <button type="button" className="btn small" onClick={swap}>
        Swap sides
      </button>
      <button type="button" className="btn small" title="Back to the graph (Esc)" onClick={leave}>
        <Icon name="close" size={12} />
        Leave
      </button>
    </section>
  );
}

const LEGEND = ['added', 'removed', 'changed'] as const satisfies readonly DiffState[];

function Legend({ result: { nodes } }: { readonly result: GraphDiff }) {
  const count = (state: DiffState) => nodes.filter((n) => n.state === state && !n.follows).length;
  const following = nodes.filter((n) => n.follows).length;
  return (
    <ul className="cmp-legend" aria-label="Nodes">
      {LEGEND.map((state) => (
        <li key={state} className={state}>
          <b aria-hidden="true">{SIGNS[state]}</b>
          {formatCount(count(state))} {state}
        </li>
      ))}
      {following > 0 && (
        <li title="Their shape or cost is another only because of nodes before them">
          {formatCount(following)} {following === 1 ? 'follows' : 'follow'}
        </li>
      )}
    </ul>
  );
}

/** `params 269,722 → 464,154 (+194,432)`, and MACs. */
export function CompareTotals({ result: { total } }: { readonly result: GraphDiff }) {
  const { from, to } = total;
  return (
    <section className="totals" aria-label="Totals of both nets" data-testid="compare-totals">
      <Figure name="params" from={from.params.trainable} to={to.params.trainable} format={formatCount} />
      <Figure name="MACs" from={from.macs} to={to.macs} format={formatShort} />
      <Figure least name="activations" from={from.activations} to={to.activations} format={formatShort} />
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly least?: boolean;
  format(n: number): string;
}

function Figure({ name, from, to, least = false, format }: FigureProps) {
  return (
    <span className={least ? 'figure least' : 'figure'} title={`${formatCount(from)} → ${formatCount(to)}`}>
      {name} <b>{from === to ? format(to) : `${format(from)} → ${format(to)}`}</b> (
      {signed(to - from, format)})
    </span>
  );
}
