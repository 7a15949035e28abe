import { expect, it } from 'vitest';
import { toggleOpen } from '../../engine/graph/commands/document';
import { frameNodes } from '../../engine/graph/commands/frames';
import { analysisOf } from '../app/store';
import { smallNet } from '../app/testing';
import { buildFlow } from './flow-model';
import { frameBoxes } from './frame-boxes';

const boxesOf = (doc: ReturnType<typeof smallNet>) => {
  const analysis = analysisOf(doc);
  const none = new Set<string>();
  const { nodes } = buildFlow({
    ...{ doc, analysis, problems: analysis.problems, held: new Map() },
    ...{ selected: none, selectedEdges: none },
  });
  return { nodes, boxes: frameBoxes(doc.groups, nodes) };
};

it('stands around its nodes, and grows with a block that is opened in it', () => {
  const framed = frameNodes.run(smallNet(), { ids: ['conv', 'block'], title: 'Body' });
  const [folded] = boxesOf(framed).boxes;
  expect(folded).toMatchObject({ title: 'Body', colour: 'grey', nodes: ['conv', 'block'] });
  const open = boxesOf(toggleOpen.run(framed, { path: 'block' }));
  const block = open.nodes.find((n) => n.id === 'block')!;
  const { rect } = open.boxes[0]!;
  expect(rect.height).toBeGreaterThan(folded!.rect.height);
  expect(rect.x).toBeLessThan(block.position.x);
  expect(rect.y + rect.height).toBeGreaterThan(block.position.y + block.height!);
});

it('is not drawn while none of its nodes is', () => {
  const lost = { ...smallNet(), groups: { f: { title: 'Lost', nodes: ['gone'] } } };
  expect(boxesOf(lost).boxes).toEqual([]);
});
