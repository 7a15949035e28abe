import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elaborate } from '../../engine/analysis/elaborate';
import { UserError } from '../../engine/errors';
import { FRAME_COLOURS, type GraphDocument } from '../../engine/graph/document';
import { openDocument, saveDocument } from '../../engine/graph/file';
import { execute, type History, newHistory, redo, undo } from '../../engine/graph/history';
import { random } from '../../engine/random';
import { documentCommands } from './document-commands';
import { smallNet } from './testing';

const template = (name: string): GraphDocument =>
  openDocument(readFileSync(new URL(`../../assets/templates/${name}.json`, import.meta.url), 'utf8'));
/** Small ones, where commands meet often, and some large ones. */
const starts = [
  ...[smallNet(), smallNet(), template('lenet-5'), template('resnet-20'), template('googlenet-aux')],
  ...[smallNet(), template('vgg-a'), template('resnet-152'), template('inception-v3')],
].map((doc) => ({ doc, text: saveDocument(doc) }));

const KINDS = ['conv2d', 'add', 'concat', 'batch-norm', 'activation', 'flatten', 'residual', 'unheard-of'];
const LINES = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;

/** Draws parts of arguments from a document: mostly of what is there. */
function drawer(next: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const one = (records: object): string => pick([...Object.keys(records), 'nobody']);
  const some = (records: object): string[] =>
    Array.from({ length: pick([1, 1, 2, 2, 3, 5]) }, () => one(records));
  const position = () => ({ x: Math.floor(next() * 50) * 20, y: Math.floor(next() * 50) * 20 });
  /** A node of the graph, or now and then one inside of a block. */
  const path = (doc: GraphDocument): string => {
    const id = one(doc.nodes);
    const children = next() < 0.4 ? (elaborate(doc).nodes.get(id)?.children ?? []) : [];
    return children.length > 0 ? pick(children).path : id;
  };
  return { next, pick, one, some, position, path };
}
type Draw = ReturnType<typeof drawer>;
type Args = (doc: GraphDocument, draw: Draw) => unknown;

const ends = ({ nodes }: GraphDocument, { one, pick }: Draw) => ({
  from: { node: one(nodes), port: 'out' },
  to: { node: one(nodes), port: pick(['x', 'x', 'x1', 'x2', 'x3']) },
});
const param = ({ nodes }: GraphDocument, { one, pick }: Draw) => ({
  id: one(nodes),
  param: pick(['filters', 'kernel', 'units', 'toString']),
  value: pick<unknown>([1, 8, [3, 3], undefined]),
});
const fresh = ({ pick }: Draw) => ({ type: pick(KINDS), v: 1, params: pick([{}, { filters: 4 }]) });
const copied = ({ nodes, edges }: GraphDocument, { some, pick }: Draw) => {
  const ids = some(nodes).filter((id) => nodes[id]);
  return {
    nodes: Object.fromEntries(ids.map((id) => [id, nodes[id]])),
    edges: Object.values(edges).filter((e) => ids.includes(e.from.node) && ids.includes(e.to.node)),
    offset: { x: 40, y: 40 },
    outer: pick([[], Object.values(edges).filter((e) => ids.includes(e.to.node))]),
  };
};

/** Arguments for every command: a new one is drawn here too, or the first test says which is missing. */
const drawn: Readonly<Record<string, Args>> = {
  'node.add': (_, d) => ({ ...fresh(d), position: d.position() }),
  'node.move': ({ nodes }, d) => ({ moves: d.some(nodes).map((id) => ({ id, position: d.position() })) }),
  'node.delete': ({ nodes }, d) => ({ ids: [d.one(nodes)] }),
  'node.param': param,
  'node.params': (doc, d) => ({ changes: [param(doc, d), param(doc, d)] }),
  'node.rename': ({ nodes }, d) => ({ id: d.one(nodes), label: d.pick(['', 'Stem', 'Ü'.repeat(50)]) }),
  'node.note': ({ nodes }, d) => ({ id: d.one(nodes), note: d.pick(['', 'why *this*']) }),
  'node.replace': ({ nodes }, d) => ({ id: d.one(nodes), ...fresh(d) }),
  'node.bypass': ({ nodes }, d) => ({ ids: d.some(nodes), on: d.next() < 0.4 }),
  'node.dissolve': ({ nodes }, d) => ({ ids: d.some(nodes) }),
  'node.swap': ({ nodes }, d) => ({ ids: [d.one(nodes), d.one(nodes)] }),
  'node.align': ({ nodes }, d) => ({ ids: d.some(nodes), line: d.pick(LINES) }),
  'node.distribute': ({ nodes }, d) => ({ ids: d.some(nodes), axis: d.pick(['x', 'y']) }),
  'graph.paste': copied,
  'edge.add': ends,
  'edge.insert': ({ edges }, d) => ({ edge: d.one(edges), ...fresh(d) }),
  'edge.delete': ({ edges }, d) => ({ ids: d.some(edges) }),
  'selection.delete': ({ nodes, edges }, d) => ({ nodes: [d.one(nodes)], edges: d.some(edges) }),
  'document.rename': (_, d) => ({ name: d.pick(['', 'a', 'b']) }),
  'document.replace': (doc, d) => ({ doc: d.next() < 0.05 ? starts[0]!.doc : doc }),
  'document.fit': (_, d) => ({
    shape: d.pick([
      [28, 28, 1],
      [32, 32, 3],
    ]),
    classes: d.pick([10, 100]),
  }),
  'training.set': (_, d) => ({ patch: { batch: d.pick([1, 64, 0, 128]) } }),
  'layout.toggle': (doc, d) => ({ path: d.path(doc) }),
  'layout.arrange': ({ nodes }, d) => ({
    moves: d.some(nodes).map((id) => ({ id, position: d.position() })),
    direction: d.pick(['down', 'right']),
  }),
  'layout.tidy': (_, d) => ({ on: d.next() < 0.5 }),
  'inside.run': (doc, d) => {
    const path = d.one(doc.nodes);
    const children = elaborate(doc).nodes.get(path)?.children ?? [];
    const id = children.length > 0 ? d.pick(children).path.slice(path.length + 1) : 'nobody';
    const [command, args] = d.pick<[string, object]>([
      ['node.param', { id, param: 'filters', value: 8 }],
      ['node.dissolve', { ids: [id] }],
      ['node.rename', { id, label: 'inner' }],
      ['node.delete', { ids: [id] }],
    ]);
    return { path, command, args };
  },
  'block.reset': (doc, d) => ({ path: d.path(doc) }),
  'block.group': ({ nodes }, d) => ({ ids: d.some(nodes), title: d.pick(['', 'Stem']) }),
  'block.dissolve': (doc, d) => ({ path: d.path(doc) }),
  'block.make': ({ nodes }, d) => ({ ids: d.some(nodes), title: 'Mine' }),
  'block.expose': ({ blocks, nodes }, d) => ({
    id: d.one(blocks),
    expose: [{ node: d.one(nodes), param: 'filters', name: 'filters', title: 'Filters' }],
  }),
  'block.describe': ({ blocks }, d) => ({ id: d.one(blocks), title: d.pick(['Mine', 'Other']) }),
  'block.param': ({ blocks }, d) => ({ id: d.one(blocks), name: 'filters', title: 'Count' }),
  'block.delete': ({ blocks }, d) => ({ id: d.one(blocks) }),
  'block.import': ({ blocks }, d) => ({ id: 'taken', block: blocks[d.one(blocks)] }),
  'block.adopt': ({ blocks }, d) => ({ blocks: d.pick([{}, blocks]) }),
  'block.detach': (doc, d) => ({ path: d.path(doc) }),
  'block.repeat': (doc, d) => ({ path: d.path(doc), count: d.pick([2, 3]) }),
  'frame.add': ({ nodes }, d) => ({ ids: d.some(nodes) }),
  'frame.leave': ({ nodes }, d) => ({ ids: d.some(nodes) }),
  'frame.rename': ({ groups }, d) => ({ id: d.one(groups), title: d.pick(['A', 'B']) }),
  'frame.colour': ({ groups }, d) => ({ id: d.one(groups), colour: d.pick(FRAME_COLOURS) }),
  'frame.delete': ({ groups }, d) => ({ id: d.one(groups) }),
  'note.add': (_, d) => ({ text: 'a note', position: d.position() }),
  'note.write': ({ notes }, d) => ({ id: d.one(notes), text: d.pick(['', 'changed', '**so**']) }),
  'note.move': ({ notes }, d) => ({ id: d.one(notes), position: d.position() }),
  'note.delete': ({ notes }, d) => ({ id: d.one(notes) }),
};

/** Runs a drawn command. One that refuses in words is no step; any other throw is a bug. */
function step(h: History, draw: Draw): History {
  const id = draw.pick(Object.keys(drawn));
  const args = drawn[id]!(h.present, draw);
  try {
    return execute(h, documentCommands.get(id)!, args, draw.pick([undefined, undefined, 'drag-1', 'drag-2']));
  } catch (error) {
    if (error instanceof UserError) return h;
    throw new Error(`${id} ${JSON.stringify(args)}`, { cause: error });
  }
}

const all = (move: (h: History) => History, left: (h: History) => number) => (start: History) => {
  let h = start;
  while (left(h) > 0) h = move(h);
  return h;
};
const undoAll = all(undo, (h) => h.past.length);
const redoAll = all(redo, (h) => h.future.length);

const SEQUENCES = 1000;

describe('every command of the document', () => {
  it('is drawn below', () => {
    expect(Object.keys(drawn).sort()).toEqual([...documentCommands.keys()].sort());
  });

  it('is undone to the start and redone to the end, byte by byte, through 1,000 drawn sequences', () => {
    const worked = new Set<string>();
    let steps = 0;
    for (let sequence = 0; sequence < SEQUENCES; sequence++) {
      const draw = drawer(random(20261128, sequence));
      const { doc, text } = starts[sequence % starts.length]!;
      let h = newHistory(doc);
      const count = 4 + Math.floor(draw.next() * 16);
      for (let i = 0; i < count; i++) {
        h = step(h, draw);
        if (draw.next() < 0.1) h = redo(undo(h));
      }
      for (const { label } of h.past) worked.add(label);
      steps += h.past.length;
      const [end, endText] = [h.present, saveDocument(h.present)];
      const back = undoAll(h);
      expect(back.present).toBe(doc);
      expect(saveDocument(back.present), `sequence ${sequence}`).toBe(text);
      const again = redoAll(back);
      expect(again.present).toBe(end);
      expect(saveDocument(again.present), `sequence ${sequence}`).toBe(endText);
      // what commands make is a file that opens, with nothing lost
      expect(saveDocument(openDocument(endText)), `sequence ${sequence}`).toBe(endText);
    }
    expect(steps / SEQUENCES).toBeGreaterThan(4);
    // each of them did something now and then
    expect(worked.size).toBeGreaterThan(documentCommands.size * 0.8);
  }, 120_000);
});
