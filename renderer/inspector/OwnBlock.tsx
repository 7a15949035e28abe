import { useState } from 'react';
import { describeBlock, describeParam } from '../../engine/analysis/blocks/own';
import { fieldsOf } from '../../engine/nodes/fields';
import { blockType, kindsOf, type UserBlock } from '../../engine/nodes/user-block';
import { useAnalysis, useDocument, useEditor } from '../app/store';
import { Name } from '../ui/Name';
import { FieldRow } from './FieldRow';

interface OwnBlockProps {
  readonly id: string;
  readonly block: UserBlock;
}

/** What all uses of a block of one's own share: its name, what it says of itself, and its parameters. */
export function OwnBlock({ id, block }: OwnBlockProps) {
  const run = useEditor((s) => s.run);
  const { nodes } = useAnalysis();
  const uses = [...nodes.values()].filter(({ instance }) => instance.type === blockType(id)).length;
  return (
    <div className="in-own">
      <Name
        label="Name of the block"
        value={block.title}
        placeholder="Block"
        onChange={(name) => run(describeBlock, { id, title: name.slice(0, 24) || block.title })}
      />
      <small>{uses === 1 ? 'Used once' : `Used ${uses} times: a change inside is one of all`}</small>
      <details>
        <summary>Describe the block</summary>
        <HelpField id={id} help={block.help} />
        {block.params.length === 0 ? (
          <small>Look inside and press + at a field to set it at each use.</small>
        ) : (
          <Parameters id={id} block={block} />
        )}
      </details>
    </div>
  );
}

function HelpField({ id, help }: { readonly id: string; readonly help: string }) {
  const run = useEditor((s) => s.run);
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <textarea
      aria-label="What the block does"
      placeholder="What it does, and where it comes from"
      rows={3}
      maxLength={2000}
      value={draft ?? help}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={() => {
        if (draft !== null) run(describeBlock, { id, help: draft.trim() });
        setDraft(null);
      }}
    />
  );
}

/** Title of each parameter, and what it is where a use does not say. */
function Parameters({ id, block }: OwnBlockProps) {
  const run = useEditor((s) => s.run);
  const def = kindsOf(useDocument().blocks)(blockType(id));
  const fields = def ? fieldsOf(def.params) : [];
  return (
    <div className="in-params">
      {block.params.map(({ name, title, default: start }) => {
        const field = fields.find((f) => f.name === name);
        return (
          field && (
            <div key={name}>
              <Name
                label={`Title of parameter ${name}`}
                value={title}
                onChange={(next) => next && run(describeParam, { id, name, title: next.slice(0, 40) })}
              />
              <FieldRow
                field={{ ...field, title: 'Unless set' }}
                value={start}
                accepts={(v) => def?.params.shape[name]?.safeParse(v).success ?? false}
                preview={(doc, [v]) => describeParam.run(doc, { id, name, default: v as typeof start })}
                onSet={(v, gesture) => run(describeParam, { id, name, default: v as typeof start }, gesture)}
              />
            </div>
          )
        );
      })}
    </div>
  );
}
