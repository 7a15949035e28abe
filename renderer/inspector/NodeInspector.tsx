import type { NodeAnalysis } from '../../engine/analysis/analyse';
import { exposeParams } from '../../engine/analysis/blocks/own';
import type { Problem } from '../../engine/analysis/problem';
import { isRepeat } from '../../engine/nodes/body';
import type { NodeDef } from '../../engine/nodes/define';
import { isExpression } from '../../engine/nodes/expression';
import { type Field, fieldsOf } from '../../engine/nodes/fields';
import { splitPath } from '../app/blocks';
import { focusNode } from '../app/focus';
import { useAnalysis, useEditor, useHints, usePart, useProblems } from '../app/store';
import { showHelp } from '../help/HelpDialog';
import { NodeNote } from '../notes/NodeNote';
import { Icon } from '../ui/Icon';
import { BlockSection } from './BlockSection';
import { CostSection } from './CostSection';
import { FieldProblem } from './FieldRow';
import { Fields } from './Fields';
import { Flow } from './Flow';
import { GrowSection } from './GrowSection';
import { NodeHead } from './NodeHead';
import { RepeatFields } from './RepeatFields';
import { SignalsSection } from './SignalsSection';
import { useOwnBlock } from './use-own-block';
import { shownParams } from './values';

interface NodeInspectorProps {
  readonly node: NodeAnalysis;
  readonly def: NodeDef;
}

/** One node: what it is and where, what comes in and leaves, its parameters, its cost, and what to know of it. */
export function NodeInspector({ node, def }: NodeInspectorProps) {
  const { instance } = node;
  // a fault inside a block is mended by the block's own parameters, so it shows here too
  const found = [...useProblems(), ...useHints()];
  const problems = found.filter(
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
      {instance.path.includes('/') && <PartOf path={instance.path} />}
      {def.kind === 'composite' && <BlockSection node={node} />}
      <Form node={node} def={def} problems={own} />
      <NodeNote path={instance.path} />
      <CostSection node={node} />
      <SignalsSection path={instance.path} />
      <GrowSection node={node} />
      <p className="in-help" data-selectable>
        {def.help}
        <small>{def.source}</small>
      </p>
      <button type="button" className="btn small" onClick={() => showHelp(def.type)}>
        <Icon name="info" size={12} />
        Help on {def.title}
      </button>
    </section>
  );
}

/** The fields alone show the document as it stands: what is typed waits for nothing else. */
function Form({ node, def, problems }: NodeInspectorProps & { readonly problems: readonly Problem[] }) {
  const { instance } = node;
  const set = usePart((doc) => doc.nodes[instance.path]?.params);
  const params = instance.path.includes('/') ? { ...instance.params } : shownParams(def, set ?? {});
  return isRepeat(instance) ? (
    <RepeatFields path={instance.path} params={params} problems={problems} />
  ) : (
    <NodeFields node={node} def={def} params={params} problems={problems} />
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

/** The parameters; inside a block of one's own each can be exposed, which then sets it at every use. */
function NodeFields({ node, def, params, problems }: FormProps) {
  const { path } = node.instance;
  const { parent, id } = splitPath(path);
  const own = useOwnBlock(parent);
  const run = useEditor((s) => s.run);
  const exposed = (param: string) => {
    const value = own?.block.body.nodes[id]?.params[param];
    return isExpression(value) ? value.slice(1).trim() : undefined;
  };
  const expose = ({ name, title }: Field) => {
    const taken = own!.block.params.map((p) => p.name);
    const free = taken.includes(name) ? `${name}${taken.length + 1}` : name;
    run(exposeParams, { id: own!.id, expose: [{ node: id, param: name, name: free, title }] });
  };
  return (
    <Fields
      def={def}
      path={path}
      params={params}
      problems={problems}
      setElsewhere={(param) => {
        const by = exposed(param);
        return by && `Set at each use of the block: ${by}`;
      }}
      action={
        own &&
        ((field) =>
          EXPOSABLE.has(field.control) && exposed(field.name) === undefined ? (
            <button
              type="button"
              className="fr-expose"
              aria-label={`Expose ${field.title} of the block`}
              title="Make it a parameter of the block"
              onClick={() => expose(field)}
            >
              <Icon name="plus" size={12} />
            </button>
          ) : undefined)
      }
    />
  );
}
/** What a parameter of a block can be. */
const EXPOSABLE: ReadonlySet<Field['control']> = new Set([
  'int',
  'number',
  'pair',
  'toggle',
  'choice',
  'text',
]);

interface FormProps {
  readonly node: NodeAnalysis;
  readonly def: NodeDef;
  readonly params: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** What an edit here changes: the block around it, or all uses of the user's own. */
function PartOf({ path }: { readonly path: string }) {
  const { nodes } = useAnalysis();
  const { parent } = splitPath(path);
  const own = useOwnBlock(parent);
  const title = nodes.get(parent)?.instance.title ?? parent;
  return (
    <div className="in-part">
      <p>
        {own
          ? `Part of the block ${own.block.title}: a change here is one of all its uses.`
          : `Part of ${title}: a change here makes that block one of its own.`}
      </p>
      <button type="button" className="btn small" onClick={() => focusNode(parent, 'if-hidden')}>
        Select {title}
      </button>
    </div>
  );
}
