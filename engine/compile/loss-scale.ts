import type { Operation, Output, TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import type { Variable, Variables } from './variables';

const FLOAT = { dtype: { type: DataType.float32 } };
const START = 2 ** 15;
const MOST = 2 ** 24;
/** Steps without an overflow after which the scale is doubled. */
const PATIENCE = 2000;

/**
 * Small gradients vanish in 16 bits. So the loss is scaled up before the backward pass and the gradients down behind
 * it; where one overflowed, the batch moves nothing and the scale is halved.
 *
 * @see Micikevicius et al. 2018, Mixed Precision Training, section 3.2. arXiv:1710.03740
 */
export class LossScale {
  readonly #scale: Variable;
  readonly #good: Variable;
  #finite: Output | undefined;

  constructor(
    readonly graph: TfGraph,
    variables: Variables,
  ) {
    this.#scale = variables.make('loss-scale/scale', [], { init: { constant: START } });
    this.#good = variables.make('loss-scale/good', [], { init: 'zeros' });
  }

  up(slope: Output): Output {
    return this.graph.add('Mul', 'loss-scale/up', [slope, this.#scale.read]);
  }

  /** The gradients at their own size; all zero where one of them is not finite. */
  down(gradients: readonly Output[]): readonly Output[] {
    const { graph } = this;
    const share = graph.add('Reciprocal', 'loss-scale/share', [this.#scale.read]);
    const own = gradients.map((g) => graph.add('Mul', 'loss-scale/down', [g, share]));
    const sizes = own.map((g) => graph.add('L2Loss', 'loss-scale/size', [g]));
    const finite = graph.add('IsFinite', 'loss-scale/finite', [
      graph.add('AddN', 'loss-scale/sizes', [sizes]),
    ]);
    this.#finite = finite;
    return own.map((g) => {
      const zeros = graph.add('ZerosLike', 'loss-scale/zeros', [g]);
      return graph.add('SelectV2', 'loss-scale/kept', [finite, g, zeros]);
    });
  }

  /** The rate, or 0 in a step that is to move nothing. */
  rate(rate: Output): Output {
    return this.graph.add('SelectV2', 'loss-scale/rate', [this.#finite!, rate, this.graph.float(0)]);
  }

  /** What sets the scale of the next step. */
  get update(): readonly Operation[] {
    const { graph } = this;
    const [scale, finite] = [this.#scale.read, this.#finite!];
    const choose = (yes: Output, no: Output, name: string, on = finite) =>
      graph.add('SelectV2', `loss-scale/${name}`, [on, yes, no]);
    const good = graph.add('AddV2', 'loss-scale/count', [this.#good.read, graph.float(1)]);
    const full = graph.add('GreaterEqual', 'loss-scale/full', [good, graph.float(PATIENCE)]);
    const doubled = graph.add('Minimum', 'loss-scale/doubled', [
      graph.add('Mul', 'loss-scale/twice', [scale, graph.float(2)]),
      graph.float(MOST),
    ]);
    const halved = graph.add('Maximum', 'loss-scale/halved', [
      graph.add('Mul', 'loss-scale/half', [scale, graph.float(0.5)]),
      graph.float(1),
    ]);
    const next = choose(choose(doubled, scale, 'grown', full), halved, 'next');
    const count = choose(choose(graph.float(0), good, 'anew', full), graph.float(0), 'counted');
    return [
      graph.operation('AssignVariableOp', 'loss-scale/set', [this.#scale.handle, next], FLOAT),
      graph.operation('AssignVariableOp', 'loss-scale/set-count', [this.#good.handle, count], FLOAT),
    ];
  }
}
