import { useCallback, useMemo } from 'react';
import type { Analysis } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';
import { nodeKinds } from '../../engine/nodes/catalogue';
import type { NodeDef } from '../../engine/nodes/define';
import { readLine, typedNode } from '../../engine/nodes/shorthand';
import { kindsOf } from '../../engine/nodes/user-block';
import { useHabits } from '../app/habits';
import { libraryKinds, takeFromLibrary, useLibrary } from '../app/library-kinds';
import { startParams } from '../app/start-params';
import { analysisOf, useDocument, useEditor } from '../app/store';
import { addKind as addBehind } from '../palette/add-kind';
import { ownKinds } from '../palette/kinds';
import { useFollowers } from '../palette/use-followers';
import { addBetween, addConnected, addKind, addOnWire } from './add-kind';
import type { Popup } from './canvas-state';
import { OUT } from './connection';
import { Picker } from './Picker';
import { type Place, suggest } from './suggest';

type AddPopup = Extract<Popup, { sort: 'add' }>;
interface AddListProps {
  readonly popup: AddPopup;
  close(): void;
}

/** Kinds to add here, typed with their parameters: `conv 64 3x3 s2`. Those first that fit and usually follow. */
export function AddList({ popup, close }: AddListProps) {
  const doc = useDocument();
  const library = useLibrary((s) => s.blocks);
  const recent = useHabits((s) => s.recentKinds);
  const followers = useFollowers();
  const kinds = useMemo(
    () => [...nodeKinds, ...ownKinds(doc.blocks), ...libraryKinds(library, doc.blocks)],
    [doc.blocks, library],
  );
  const place = useMemo(() => placeOf(popup, doc, analysisOf(doc)), [popup, doc]);
  const items = useCallback(
    (line: string) => suggest(kinds, kindsOf(doc.blocks), line, place, { followers, recent }, startParams),
    [kinds, doc.blocks, place, followers, recent],
  );
  const pick = (type: string, line: string, shift: boolean) => {
    const def = kinds.find((k) => k.type === type);
    close();
    if (def) add(def, line, popup, shift);
  };
  return (
    <Picker
      at={popup.at}
      label={popup.from ? 'Add a node and connect it' : 'Add a node'}
      placeholder="conv 64 3x3 s2, pool 2, gelu…"
      items={items}
      empty=""
      width={320}
      foot={<Foot popup={popup} doc={doc} />}
      pick={pick}
      close={close}
      leave={() => leave(close)}
    />
  );
}

/** Tab goes on into the net, so that the list is no trap for the keyboard. */
function leave(close: () => void): void {
  close();
  document.querySelector<HTMLElement>('.react-flow__node[tabindex]')?.focus({ preventScroll: true });
}

const several = (): boolean => useEditor.getState().selection.nodes.length > 1;

/** What Enter does here. */
function Foot({ popup, doc }: { readonly popup: AddPopup; readonly doc: GraphDocument }) {
  const title = (id: string) => analysisOf(doc).nodes.get(id)?.instance.title ?? id;
  const { on, behind, from } = popup;
  const wire = on === undefined ? undefined : doc.edges[on];
  if (wire) return `Enter puts it between ${title(wire.from.node)} and ${title(wire.to.node)}.`;
  if (from) return `Enter connects it to ${title(from.node)}.`;
  if (behind === undefined) return 'Enter adds it here.';
  if (several()) return 'Enter joins the selected nodes; a kind with one input follows the first.';
  const feeds = Object.values(doc.edges).some((e) => e.from.node === behind);
  const between = feeds ? ' Shift Enter: between it and what it feeds.' : '';
  return `Enter puts it behind ${title(behind)}, fed by it.${between}`;
}

/** What would come into the new node. */
function placeOf({ from, behind, on }: AddPopup, doc: GraphDocument, { nodes }: Analysis): Place {
  const wired = on === undefined ? undefined : doc.edges[on]?.from.node;
  const source = wired ?? behind ?? (from?.port === OUT ? from.node : undefined);
  return {
    after: source === undefined ? undefined : doc.nodes[source]?.type,
    shape: source === undefined ? undefined : nodes.get(source)?.output,
    fed: source !== undefined,
  };
}

/** One step of undo, whatever it takes. */
function add(wanted: NodeDef, line: string, { place, from, behind, on }: AddPopup, shift: boolean): void {
  const gesture = `add ${crypto.randomUUID()}`;
  const read = readLine(wanted, line) ?? { params: {}, copies: 1 };
  const type = takeFromLibrary(wanted.type, gesture);
  const node = typedNode({ ...wanted, type }, read);
  if (on !== undefined && addOnWire(node.type, on, gesture, node.params) !== undefined) return;
  if (from) addConnected(node.type, place, from, gesture, node.params);
  else if (behind === undefined) addKind(node.type, place, gesture, node.params);
  else if (!shift || several() || addBetween(node.type, behind, gesture, node.params) === undefined) {
    addBehind(node.type, node.params, gesture);
  }
}
