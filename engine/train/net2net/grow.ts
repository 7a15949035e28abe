import { join } from 'node:path';
import { readTextFile } from '../../files/read-file';
import type { GraphDocument } from '../../graph/document';
import { openDocument } from '../../graph/file';
import { loadBest, loadCheckpoint, saveCheckpoint } from '../checkpoint';
import { RunFolder } from '../run-folder';
import type { Block } from '../safetensors';
import { measuredWeights } from '../transfer/match';
import { UNWATCHED } from '../watch';
import { deepen } from './deepen';
import type { Growth } from './growth';
import { type Grown, widen } from './widen';

const grow = (doc: GraphDocument, blocks: ReadonlyMap<string, Block>, growth: Growth): Grown =>
  growth.how === 'widen' ? widen(doc, blocks, growth) : deepen(doc, blocks, growth.node);

/**
 * Makes the net of a run larger and keeps its function. A new folder beside the runs holds the new graph and, as the
 * checkpoint of step 0, its weights: training starts from it as from a run.
 *
 * @param run a run's folder, the graph and weights of which are taken
 * @throws UserError `checkpoint/none`, `checkpoint/no-best`, `run/folder`, and those of `widen` and `deepen`
 */
export async function growRun(
  {
    run,
    checkpoint,
    runs,
  }: { readonly run: string; readonly checkpoint: 'last' | 'best'; readonly runs: string },
  growth: Growth,
): Promise<Grown & { readonly folder: string }> {
  const file = join(run, 'graph.json');
  const doc = openDocument(await readTextFile(file), file);
  const { blocks, state } = checkpoint === 'best' ? await loadBest(run) : await loadCheckpoint(run);
  const grown = grow(doc, measuredWeights(blocks), growth);
  const named = {
    ...grown.doc,
    name: `${doc.name} ${growth.how === 'widen' ? 'wider' : 'deeper'}`.slice(0, 200),
  };
  const folder = await RunFolder.create(runs, named);
  try {
    const made = { run, step: state.step, ...growth, nodes: grown.nodes };
    await folder.writeJson('config.json', { training: named.training, made });
    const start = { step: 0, epoch: { loss: 0, correct: 0, steps: 0 }, seconds: 0, watched: UNWATCHED };
    await saveCheckpoint(folder.path, grown.blocks, start);
  } finally {
    await folder.close();
  }
  return { ...grown, doc: named, folder: folder.path };
}
