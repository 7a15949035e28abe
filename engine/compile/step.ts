import type { Net } from '../analysis/net';
import type { TrainingSettings } from '../graph/training';
import type { Value } from '../ir/ir';
import { type Operation, type Output, output, type TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import { Accumulator } from './accumulate';
import { averageAfter } from './average';
import { clip } from './clip';
import { LossScale } from './loss-scale';
import { MIX, mixPictures } from './mixing';
import { emitUpdate } from './optimizers/update';
import { augment, type Gathered, type Normalisation, normalise } from './pictures';
import { assignAll, backwardOnAll } from './replicas';
import type { Observed } from './signals';
import { targetsOf } from './targets';
import type { Variable, Variables } from './variables';

/** Where batches come from: pictures in TensorFlow's memory, or fed ones. */
export interface Batches {
  batch(count: number): Gathered;
}

/** What the training step and the evaluations are made of. */
export interface Parts {
  readonly graph: TfGraph;
  readonly net: Net;
  readonly settings: TrainingSettings;
  readonly normalisation: Normalisation;
  /** By class, what the loss of a picture counts; undefined where all count the same. */
  readonly classWeights: readonly number[] | undefined;
  readonly weights: ReadonlyMap<Value, Variable>;
  /** int32 [2]: the seed of the run, and the number of the batch. */
  readonly seed: Output;
  readonly draw: Output;
  /** That share a batch, by TensorFlow's names. */
  readonly devices: readonly string[];
}

export interface TrainingStep {
  /** What to feed for the pictures of the batch. */
  readonly feeds: Gathered['feeds'];
  readonly rate: Output;
  readonly step: Output;
  readonly draw: Output;
  /** float [6], a `Mix`; there where pictures are mixed. */
  readonly mix: Output | undefined;
  /** Mean over the batch, and how many pictures of it were right. */
  readonly loss: Output;
  readonly correct: Output;
  /** Adds the gradient of the batch to what is gathered; there where several batches make a step. */
  readonly gather: Operation | undefined;
  readonly update: Operation;
  readonly observed: Observed;
}

/** Gather, augment, forward, backward, update: all of a training step as one graph. */
export function trainingStep(parts: Parts, pictures: Batches, variables: Variables): TrainingStep {
  const { graph, settings, weights } = parts;
  const rate = graph.placeholder('rate', DataType.float32, []);
  const step = graph.placeholder('step', DataType.int32, []);
  const batch = batchOf(parts, pictures);
  const scale = settings.precision === 'mixed' ? new LossScale(graph, variables) : undefined;
  const pass = backwardOnAll(parts, batch.x, batch.targets, scale);
  const trainable = [...weights.values()].filter((v) => v.trainable);
  const sums = settings.accumulate > 1 ? new Accumulator(graph, variables, trainable) : undefined;
  const sound = whereFinite(graph, pass.loss, pass.gradients);
  const whole = sums ? sums.mean(sound, settings.accumulate) : sound;
  const gradients = clip(graph, whole, settings.clip);
  const moves = trainable.map((variable, i) => {
    const slot = (name: string) => variables.slot(variable, name);
    const context = { graph, variable, gradient: gradients[i]!, rate: scale?.rate(rate) ?? rate, step, slot };
    const move = emitUpdate(context, settings.optimizer, settings.weightDecay);
    if (settings.average === 0) return move;
    return averageAfter(graph, variable, slot('average'), move, step, settings.average);
  });
  const beside = [...assignAll(graph, pass.updates), ...(scale?.update ?? [])];
  const gather = sums && graph.group('gather', [...sums.add(sound), ...beside]);
  const update = graph.group('update', [...moves, ...beside, ...(sums ? sums.reset(moves) : [])]);
  const { feeds, mix } = batch;
  return {
    feeds,
    rate,
    step,
    draw: parts.draw,
    mix,
    loss: pass.loss,
    correct: pass.correct,
    gather,
    update,
    observed: {
      ...{ graph, net: parts.net, made: pass.made, weights },
      gradients: new Map(trainable.map((v, i) => [v, pass.gradients[i]!])),
    },
  };
}

/** The gradients, or where the loss is no number nothing at all: the weights then stay as they were before the step. */
function whereFinite(graph: TfGraph, loss: Output, gradients: readonly Output[]): readonly Output[] {
  const finite = graph.add('IsFinite', 'guard', [loss]);
  // what hangs on the side of a switch that is not taken is not carried out
  return gradients.map((g) => output(graph.operation('Switch', 'guard/gradient', [g, finite]), 1));
}

/** Pictures as the net takes them, and what it is to say of them. */
function batchOf({ graph, net, settings, normalisation, seed }: Parts, pictures: Batches) {
  const { batch, loss } = settings;
  const { bytes, labels, feeds } = pictures.batch(batch);
  const moved = augment(graph, bytes, seed, batch, net.shape, settings.augment);
  const x = normalise(graph, moved, normalisation);
  const mixes = settings.augment.mixup > 0 || settings.augment.cutmix > 0;
  const mix = mixes ? graph.placeholder('mix', DataType.float32, [MIX]) : undefined;
  const mixed = mix && mixPictures(graph, x, mix, net.shape);
  const targets = targetsOf(graph, labels, net.logits.shape[0]!, { smoothing: loss.smoothing, mix });
  return { feeds, mix, x: mixed ?? x, targets };
}
