import { useState } from 'react';
import { formatShape } from '../../engine/ir/shape';
import type { TemplateSummary } from '../../ipc/contract';
import { analysisOf } from '../app/store';
import { allTabs, frontTab } from '../documents/tabs';
import { useTemplates } from '../palette/use-templates';
import { Dialog } from '../ui/Dialog';
import { formatShort } from '../ui/format';
import { compareWithOpen, compareWithTemplate } from './compare-actions';
import { useCompare } from './compare-store';
import './choose-template.css';

/** Asks which template, or other open graph, the one in front is to be compared with. */
export function ChooseTemplate() {
  const choosing = useCompare((s) => s.choosing);
  const choose = useCompare((s) => s.choose);
  if (!choosing) return null;
  const title = allTabs().length > 1 ? 'Compare with an open graph or a template' : 'Compare with a template';
  return (
    <Dialog title={title} width={460} onClose={() => choose(false)}>
      <Choice />
    </Dialog>
  );
}

function Choice() {
  const templates = useTemplates() ?? [];
  const [query, setQuery] = useState('');
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = templates.filter((t) =>
    words.every((w) => `${t.id} ${t.name} ${t.family}`.toLowerCase().includes(w)),
  );
  const pick = (id: string | undefined) => id !== undefined && void compareWithTemplate(id);
  return (
    <form
      className="ct"
      onSubmit={(event) => {
        event.preventDefault();
        pick(found[0]?.id);
      }}
    >
      <label className="entry">
        <span className="visually-hidden">Find a template</span>
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog has just this one field
          autoFocus
          type="text"
          placeholder="Find a template"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      <OpenGraphs words={words} />
      <Rows templates={found} onPick={pick} />
      {found.length === 0 && <p className="ct-none">No template has “{query}” in it.</p>}
    </form>
  );
}

/** The other tabs, above the templates. */
function OpenGraphs({ words }: { readonly words: readonly string[] }) {
  const { key: front } = frontTab();
  const others = allTabs().filter(
    ({ key, path, history }) =>
      key !== front && words.every((w) => `${history.present.name} ${path}`.toLowerCase().includes(w)),
  );
  if (others.length === 0) return null;
  return (
    <ul className="ct-list ct-open" aria-label="Other open graphs">
      {others.map(({ key, path, history: { present } }) => (
        <li key={key}>
          <button type="button" data-compare-open={key} onClick={() => compareWithOpen(key)}>
            <b>{present.name}</b>
            <span>{path?.split(/[\\/]/).at(-1) ?? 'not saved'}</span>
            <span>{formatShort(analysisOf(present).total.params.trainable)} params</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface RowsProps {
  readonly templates: readonly TemplateSummary[];
  onPick(id: string): void;
}

function Rows({ templates, onPick }: RowsProps) {
  return (
    <ul className="ct-list">
      {templates.map((t) => (
        <li key={t.id}>
          <button type="button" data-compare={t.id} onClick={() => onPick(t.id)}>
            <b>{t.name}</b>
            <span>
              {formatShape(t.input)} → {t.classes}
            </span>
            <span>{formatShort(t.params)} params</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
