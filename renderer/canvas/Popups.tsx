import { useMemo } from 'react';
import type { Analysis } from '../../engine/analysis/analyse';
import type { End, GraphDocument } from '../../engine/graph/document';
import { nodeKinds } from '../../engine/nodes/catalogue';
import { analysisOf, useAnalysis, useDocument, useEditor } from '../app/store';
import { addConnected, addKind } from './add-kind';
import { type Popup, useCanvas } from './canvas-state';
import { bestPort, faultOfNew, OUT, portKey, refuses, verdicts } from './connection';
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

/** Kinds to add here; behind a wire, those first that take what it carries. */
function AddList({ popup, close }: ListProps<'add'>) {
  const analysis = useAnalysis();
  const items = useMemo(() => kindsFor(popup.from, analysis), [popup.from, analysis]);
  const pick = (type: string) => {
    close();
    if (popup.from) addConnected(type, popup.place, popup.from);
    else addKind(type, popup.place);
  };
  const label = popup.from ? 'Add a node and connect it' : 'Add a node';
  return (
    <Picker
      at={popup.at}
      label={label}
      placeholder="Type a kind: conv, pool, add…"
      items={items}
      empty=""
      pick={pick}
      close={close}
    />
  );
}

function kindsFor(from: End | undefined, { nodes }: Analysis): readonly PickItem[] {
  const shape = from?.port === OUT ? nodes.get(from.node)?.output : undefined;
  const items = nodeKinds.map((def): PickItem => {
    const fault = from?.port === OUT ? faultOfNew(def, shape) : null;
    return {
      id: def.type,
      title: def.title,
      hint: fault ? 'does not fit' : def.category,
      category: def.category,
      dim: fault !== null,
    };
  });
  return items.sort((a, b) => Number(a.dim) - Number(b.dim));
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
