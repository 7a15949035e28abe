import { readFileSync } from 'node:fs';
import { analyse } from '../engine/analysis/analyse';
import type { Instance } from '../engine/analysis/elaborate';
import { emptyDocument, type GraphDocument } from '../engine/graph/document';
import { openDocument, saveDocument } from '../engine/graph/file';
import { arrange } from '../renderer/canvas/layout';

type Made = { readonly nodes: GraphDocument['nodes']; readonly edges: GraphDocument['edges'] };

/** Adds a node behind its sources. @returns its id */
type Add = (type: string, params: Record<string, unknown>, ...from: readonly string[]) => string;

/**
 * A flat net of about `size` nodes that branches as nets do: residual units, inception modules of four branches and
 * plain layers, in turn; with places. Node ids begin with `s{size}-`, so that a picture of it can be told from another.
 */
export function flatNet(size: number): string {
  const made: Made = { nodes: {}, edges: {} };
  const add: Add = (type, params, ...from) => {
    const id = `s${size}-${Object.keys(made.nodes).length}`;
    made.nodes[id] = { type, v: 1, params };
    from.forEach((source, i) => {
      const to = { node: id, port: from.length > 1 ? `x${i + 1}` : 'x' };
      made.edges[`e${Object.keys(made.edges).length}`] = { from: { node: source, port: 'out' }, to };
    });
    return id;
  };
  let at = conv(add, 3, add('input', { shape: [32, 32, 3] }));
  for (let i = 0; Object.keys(made.nodes).length < size - 3; i++) at = PARTS[i % PARTS.length]!(add, at);
  add('output', { classes: 10 }, add('dense', { units: 10 }, add('global-avg-pool', {}, at)));
  return placed({ ...emptyDocument(`Flat net of ${size}`), ...made });
}

const FILTERS = 16;
const conv = (add: Add, kernel: number, from: string): string =>
  add(
    'activation',
    {},
    add('batch-norm', {}, add('conv2d', { filters: FILTERS, kernel, bias: false }, from)),
  );

const residual = (add: Add, from: string): string => {
  const second = add('conv2d', { filters: FILTERS, kernel: 3, bias: false }, conv(add, 3, from));
  return add('activation', {}, add('add', {}, add('batch-norm', {}, second), from));
};
const inception = (add: Add, from: string): string => {
  const pool = add('max-pool', { kernel: 3, stride: 1, padding: 'same' }, from);
  const branches = [
    conv(add, 1, from),
    conv(add, 3, conv(add, 1, from)),
    conv(add, 5, from),
    conv(add, 1, pool),
  ];
  return conv(add, 1, add('concat', {}, ...branches));
};
const PARTS = [residual, residual, inception, (add: Add, from: string) => conv(add, 3, from)];

function placed(doc: GraphDocument): string {
  const nodes = Object.fromEntries(
    [...arrange(doc)].map(([id, position]) => [id, { ...doc.nodes[id]!, position }]),
  );
  return saveDocument({ ...doc, nodes });
}

/** A template as a file; `open`: with every block of it open on the canvas. */
export function template(path: string, open: boolean): string {
  const doc = openDocument(readFileSync(path, 'utf8'));
  const all: string[] = [];
  const visit = (n: Instance): void => {
    if (n.children.length > 0) all.push(n.path);
    n.children.forEach(visit);
  };
  for (const n of analyse(doc).elaboration.nodes.values()) visit(n);
  const name = `${doc.name}, ${open ? 'open' : 'folded'}`;
  return saveDocument({ ...doc, name, layout: { ...doc.layout, open: open ? all : [] } });
}

/** Node count of a file's net as it is drawn: of open blocks the inside too. */
export function nodesIn(text: string): number {
  const doc = openDocument(text);
  const open = new Set(doc.layout.open);
  const count = (n: Instance): number =>
    1 + (open.has(n.path) ? n.children.reduce((sum, c) => sum + count(c), 0) : 0);
  return [...analyse(doc).elaboration.nodes.values()].reduce((sum, n) => sum + count(n), 0);
}
