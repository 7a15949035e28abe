import { UserError } from '../../errors';
import type { Command } from '../../graph/history';
import { isGroup, isRepeat, REPEAT } from '../../nodes/body';
import { elaborate } from '../elaborate';
import { instanceAt } from './group';
import { editGraphAt } from './inside';

/**
 * Puts the block at `path` into a Repeat of `count` copies, which has its place and its wires. Its stride stays with the
 * first copy, so that the sides are halved once.
 *
 * @throws UserError `repeat/ports` for a block with several inputs, `repeat/group` for a group
 */
export const wrapInRepeat: Command<{ path: string; count?: number }> = {
  id: 'block.repeat',
  label: 'repeat block',
  run(doc, { path, count = 2 }) {
    const instance = instanceAt(elaborate(doc).nodes, path);
    if (instance?.def?.kind !== 'composite' || isRepeat(instance)) return doc;
    if (isGroup(instance)) throw onlyOwn();
    if (instance.inputs.length !== 1) throw onePort(instance.title);
    const id = path.split('/').at(-1)!;
    return editGraphAt(doc, path.slice(0, -id.length - 1), (graph) => {
      const node = graph.nodes[id];
      if (!node) return graph;
      const { stride, ...rest } = node.params;
      const halves = stride !== undefined && stride !== 1;
      const params = {
        ...{ block: node.type, count },
        params: halves ? rest : node.params,
        first: halves ? { stride } : {},
      };
      return { ...graph, nodes: { ...graph.nodes, [id]: { ...node, type: REPEAT, v: 1, params } } };
    });
  },
};

const onePort = (title: string): UserError =>
  new UserError(
    'repeat/ports',
    `${title} has several inputs.`,
    'Copies stand in a row: each reads the one before it, and nothing else.',
    'Repeat a block with one input.',
  );
const onlyOwn = (): UserError =>
  new UserError(
    'repeat/group',
    'A group cannot be repeated.',
    'Copies are uses of one block, so that a change of it is one of all copies.',
    'Make a block of the group first, then repeat that.',
  );
