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
const { flat } = analyse(doc).elaboration;
// another kernel of the first convolution: the receptive field of every layer behind it changes
const [id] = Object.entries(doc.nodes).find(([, n]) => typeof n.params['kernel'] === 'number')!;
const edit = median(
  [5, 7, 9, 11, 13].map((value) => {
    const next = setParam.run(doc, { id, param: 'kernel', value });
    return timed(() => analyse(next));
  }),
);
process.stdout.write(`${JSON.stringify({ layers: flat.length, first, edit })}\n`);
