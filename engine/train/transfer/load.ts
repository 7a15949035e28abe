import { elaborate } from '../../analysis/elaborate';
import { type Net, netOf } from '../../analysis/net';
import { weightsOf } from '../../compile/net';
import { UserError } from '../../errors';
import type { GraphDocument } from '../../graph/document';
import { loadBest, loadCheckpoint } from '../checkpoint';
import { frozenOf } from './freeze';
import { matchWeights } from './match';
import type { Started, StartOptions } from './start';

/** What a run starts with: as it is told, and the values of what is taken. */
export interface Start {
  readonly started: Started;
  readonly values: ReadonlyMap<string, Float32Array>;
}

/**
 * Works out what a net takes from an earlier run, and what is kept of it.
 *
 * @throws UserError `transfer/nothing` where no weight fits, `checkpoint/none`, `checkpoint/no-best`, and as `frozenOf`
 */
export async function startOf(net: Net, options: StartOptions): Promise<Start> {
  const frozen = frozenOf(net, options);
  if (!options.from) return { started: { frozen }, values: new Map() };
  const { run, checkpoint } = options.from;
  const { blocks, state } = checkpoint === 'best' ? await loadBest(run) : await loadCheckpoint(run);
  const { values, ...lists } = matchWeights(weightsOf(net), blocks);
  if (values.size === 0)
    throw nothingFits(
      run,
      lists.dropped.map((d) => d.name),
    );
  return { started: { transfer: { run, step: state.step, ...lists }, frozen }, values };
}

/** The same for a document, before it is trained. @throws UserError the graph's first error, and as `startOf` */
export async function previewStart(doc: GraphDocument, options: StartOptions): Promise<Started> {
  const elaboration = elaborate(doc);
  const first = elaboration.problems.find((p) => p.severity === 'error');
  if (first) throw UserError.from(first);
  return (await startOf(netOf(elaboration), options)).started;
}

const nothingFits = (run: string, names: readonly string[]) =>
  new UserError(
    'transfer/nothing',
    'No weight of the earlier run fits this net.',
    `Weights are joined by name and shape, and the run has ${names.slice(0, 4).join(', ') || 'none'}.`,
    "Open the run's own graph (graph.json in its folder), and change that one.",
    { file: run },
  );
