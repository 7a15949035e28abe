import type { NodeAnalysis } from '../../engine/analysis/analyse';
import { useDocument } from '../app/store';
import { NodeHead } from './NodeHead';

/** A node of a kind that this version does not have: it is kept as the file has it. */
export function UnknownInspector({ node }: { readonly node: NodeAnalysis }) {
  const { path, type } = node.instance;
  const record = useDocument().nodes[path];
  return (
    <section className="in" aria-label={`Inspector: ${node.instance.title}`}>
      <NodeHead node={node} />
      <div className="in-part">
        <p>
          There is no node kind <b>{type}</b> in this version of Convloom. The node is kept as it is when you
          save; until it is replaced the net cannot be trained.
        </p>
      </div>
      <h3 className="in-sub">Parameters in the file</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className="in-raw" tabIndex={0} data-selectable>
        {JSON.stringify(record?.params ?? {}, null, 2)}
      </pre>
    </section>
  );
}
