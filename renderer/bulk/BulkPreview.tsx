import { useEffect, useMemo, useRef } from 'react';
import { diff } from '../../engine/analysis/diff';
import { changedAt, type Found, findPlaces, transformNet } from '../../engine/analysis/transforms/apply';
import { effectOf } from '../../engine/analysis/transforms/effect';
import type { Transform } from '../../engine/analysis/transforms/transform';
import { type Fault, toFault } from '../../engine/errors';
import type { GraphDocument } from '../../engine/graph/document';
import { focusNode } from '../app/focus';
import { reportError } from '../app/notices';
import { endPreview, previewDocument } from '../app/preview';
import { analysisOf, useDocument, useEditor } from '../app/store';
import { ChangeList } from '../compare/ChangeList';
import { unitOf } from '../compare/change-text';
import { formatCount } from '../ui/format';
import { Select } from '../ui/Select';
import { closeBulk, type Draft, setBulk } from './bulk-store';
import { EffectBars } from './EffectBars';
import { PlaceList } from './PlaceList';

interface Props {
  readonly draft: Draft;
  readonly transform: Transform;
}

/** What the change would do: its places, what it costs, which problems it makes, and every node that differs. */
export function BulkPreview({ draft, transform }: Props) {
  const doc = useDocument();
  const found = useMemo(
    () => findPlaces(doc, transform, { scope: draft.scope, values: draft.values, analysisOf }),
    [doc, transform, draft.scope, draft.values],
  );
  const { next, fault } = useMemo(() => attempted(doc, found, draft.leave), [doc, found, draft.leave]);
  useEffect(() => previewDocument(next), [next]);
  useEffect(() => endPreview, []);
  return (
    <>
      <div className="bulk-body">
        <p className="bulk-help">{transform.help}</p>
        <Settings found={found} />
        {fault ? <Refusal fault={fault} /> : <Outcome doc={doc} next={next} />}
        <PlaceList places={found.places} leave={draft.leave} />
        {!fault && <Changes doc={doc} next={next} />}
      </div>
      <Foot draft={draft} found={found} changes={next !== doc} />
    </>
  );
}

interface Attempt {
  readonly next: GraphDocument;
  readonly fault?: Fault;
}
function attempted(doc: GraphDocument, { places }: Found, leave: ReadonlySet<string>): Attempt {
  try {
    return {
      next: changedAt(
        doc,
        places.filter((p) => !leave.has(p.key)),
      ),
    };
  } catch (error) {
    return { next: doc, fault: toFault(error, 'The change') };
  }
}

function Settings({ found: { settings, values } }: { readonly found: Found }) {
  if (settings.length === 0) return null;
  return (
    <div className="bulk-settings">
      {settings.map(({ name, title, options }) => (
        <div key={name}>
          <span aria-hidden="true">{title}</span>
          <Select
            label={title}
            options={options}
            value={values[name]}
            onChange={(value) => setBulk({ values: { ...values, [name]: value }, leave: new Set() })}
          />
        </div>
      ))}
    </div>
  );
}

function Refusal({ fault: { what, why, remedy } }: { readonly fault: Fault }) {
  return (
    <div className="bulk-problem error" role="alert">
      <p>{what}</p>
      <small>
        {why} {remedy}
      </small>
    </div>
  );
}

function Outcome({ doc, next }: { readonly doc: GraphDocument; readonly next: GraphDocument }) {
  const effect = useMemo(() => effectOf(doc, next, analysisOf), [doc, next]);
  return <EffectBars effect={effect} />;
}

function Changes({ doc, next }: { readonly doc: GraphDocument; readonly next: GraphDocument }) {
  const result = useMemo(() => diff(doc, next, { analysisOf }), [doc, next]);
  if (result.equal) return null;
  const show = (key: string) => {
    const found = result.nodes.find((n) => n.key === key);
    if (found) focusNode(unitOf(found).path);
  };
  return <ChangeList result={result} selected={null} onSelect={show} />;
}

interface FootProps {
  readonly draft: Draft;
  readonly found: Found;
  readonly changes: boolean;
}

function Foot({ draft, found, changes }: FootProps) {
  const apply = useRef<HTMLButtonElement>(null);
  useEffect(() => apply.current?.focus(), []);
  const count = found.places.filter((p) => !draft.leave.has(p.key)).length;
  return (
    <footer className="bulk-foot">
      <button type="button" className="btn small" onClick={closeBulk}>
        Cancel
      </button>
      <button
        ref={apply}
        type="button"
        className="btn small accent"
        disabled={!changes}
        onClick={() => applyDraft(draft, found)}
      >
        {count === 0 ? 'Change nothing' : `Change ${formatCount(count)} ${count === 1 ? 'place' : 'places'}`}
      </button>
    </footer>
  );
}

/** One step of undo, named by the change. */
function applyDraft({ scope, leave }: Draft, { transform, values }: Found): void {
  const label = transform.title.charAt(0).toLowerCase() + transform.title.slice(1);
  endPreview();
  try {
    const args = { transform: transform.id, scope, values, leave: [...leave] };
    useEditor.getState().run({ ...transformNet, label }, args);
    closeBulk();
  } catch (error) {
    reportError(error, 'The change');
  }
}
