import { z } from 'zod';
import { defineComposite } from '../define';
import { int, record, text } from '../fields';
import { SubgraphBuilder } from '../subgraph';

const params = (title: string, help: string) =>
  record(z.record(z.string(), z.unknown()).default({}), { title, help });

/**
 * `count` copies of one block in a row: x -> block(block(… x)). The first copy may differ, as the one of a stage that
 * halves the map.
 *
 * @example the third stage of ResNet-34: 6 × residual of 256 filters, the first with stride 2
 * @see He et al. Deep Residual Learning. 2015, table 1: the brackets with a count
 */
export const repeat = defineComposite({
  type: 'repeat',
  version: 1,
  title: 'Repeat',
  category: 'block',
  source:
    'He et al. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, table 1: "[…] × 6"',
  help:
    'Puts copies of one block in a row, each with weights of its own, as a stage of a ResNet. The first copy can ' +
    'have other parameters, such as a stride of 2.',
  inputs: ['x'],
  params: z.strictObject({
    block: text('residual', { title: 'Block', help: 'The kind that is repeated' }),
    count: int(2, {
      title: 'Copies',
      help: 'How often the block stands in a row',
      max: 1000,
      quick: [2, 3, 4, 6],
    }),
    params: params('Parameters', 'Those of every copy'),
    first: params('First copy', 'Parameters in which the first copy differs'),
  }),
  name: (p) => `${p.count} × ${p.block}`.slice(0, 40),
  detail: (p) =>
    [words(p.params), Object.keys(p.first).length > 0 && `first ${words(p.first)}`]
      .filter(Boolean)
      .join(' · ')
      .slice(0, 80),

  expand(p) {
    const g = new SubgraphBuilder();
    let y = g.input('x');
    for (let i = 1; i <= p.count; i++) {
      y = g.add(`copy${i}`, p.block, i === 1 ? { ...p.params, ...p.first } : p.params, y);
    }
    return g.result(y);
  },
});

const words = (p: Readonly<Record<string, unknown>>): string =>
  Object.entries(p)
    .filter(([, v]) => typeof v !== 'object')
    .map(([key, v]) => `${key} ${v}`)
    .join(' · ');
