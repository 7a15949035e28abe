import type { NodeAnalysis } from '../../engine/analysis/analyse';
import type { Problem } from '../../engine/analysis/problem';
import { toggleOpen } from '../../engine/graph/commands/document';
import type { NodeDef } from '../../engine/nodes/define';
import { fieldsOf } from '../../engine/nodes/fields';
import { focusNode } from '../app/focus';
import { useAnalysis, useDocument, useEditor, useProblems } from '../app/store';
import { Icon } from '../ui/Icon';
import { CostSection } from './CostSection';
import { FieldProblem } from './FieldRow';
import { Fields } from './Fields';
import { Flow } from './Flow';
import { NodeHead } from './NodeHead';
import { shownParams } from './values';

interface NodeInspectorProps {
  readonly node: NodeAnalysis;
  readonly def: NodeDef;
}

/** One node: what it is and where, what comes in and leaves, its parameters, its cost, and what to know of it. */
export function NodeInspector({ node, def }: NodeInspectorProps) {
  const { instance } = node;
  const doc = useDocument();
  const inner = instance.path.includes('/');
  const params = inner ? { ...instance.params } : shownParams(def, doc.nodes[instance.path]?.params ?? {});
  // a fault inside a block is mended by the block's own parameters, so it shows here too
  const problems = useProblems().filter(
    ({ place }) => place.node === instance.path || place.node?.startsWith(`${instance.path}/`),
  );
  const own = problems.filter((p) => p.place.node === instance.path);
  const names = new Set(fieldsOf(def.params).map((f) => f.name));
  const general = problems.filter((p) => !own.includes(p) || !names.has(p.place.param ?? ''));
  return (
    <section className="in" aria-label={`Inspector: ${instance.title}`}>
      <NodeHead node={node} />
      <Flow inputs={instance.inputs.map((v) => v?.shape)} output={node.output} />
      <Faults problems={general} />
      {inner ? (
        <PartOf path={instance.path} />
      ) : (
        def.kind === 'composite' && <OpenBlock path={instance.path} />
      )}
      <Fields def={def} ids={[instance.path]} params={params} disabled={inner} problems={own} />
      <CostSection node={node} />
      <p className="in-help" data-selectable>
        {def.help}
        <small>{def.source}</small>
      </p>
    </section>
  );
}

/** Faults of the node that lie in none of its fields. */
export function Faults({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="in-faults">
      {problems.map((p) => (
        <FieldProblem key={p.code + (p.place.port ?? '')} problem={p} />
      ))}
    </div>
  );
}

function PartOf({ path }: { readonly path: string }) {
  const { nodes } = useAnalysis();
  const block = path.split('/')[0]!;
  const title = nodes.get(block)?.instance.title ?? block;
  return (
    <div className="in-part">
      <p>Part of {title}: its parameters are set there.</p>
      <button type="button" className="btn small" onClick={() => focusNode(block, 'if-hidden')}>
        Select {title}
      </button>
    </div>
  );
}

function OpenBlock({ path }: { readonly path: string }) {
  const run = useEditor((s) => s.run);
  const open = useDocument().layout.open.includes(path);
  return (
    <button type="button" className="btn small in-open" onClick={() => run(toggleOpen, { path })}>
      <Icon name={open ? 'up' : 'down'} size={12} />
      {open ? 'Fold the block' : 'Look inside'}
    </button>
  );
}
