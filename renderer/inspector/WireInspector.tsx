import { formatShape } from '../../engine/ir/shape';
import { runCommand } from '../app/command-table';
import { focusNode } from '../app/focus';
import { useAnalysis, useDocument, useProblems } from '../app/store';
import { Faults } from './NodeInspector';

/** One wire: where it leads, and what goes through it. Of several, how many. */
export function WireInspector({ ids }: { readonly ids: readonly string[] }) {
  const { nodes } = useAnalysis();
  const { edges } = useDocument();
  const edge = edges[ids[0]!]!;
  const shape = nodes.get(edge.from.node)?.output;
  const problems = useProblems().filter((p) => p.place.edge === ids[0]);
  return (
    <section className="in" aria-label="Inspector: wire">
      <header className="in-head">
        <div className="in-names">
          <h2 className="in-title">{ids.length === 1 ? 'Wire' : `${ids.length} wires`}</h2>
          {ids.length === 1 && (
            <small className="in-crumbs">carries {shape ? formatShape(shape) : 'nothing yet'}</small>
          )}
        </div>
      </header>
      {ids.length === 1 && (
        <div className="in-ends">
          {(
            [
              ['From', edge.from.node],
              ['To', edge.to.node],
            ] as const
          ).map(([word, id]) => (
            <p key={word}>
              <span>{word}</span>
              <button type="button" className="btn small" onClick={() => focusNode(id, 'if-hidden')}>
                {nodes.get(id)?.instance.title ?? id}
              </button>
            </p>
          ))}
        </div>
      )}
      <Faults problems={ids.length === 1 ? problems : []} />
      <div className="in-acts">
        <button type="button" className="btn small danger" onClick={() => runCommand('edit.delete')}>
          {ids.length === 1 ? 'Remove the wire' : 'Remove the wires'}
        </button>
      </div>
    </section>
  );
}
