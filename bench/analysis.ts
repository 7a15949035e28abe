// How long the analysis of a template takes: the first time after it is opened, and after one edit.
import { readFileSync } from 'node:fs';
import { analyse } from '../engine/analysis/analyse';
import { setParam } from '../engine/graph/commands/nodes';
import { openDocument } from '../engine/graph/file';

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const [file] = process.argv.slice(2) as [string];
const text = readFileSync(file, 'utf8');
analyse(openDocument(readFileSync(file.replace(/[^/]*$/, 'lenet-5.json'), 'utf8'))); // the code itself is warm
const doc = openDocument(text);
const first = timed(() => analyse(doc));
const { flat, output } = analyse(doc).elaboration;
// the last node with a number of channels or units: an edit as one types it, and one of the first for the worst case
const nodes = Object.entries(doc.nodes).filter(
  ([id, n]) => id !== output?.path && typeof n.params['filters'] === 'number',
);
const edits = [nodes[0]!, nodes.at(-1)!].map(([id, n]) =>
  median(
    [1, 2, 3, 4, 5].map((i) => {
      const value = Number(n.params['filters']) + 8 * i;
      const next = setParam.run(doc, { id, param: 'filters', value });
      return timed(() => analyse(next));
    }),
  ),
);
process.stdout.write(`${JSON.stringify({ layers: flat.length, first, edits })}\n`);
