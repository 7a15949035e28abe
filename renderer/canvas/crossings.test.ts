import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import type { Instance } from '../../engine/analysis/elaborate';
import type { GraphDocument } from '../../engine/graph/document';
import { openDocument } from '../../engine/graph/file';
import type { Direction } from './axis';
import { crossings } from './crossings';
import { buildFlow } from './flow-model';
import { arrange } from './layout';

const folder = join(import.meta.dirname, '../../assets/templates');
const templates = readdirSync(folder).map((file) => openDocument(readFileSync(join(folder, file), 'utf8')));

function blocksOf(doc: GraphDocument): readonly string[] {
  const found: string[] = [];
  const visit = (n: Instance): void => {
    if (n.children.length > 0) found.push(n.path);
    n.children.forEach(visit);
  };
  for (const n of analyse(doc).elaboration.nodes.values()) visit(n);
  return found;
}

/** The crossings of a template as it is laid out when it is opened. */
function crossed(template: GraphDocument, direction: Direction, open: readonly string[]): readonly string[] {
  const doc = { ...template, layout: { direction, open: [...open] } };
  const places = arrange(doc);
  const nodes = Object.fromEntries(
    Object.entries(doc.nodes).map(([id, n]) => [id, { ...n, position: places.get(id)! }]),
  );
  const placed = { ...doc, nodes };
  const none = new Set<string>();
  const scene = { doc: placed, analysis: analyse(placed), problems: [], held: new Map() };
  const flow = buildFlow({ ...scene, selected: none, selectedEdges: none });
  return crossings(flow).map((c) => `${template.name}: ${c}`);
}

describe('wires of the templates', () => {
  it.each(['down', 'right'] as const)('run over no node in a net that runs %s', (direction) => {
    expect(templates.flatMap((t) => crossed(t, direction, []))).toEqual([]);
  });

  // the three largest have the same blocks as their smaller kin, and thousands of them
  it.each(['down', 'right'] as const)(
    'nor with every block open, %s',
    (direction) => {
      const small = templates
        .map((t) => [t, blocksOf(t)] as const)
        .filter(([, blocks]) => blocks.length < 100);
      expect(small.flatMap(([t, blocks]) => crossed(t, direction, blocks))).toEqual([]);
    },
    60_000,
  );
});
