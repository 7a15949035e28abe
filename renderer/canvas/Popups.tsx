import { useMemo } from 'react';
import type { End, GraphDocument } from '../../engine/graph/document';
import { analysisOf, useDocument, useEditor } from '../app/store';
import { AddList } from './AddList';
import { type Popup, useCanvas } from './canvas-state';
import { bestPort, portKey, refuses, verdicts } from './connection';
import { Picker, type PickItem } from './Picker';
import { connect } from './use-connect';

/** The list that stands open on the canvas, if one does. */
export function Popups({ focus }: { focus(): void }) {
  const popup = useCanvas((s) => s.popup);
  const set = useCanvas((s) => s.set);
  if (!popup) return null;
  const close = () => {
    set({ popup: null });
    focus();
  };
  return popup.sort === 'add' ? (
    <AddList popup={popup} close={close} />
  ) : (
    <ConnectList popup={popup} close={close} />
  );
}

interface ListProps<S extends Popup['sort']> {
  readonly popup: Extract<Popup, { sort: S }>;
  close(): void;
}

/** Nodes that would take the output of a node, for the keyboard. */
function ConnectList({ popup, close }: ListProps<'connect'>) {
  const doc = useDocument();
  const items = useMemo(() => targetsFor(popup.from, doc), [popup.from, doc]);
  const pick = (node: string) => {
    close();
    const found = verdicts(doc, analysisOf(doc), popup.from);
    const port = bestPort(doc, found, node);
    if (port) connect(popup.from, port);
    if (useEditor.getState().selection.edges.length === 0) useEditor.getState().select({ nodes: [node] });
  };
  const title = analysisOf(doc).nodes.get(popup.from.node)?.instance.title ?? popup.from.node;
  return (
    <Picker
      at={popup.at}
      label={`Connect ${title} to`}
      placeholder={`Connect ${title} to…`}
      items={items}
      empty="There is no node that could follow it."
      pick={pick}
      close={close}
    />
  );
}

function targetsFor(from: End, doc: GraphDocument): readonly PickItem[] {
  const analysis = analysisOf(doc);
  const found = verdicts(doc, analysis, from);
  const taken = new Set(
    Object.values(doc.edges)
      .filter((e) => e.from.node === from.node)
      .map((e) => e.to.node),
  );
  const items = Object.keys(doc.nodes).flatMap((id): readonly PickItem[] => {
    const port = id === from.node || taken.has(id) ? undefined : bestPort(doc, found, id);
    const fault = port && found.get(portKey(port));
    if (!port || (fault && refuses(fault))) return [];
    const { title, def } = analysis.nodes.get(id)!.instance;
    return [
      { id, title, hint: fault ? `${id} · does not fit` : id, category: def?.category, dim: fault != null },
    ];
  });
  return items.sort((a, b) => Number(a.dim) - Number(b.dim));
}
