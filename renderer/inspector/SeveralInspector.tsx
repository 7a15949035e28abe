import type { NodeAnalysis } from '../../engine/analysis/analyse';
import { addCost, NO_COST } from '../../engine/ir/cost';
import { runCommand } from '../app/command-table';
import { useDocument } from '../app/store';
import { formatCount, formatShort } from '../ui/format';
import { Glyph } from '../ui/Glyph';
import { Fields } from './Fields';
import { shownParams } from './values';

/** Several nodes: of one kind their common fields, which set all of them at once; else what can be done with all. */
export function SeveralInspector({ nodes }: { readonly nodes: readonly NodeAnalysis[] }) {
  const doc = useDocument();
  const own = nodes.filter(({ instance }) => doc.nodes[instance.path]);
  const kinds = new Set(nodes.map(({ instance }) => instance.type));
  const def = kinds.size === 1 && own.length === nodes.length ? nodes[0]!.instance.def : undefined;
  const ids = own.map(({ instance }) => instance.path);
  const cost = nodes.map((n) => n.cost).reduce(addCost, NO_COST);
  const title = kinds.size === 1 ? (nodes[0]!.instance.def?.title ?? nodes[0]!.instance.type) : 'nodes';
  return (
    <section className="in" aria-label={`Inspector: ${nodes.length} nodes`}>
      <header className="in-head">
        <Glyph category={def?.category ?? 'block'} size={22} plain={!def} />
        <div className="in-names">
          <h2 className="in-title">
            {nodes.length} × {title}
          </h2>
          <small className="in-crumbs">
            {formatCount(cost.params.trainable + cost.params.nonTrainable)} parameters ·{' '}
            {formatShort(cost.macs)} MACs
          </small>
        </div>
      </header>
      {def ? (
        <Fields
          key={ids.join()}
          def={def}
          ids={ids}
          params={common(ids.map((id) => shownParams(def, doc.nodes[id]!.params)))}
        />
      ) : (
        <p className="in-note">Nodes of one kind can be set together. These are of {kinds.size} kinds.</p>
      )}
      {ids.length > 0 && (
        <div className="in-acts">
          <button type="button" className="btn small" onClick={() => runCommand('edit.duplicate')}>
            Duplicate
          </button>
          <button type="button" className="btn small danger" onClick={() => runCommand('edit.delete')}>
            Delete
          </button>
        </div>
      )}
    </section>
  );
}

/** The values all of them share; undefined where they differ. */
function common(all: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  const [first = {}, ...others] = all;
  const same = (name: string) => others.every((p) => JSON.stringify(p[name]) === JSON.stringify(first[name]));
  return Object.fromEntries(
    Object.entries(first).map(([name, value]) => [name, same(name) ? value : undefined]),
  );
}
