import type { Value } from '../ir/ir';
import { type Operation, type Output, output, type TfGraph } from '../tensorflow/graph';
import { F32 } from './attrs';
import { countCorrect } from './loss';
import type { LossScale } from './loss-scale';
import { forward } from './net';
import type { Moved } from './pass';
import { recomputedGradients } from './recompute';
import { spareConcats } from './spare';
import type { Parts } from './step';
import { lossOf, type Targets } from './targets';

/** What a forward and a backward pass over a batch, or a part of it, come to. */
interface Passed {
  /** Of each trainable variable, in their order. */
  readonly gradients: readonly Output[];
  readonly updates: readonly Moved[];
  readonly loss: Output;
  readonly correct: Output;
  readonly made: ReadonlyMap<Value, Output>;
}

/**
 * Both passes over a batch. Several devices take a part each, and their gradients are added: the step is that of the
 * whole batch, but for batch norm, which sees the part of its device. Running statistics move by the mean of theirs.
 *
 * @see Goyal et al. 2017, Accurate, Large Minibatch SGD, section 2.3. arXiv:1706.02677
 */
export function backwardOnAll(
  parts: Parts,
  x: Output,
  targets: Targets,
  scale: LossScale | undefined,
): Passed {
  const pass =
    parts.devices.length === 1 ? backward(parts, x, targets, scale) : shared(parts, x, targets, scale);
  return { ...pass, gradients: scale?.down(pass.gradients) ?? pass.gradients };
}

function shared(parts: Parts, x: Output, targets: Targets, scale: LossScale | undefined): Passed {
  const { graph, devices } = parts;
  const count = devices.length;
  const xs = divided(graph, x, count);
  const labels = divided(graph, targets.labels, count);
  const shares = targets.shares && divided(graph, targets.shares, count);
  const passes = devices.map((device, i) =>
    graph.onDevice(device, () => {
      const seed = graph.add('BitwiseXor', 'replica/seed', [parts.seed, graph.ints([0, i << 24])]);
      return backward({ ...parts, seed }, xs[i]!, { labels: labels[i]!, shares: shares?.[i] }, scale);
    }),
  );
  const [first] = passes as [Passed];
  const sum = (of: readonly Output[], name: string) => graph.add('AddN', `replicas/${name}`, [of]);
  const mean = (of: readonly Output[], name: string) =>
    graph.add('Mul', `replicas/${name}/mean`, [sum(of, name), graph.float(1 / count)]);
  return {
    gradients: first.gradients.map((_, i) =>
      sum(
        passes.map((p) => p.gradients[i]!),
        'gradient',
      ),
    ),
    updates: first.updates.map(({ handle }, i) => ({
      handle,
      value: mean(
        passes.map((p) => p.updates[i]!.value),
        'statistic',
      ),
    })),
    loss: mean(
      passes.map((p) => p.loss),
      'loss',
    ),
    correct: sum(
      passes.map((p) => p.correct),
      'correct',
    ),
    made: first.made,
  };
}

/** Equal parts along the batch. */
function divided(graph: TfGraph, x: Output, count: number): readonly Output[] {
  const op = graph.operation('Split', 'replicas/part', [graph.int(0), x], { num_split: { int: count } });
  return Array.from({ length: count }, (_, i) => output(op, i));
}

/** The gradients are of the loss times the scale. */
function backward(parts: Parts, x: Output, targets: Targets, scale: LossScale | undefined): Passed {
  const { graph, net, settings, weights, seed, classWeights } = parts;
  const pass = forward(graph, net, x, weights, {
    ...{ training: true, seed },
    ...(settings.recompute && { added: new Map() }),
  });
  const { logits, auxiliary, updates, made } = pass;
  const loss = lossOf(graph, logits, targets, settings.batch, classWeights);
  const slopes = auxiliary.map((scores, i) => {
    const { slope } = lossOf(graph, scores, targets, settings.batch, classWeights);
    return graph.add('Mul', 'loss/auxiliary', [slope, graph.float(net.auxiliary[i]!.weight)]);
  });
  const ways = [loss.slope, ...slopes].map((slope) => scale?.up(slope) ?? slope);
  const gradients = gradientsOf(parts, pass, ways);
  return { gradients, updates, loss: loss.mean, correct: countCorrect(graph, logits, targets.labels), made };
}

/** Of the trainable weights, in their order. @param ways slopes of the loss at the logits, auxiliary ones after them */
function gradientsOf(
  { graph, net, weights }: Parts,
  pass: ReturnType<typeof forward>,
  ways: readonly Output[],
): readonly Output[] {
  const trainable = [...weights].filter(([, v]) => v.trainable);
  const { added } = pass;
  if (added) {
    const heads = [net.logits, ...net.auxiliary.map((a) => a.logits)];
    const slopes = new Map(heads.map((v, i) => [v, ways[i]!]));
    return recomputedGradients(
      net,
      { ...pass, added },
      slopes,
      trainable.map(([value]) => value),
    );
  }
  const reads = trainable.map(([, v]) => v.read);
  const backward = graph.watch(() => graph.gradients([pass.logits, ...pass.auxiliary], ways, reads));
  graph.spareReluInputs(pass.relus);
  spareConcats(pass, backward.added);
  return backward.made;
}

export const assignAll = (graph: TfGraph, moved: readonly Moved[]): readonly Operation[] =>
  moved.map(({ handle, value }) =>
    graph.operation('AssignVariableOp', 'running', [handle, value], { dtype: F32 }),
  );

/** As many of the devices as share a batch evenly. */
export function sharing(devices: readonly string[], batch: number): readonly string[] {
  let count = devices.length;
  while (batch % count !== 0) count--;
  return devices.slice(0, count);
}
