import { useMemo } from 'react';
import { create } from 'zustand';
import { kindsOf } from '../../engine/nodes/user-block';
import { analysisOf, useEditor, usePart } from '../app/store';
import type { Colours } from '../picture/scene';
import { Dialog } from '../ui/Dialog';
import { type KindPage, pageOf } from './kind-page';
import './help.css';

/** The kind whose page is open. */
const useHelp = create<{ readonly type: string | null }>(() => ({ type: null }));

export const showHelp = (type: string): void => useHelp.setState({ type });

/** The kind of the selected node. */
const selectedType = (): string | undefined => {
  const { selection, history } = useEditor.getState();
  const [path] = selection.nodes;
  return path === undefined ? undefined : analysisOf(history.present).nodes.get(path)?.instance.def?.type;
};
export const canHelp = (): boolean => selectedType() !== undefined;
export function helpOnSelected(): void {
  const type = selectedType();
  if (type !== undefined) showHelp(type);
}

/** The page of a node kind, the same that the documentation has. */
export function HelpDialog() {
  const type = useHelp((s) => s.type);
  const blocks = usePart((doc) => doc.blocks);
  const page = useMemo(() => {
    const def = type === null ? undefined : kindsOf(blocks)(type);
    return def && pageOf(def, { light: coloursHere() }, blocks);
  }, [type, blocks]);
  if (!page) return null;
  return (
    <Dialog title={page.title} width={680} onClose={() => useHelp.setState({ type: null })}>
      <Page page={page} />
    </Dialog>
  );
}

function Page({ page }: { readonly page: KindPage }) {
  const blocks = usePart((doc) => doc.blocks);
  const titleOf = (type: string) => kindsOf(blocks)(type)?.title ?? type;
  return (
    <article className="hp" data-selectable data-testid="help-page">
      <p>{page.help}</p>
      <img
        className="hp-figure"
        alt={`${page.title}${page.composite ? ', opened' : ''}`}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(page.picture)}`}
      />
      {page.formula && <pre className="hp-formula">{page.formula}</pre>}
      {page.params.length > 0 && <Parameters page={page} />}
      <h3>Cost of the figure</h3>
      <dl className="hp-cost">
        {page.cost.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {page.madeOf.length > 0 && (
        <>
          <h3>Made of</h3>
          <p className="hp-links">
            {page.madeOf.map((type) => (
              <button key={type} type="button" className="btn small" onClick={() => showHelp(type)}>
                {titleOf(type)}
              </button>
            ))}
          </p>
        </>
      )}
      <p className="hp-source">{page.source}.</p>
    </article>
  );
}

function Parameters({ page }: { readonly page: KindPage }) {
  return (
    <table className="hp-params">
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Default</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {page.params.map((p) => (
          <tr key={p.name}>
            <th scope="row">
              {p.title} <code>{p.name}</code>
            </th>
            <td>{p.start}</td>
            <td>{[p.meaning, p.options.join(', ')].filter(Boolean).join('; ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const NAMES = [
  ...['text', 'text2', 'text3', 'canvas', 'raise', 'raise2', 'line-strong', 'wire'],
  ...['io', 'conv', 'norm', 'act', 'pool', 'merge', 'dense', 'block', 'reg'].map((c) => `c-${c}`),
];

/** The colours of the theme that is on: a picture in an image sees nothing of the page around it. */
function coloursHere(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((n) => [`--${n}`, style.getPropertyValue(`--${n}`).trim()]));
}
