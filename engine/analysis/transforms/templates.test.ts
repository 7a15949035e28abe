import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph/document';
import { execute, newHistory, undo } from '../../graph/history';
import { analyse } from '../analyse';
import { transformNet } from './apply';
import { transforms } from './table';
import { errorsOf, placesOf, template } from './testing';

const NETS = [
  ...[
    'lenet-5',
    'alexnet',
    'vgg-a',
    'resnet-20',
    'resnet-50',
    'resnet-110',
    'resnext-50-32x4d',
    'mobilenet-v2',
  ],
  ...[
    'densenet-40-12',
    'googlenet-aux',
    'squeezenet-1.1',
    'efficientnet-b0',
    'convnext-tiny',
    'xception',
    'nin',
  ],
  ...['inception-v3', 'highway-19', 'r2plus1d-18', 'plain-vs-residual'],
];
/** These change what they changed before. */
const AGAIN: readonly string[] = [
  'activation',
  'double-width',
  'halve-width',
  'insert-stage',
  'stochastic-depth',
];

describe.each(NETS)('in %s every transformation', (id) => {
  const doc = template(id);
  const ends = (d: GraphDocument) => {
    const { input, output } = analyse(d).elaboration;
    return [input?.output?.shape, output?.output?.shape];
  };

  it('leaves a net that works, with the ids it had, finds nothing more to do, and is undone exactly', () => {
    for (const t of transforms.filter((one) => placesOf(doc, one.id).length > 0)) {
      const history = execute(newHistory(doc), transformNet, { transform: t.id });
      const next = history.present;
      expect(errorsOf(next), t.id).toEqual([]);
      expect(ends(next), t.id).toEqual(ends(doc));
      const lost = Object.entries(doc.edges).filter(
        ([key, e]) => !next.edges[key] && next.nodes[e.from.node] && next.nodes[e.to.node],
      );
      expect(lost, t.id).toEqual([]);
      if (!AGAIN.includes(t.id)) expect(placesOf(next, t.id), t.id).toEqual([]);
      expect(undo(history).present, t.id).toBe(doc);
    }
  });
});
