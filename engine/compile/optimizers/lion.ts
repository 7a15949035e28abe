import type { OptimizerSettings } from '../../graph/training';
import { assign } from './assign';
import type { OptimizerDef } from './define';

type Settings = Extract<OptimizerSettings, { type: 'lion' }>;

/**
 * w = w - rate * (sign(beta1 * m + (1 - beta1) * g) + decay * w); then m = beta2 * m + (1 - beta2) * g.
 *
 * @see Chen et al. 2023, Symbolic Discovery of Optimization Algorithms. arXiv:2302.06675, program 1
 */
export const lion: OptimizerDef<Settings> = {
  decoupled: true,
  update({ graph, variable, gradient, rate, slot, decay }, { beta1, beta2 }) {
    const name = `${variable.name}/lion`;
    const m = slot('momentum');
    const blend = (beta: number, part: string) =>
      graph.add('AddV2', `${name}/${part}`, [
        graph.add('Mul', `${name}/${part}/old`, [m.read, graph.float(beta)]),
        graph.add('Mul', `${name}/${part}/new`, [gradient, graph.float(1 - beta)]),
      ]);
    const sign = graph.add('Sign', `${name}/sign`, [blend(beta1, 'direction')]);
    const pull = graph.add('Mul', `${name}/pull`, [variable.read, graph.float(decay)]);
    const way = decay === 0 ? sign : graph.add('AddV2', `${name}/way`, [sign, pull]);
    const move = graph.add('Mul', `${name}/move`, [way, rate]);
    const next = graph.add('Sub', `${name}/next`, [variable.read, move]);
    return graph.group(`${name}/update`, [
      assign(graph, m, blend(beta2, 'memory'), `${name}/remember`),
      assign(graph, variable, next, name),
    ]);
  },
};
