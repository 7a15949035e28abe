import { describe, expect, it } from 'vitest';
import { random } from '../random';
import { renameDocument, replaceDocument, setTraining, toggleOpen } from './commands/document';
import { addEdge, deleteEdges, deleteSelection } from './commands/edges';
import { insertNode } from './commands/insert';
import { addNode, deleteNodes, moveNodes, pasteNodes, renameNode, setParam } from './commands/nodes';
import type { GraphDocument } from './document';
import { openDocument, saveDocument } from './file';
import { type Command, execute, type History, jump, momentsOf, newHistory, redo, undo } from './history';
import { rowOf } from './testing';

const start = rowOf([
  ['input'],
  ['conv2d', { filters: 8 }],
  ['activation'],
  ['flatten'],
  ['dense'],
  ['output'],
]);

type Draw = ReturnType<typeof drawer>;
function drawer(seed: number) {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const position = () => ({ x: Math.floor(next() * 50) * 20, y: Math.floor(next() * 50) * 20 });
  return { next, pick, position };
}
const ids = (records: object): string[] => [...Object.keys(records), 'nobody'];

/** One drawn command; some change nothing, some name what is not there. */
function step(h: History, draw: Draw): History {
  const { pick, position, next } = draw;
  const { nodes, edges } = h.present;
  const node = pick(ids(nodes));
  const end = (port: string) => ({ node: pick(Object.keys(nodes)) ?? 'a', port });
  const kind = pick(['conv2d', 'add', 'max-pool', 'unheard-of']);
  const run = <A>(command: Command<A>, args: A, gesture?: string) => execute(h, command, args, gesture);
  return pick([
    () => run(addNode, { type: kind, v: 1, params: { filters: 4 }, position: position() }),
    () => run(addNode, { type: kind, v: 1, params: {}, position: position() }),
    () =>
      run(moveNodes, { moves: [{ id: node, position: position() }] }, pick([undefined, 'drag-1', 'drag-2'])),
    () =>
      run(setParam, {
        id: node,
        param: pick(['filters', 'kernel', 'toString']),
        value: pick([1, [3, 3], undefined]),
      }),
    () => run(renameNode, { id: node, label: pick(['', 'Stem', 'A'.repeat(50)]) }),
    () => run(addEdge, { from: end('out'), to: end(pick(['x', 'x1', 'x2'])) }),
    () =>
      run(insertNode, {
        edge: pick(ids(edges)),
        type: kind,
        ...(next() < 0.3 && { more: [{ type: 'add', port: 'x1' }] }),
      }),
    () => run(deleteEdges, { ids: [pick(ids(edges))] }),
    () => run(deleteNodes, { ids: next() < 0.3 ? [node] : ['nobody'] }),
    () => run(deleteSelection, { nodes: next() < 0.2 ? [node] : [], edges: [pick(ids(edges))] }),
    () =>
      run(pasteNodes, {
        nodes: nodes[node] ? { [node]: nodes[node] } : {},
        edges: [],
        offset: { x: 20, y: 20 },
      }),
    () => run(setTraining, { patch: { batch: pick([1, 64, 0, 128]) } }),
    () => run(toggleOpen, { path: pick(['block', 'block/inner', 'other']) }),
    () => run(renameDocument, { name: pick(['', 'a', 'b']) }),
    () => (next() < 0.05 ? run(replaceDocument, { doc: start }) : h),
  ])();
}

const undoAll = (h: History): History => (h.past.length > 0 ? undoAll(undo(h)) : h);
const redoAll = (h: History): History => (h.future.length > 0 ? redoAll(redo(h)) : h);

/** Freezes a document whole: a command that changes it in place fails the test. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe('undo and redo', () => {
  it('lead back to the start and on to the end, through 30 drawn sequences of 300 commands', () => {
    let commands = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const draw = drawer(seed);
      let h = newHistory(frozen(start));
      for (let i = 0; i < 300; i++) {
        h = step(h, draw);
        frozen(h.present);
        // a walk back and forth in between
        if (draw.next() < 0.1) h = redo(undo(h));
      }
      commands += h.past.length;
      const end = structuredClone(h.present);
      const back = undoAll(h);
      expect(back.present).toBe(start);
      expect(redoAll(back).present).toEqual(end);
      expect(undoAll(redoAll(back)).present).toBe(start);
      expect(openDocument(saveDocument(end))).toEqual(end);
    }
    expect(commands).toBeGreaterThan(2000);
  });

  it('take a whole drag as one step, and the next drag as another', () => {
    const move = (h: History, x: number, gesture: string) =>
      execute(h, moveNodes, { moves: [{ id: 'n1', position: { x, y: 0 } }] }, gesture);
    let h = newHistory(start);
    for (const x of [1, 2, 3]) h = move(h, x, 'first');
    const between = h.present;
    for (const x of [4, 5]) h = move(h, x, 'second');
    expect(undo(h).present).toBe(between);
    expect(undo(undo(h)).present).toBe(start);
  });

  it('forget what was undone when something else is done', () => {
    const h = undo(execute(newHistory(start), renameDocument, { name: 'other' }));
    expect(h.future).toHaveLength(1);
    expect(execute(h, renameDocument, { name: 'third' }).future).toEqual([]);
  });

  it('keep 500 steps', () => {
    let h = newHistory(start);
    for (let i = 0; i < 600; i++) h = execute(h, renameDocument, { name: `name ${i}` });
    expect(h.past).toHaveLength(500);
    expect(undoAll(h).present.name).toBe('name 99');
  });

  it('lead to any state by one jump, with the step that made it, and back', () => {
    let h = newHistory(start);
    for (const name of ['a', 'b', 'c', 'd']) h = execute(h, renameDocument, { name });
    const all = momentsOf(h);
    expect(all.map((m) => m.doc.name)).toEqual([start.name, 'a', 'b', 'c', 'd']);
    for (const at of [2, 0, 4, 1, 3, -5, 99]) {
      h = jump(h, at);
      expect(h.present).toBe(all[Math.max(0, Math.min(4, at))]!.doc);
      expect(momentsOf(h)).toEqual(all);
    }
    expect(all.map((m) => m.label)).toEqual([undefined, 'rename', 'rename', 'rename', 'rename']);
  });

  it('make no step of a command that changes nothing', () => {
    const h = newHistory(start);
    const nothing: readonly [Command<any>, unknown][] = [
      [deleteNodes, { ids: ['nobody'] }],
      [deleteEdges, { ids: ['nobody'] }],
      [deleteSelection, { nodes: ['nobody'], edges: [] }],
      [setParam, { id: 'n1', param: 'filters', value: 8 }],
      [setParam, { id: 'nobody', param: 'filters', value: 8 }],
      [renameNode, { id: 'n1', label: '' }],
      [moveNodes, { moves: [{ id: 'nobody', position: { x: 0, y: 0 } }] }],
      [addEdge, { from: { node: 'n0', port: 'out' }, to: { node: 'n1', port: 'x' } }],
      [insertNode, { edge: 'nobody', type: 'add' }],
      [pasteNodes, { nodes: {}, edges: [], offset: { x: 0, y: 0 } }],
      [setTraining, { patch: { batch: 0 } }],
      [setTraining, { patch: {} }],
      [renameDocument, { name: '' }],
    ];
    for (const [command, args] of nothing) expect(execute(h, command, args), command.id).toBe(h);
  });
});

describe('commands', () => {
  const run = <A>(command: Command<A>, args: A, doc: GraphDocument = start) => command.run(doc, args);

  it('share every record that they leave alone', () => {
    const moved = run(moveNodes, { moves: [{ id: 'n1', position: { x: 5, y: 5 } }] });
    expect(moved.nodes['n2']).toBe(start.nodes['n2']);
    expect(moved.edges).toBe(start.edges);
  });

  it('let a new wire take the place of the one at the same port', () => {
    const { edges } = run(addEdge, { from: { node: 'n0', port: 'out' }, to: { node: 'n2', port: 'x' } });
    const into = Object.values(edges).filter((e) => e.to.node === 'n2');
    expect(into.map((e) => e.from.node)).toEqual(['n0']);
  });

  it('take the wires of a deleted node with it', () => {
    const { nodes, edges } = run(deleteNodes, { ids: ['n2'] });
    expect(Object.keys(nodes)).not.toContain('n2');
    expect(Object.values(edges).filter((e) => [e.from.node, e.to.node].includes('n2'))).toEqual([]);
    expect(Object.keys(edges)).toHaveLength(3);
  });

  it('paste nodes with the wires among them under new ids', () => {
    const { n1, n2 } = start.nodes;
    const edges = Object.values(start.edges).filter((e) => e.from.node === 'n1' || e.to.node === 'n1');
    const pasted = run(pasteNodes, { nodes: { n1: n1!, n2: n2! }, edges, offset: { x: 20, y: 20 } });
    const fresh = Object.keys(pasted.nodes).filter((id) => !(id in start.nodes));
    expect(fresh).toEqual(['conv2d-1', 'activation-1']);
    const added = Object.values(pasted.edges).slice(Object.keys(start.edges).length);
    expect(added).toEqual([
      { from: { node: 'conv2d-1', port: 'out' }, to: { node: 'activation-1', port: 'x' } },
    ]);
  });

  it('take a parameter out when no value is given, and then open and save as before', () => {
    const bare = run(setParam, { id: 'n1', param: 'filters' });
    expect(bare.nodes['n1']!.params).toEqual({});
    expect(openDocument(saveDocument(bare))).toEqual(bare);
  });

  it('make ids that a file may have, from any kind', () => {
    for (const type of ['größe', '1x1', '---', '畳', 'a'.repeat(64)]) {
      const doc = run(addNode, { type, v: 1, params: {}, position: { x: 0, y: 0 } });
      expect(openDocument(saveDocument(doc))).toEqual(doc);
    }
  });
});
