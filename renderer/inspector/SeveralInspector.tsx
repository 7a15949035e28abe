import type { NodeAnalysis } from '../../engine/analysis/analyse';
import { addCost, NO_COST } from '../../engine/ir/cost';
import { runCommand } from '../app/command-table';
import { useAnalysis, useDocument, useDocumentNow } from '../app/store';
import { formatCount, formatShort } from '../ui/format';
import { Glyph } from '../ui/Glyph';
import { changed, makeChanges } from './changes';
import { FieldRow } from './FieldRow';
import { commonValue, editables, type SharedField, sharedFields } from './shared-fields';

interface SeveralProps {
  readonly nodes: readonly NodeAnalysis[];
}

/** Several nodes: the fields that all of them have, which set all of them at once, and what can be done with all. */
export function SeveralInspector({ nodes }: SeveralProps) {
  const doc = useDocument();
  const kinds = new Set(nodes.map(({ instance }) => instance.type));
  const def = kinds.size === 1 ? nodes[0]!.instance.def : undefined;
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
      <CommonFields key={nodes.map((n) => n.instance.path).join()} nodes={nodes} />
      {nodes.some(({ instance }) => doc.nodes[instance.path]) && (
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

/** The fields that all have; a formula that starts with a sign goes on from the value of each. */
function CommonFields({ nodes }: SeveralProps) {
  const doc = useDocumentNow();
  const analysis = useAnalysis();
  const all = editables(doc, nodes);
  const fields = all && sharedFields(doc, all, (path) => analysis.nodes.get(path)?.instance.type);
  if (!all || !fields || fields.length === 0)
    return <p className="in-note">These nodes have no field in common that could be set for all at once.</p>;
  const paths = all.map((n) => n.path);
  return (
    <>
      <p className="in-note">
        What is set here is set for all {nodes.length}. <kbd>*2</kbd> doubles each, <kbd>+16</kbd> adds to
        each.
      </p>
      <div className="in-fields">
        {fields.map((shared) => (
          <SharedRow key={shared.field.name} shared={shared} paths={paths} />
        ))}
      </div>
    </>
  );
}

function SharedRow({ shared, paths }: { readonly shared: SharedField; readonly paths: readonly string[] }) {
  const { field, values, accepts } = shared;
  const changes = (each: readonly unknown[]) =>
    paths.map((path, i) => ({ path, param: field.name, value: each[i] }));
  return (
    <FieldRow
      field={field}
      value={commonValue(values)}
      all={values}
      accepts={accepts}
      paths={paths}
      onSet={(value, gesture) => makeChanges(changes(paths.map(() => value)), gesture)}
      onSetEach={(each, gesture) => makeChanges(changes(each), gesture)}
      preview={(before, each) => changed(before, changes(each))}
    />
  );
}
