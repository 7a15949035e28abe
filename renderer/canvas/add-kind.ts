import { addEdge } from '../../engine/graph/commands/edges';
import { insertNode } from '../../engine/graph/commands/insert';
import { addNode } from '../../engine/graph/commands/nodes';
import type { End } from '../../engine/graph/document';
import type { NodeDef } from '../../engine/nodes/define';
import { kindsOf } from '../../engine/nodes/user-block';
import { usedKind } from '../app/habits';
import { startParams } from '../app/start-params';
import { analysisOf, useEditor } from '../app/store';
import { OUT } from './connection';
import { placeInDocument } from './flow-model';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from './geometry';
import { connect } from './use-connect';

/** The port that a single wire to a node of this kind takes. */
export const firstPort = ({ inputs }: NodeDef): string | undefined =>
  'atLeast' in inputs ? 'x1' : inputs[0];

const findKind = (type: string): NodeDef | undefined =>
  kindsOf(useEditor.getState().history.present.blocks)(type);

/** Parameters that were typed; the others are those that a new node of the kind starts with. */
type Given = Readonly<Record<string, unknown>>;

/** Adds a node of a kind where it is to be seen; @returns its id */
export function addKind(type: string, place: Point, gesture?: string, given: Given = {}): string | undefined {
  const def = findKind(type);
  if (!def) return undefined;
  const doc = useEditor.getState().history.present;
  return adding(() => {
    useEditor.getState().run(
      addNode,
      {
        ...{ type, v: def.version, params: { ...startParams(def), ...given } },
        position: placeInDocument(doc, analysisOf(doc), place),
      },
      gesture,
    );
  });
}

/** Puts a node of a kind on a wire. @returns its id */
export function addOnWire(
  type: string,
  edge: string,
  gesture?: string,
  given: Given = {},
): string | undefined {
  const def = findKind(type);
  const port = def && firstPort(def);
  if (!def || port === undefined) return undefined;
  const params = { ...startParams(def), ...given };
  return adding(() =>
    useEditor.getState().run(insertNode, { edge, type, v: def.version, params, port }, gesture),
  );
}

/** Adds a node at the end of a wire that was let go: one step of undo. */
export function addConnected(
  type: string,
  place: Point,
  from: End,
  gesture = `add ${crypto.randomUUID()}`,
  given: Given = {},
): void {
  const id = addKind(type, place, gesture, given);
  const port = firstPort(findKind(type)!);
  if (id === undefined) return;
  if (from.port !== OUT) connect({ node: id, port: OUT }, from, gesture);
  else if (port !== undefined) connect(from, { node: id, port }, gesture);
}

/** Puts a node between another and all that it feeds. @returns its id */
export function addBetween(type: string, behind: string, gesture: string, given: Given): string | undefined {
  const { edges } = useEditor.getState().history.present;
  const [first, ...others] = Object.entries(edges).filter(([, e]) => e.from.node === behind);
  const id = first && addOnWire(type, first[0], gesture, given);
  if (id === undefined) return undefined;
  for (const [, { to }] of others)
    useEditor.getState().run(addEdge, { from: { node: id, port: OUT }, to }, gesture);
  return id;
}

/** Runs `work` and selects the node that it added. */
function adding(work: () => void): string | undefined {
  const before = useEditor.getState().history.present.nodes;
  work();
  const id = Object.keys(useEditor.getState().history.present.nodes).find((n) => !Object.hasOwn(before, n));
  if (id !== undefined) useEditor.getState().select({ nodes: [id] });
  const made = id === undefined ? undefined : useEditor.getState().history.present.nodes[id];
  if (made) usedKind(made.type);
  return id;
}

/** The top left corner of a node whose middle is at `p`. */
export const centredAt = (p: Point): Point => ({ x: p.x - NODE_WIDTH / 2, y: p.y - NODE_HEIGHT / 2 });
