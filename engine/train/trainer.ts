import { join } from 'node:path';
import { readTextFile } from '../files/read-file';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { hasCheckpoint, loadCheckpoint } from './checkpoint';
import type { RunControl } from './control';
import type { TrainEvent } from './events';
import { type Prepared, prepare } from './prepare';
import { Run } from './run';
import { RunFolder } from './run-folder';
import { UNWATCHED } from './watch';

interface Options {
  readonly doc: GraphDocument;
  /** The run's folder is made in it. */
  readonly runsFolder: string;
  readonly control: RunControl;
  /** Ends after this many steps; all of them when left out. */
  readonly limit?: number;
}

/**
 * Trains the net of a document, and tells what happens as it happens. The last event is `done`.
 *
 * @throws UserError the graph's first error, or one of data, memory, disk or divergence
 */
export async function* train({ doc, runsFolder, control, limit }: Options): AsyncGenerator<TrainEvent> {
  yield { type: 'state', state: 'preparing' };
  const prepared = await prepare(doc);
  const folder = await orClose(prepared, () => RunFolder.create(runsFolder, doc));
  yield* new Run(prepared, doc, folder, control, START, limit).events();
}
const START = {
  ...{ step: 0, seconds: 0, watched: UNWATCHED },
  epoch: { loss: 0, correct: 0, steps: 0 },
};

/** Trains in the folder `name`: from its newest checkpoint on where it has one, else from the first step. @throws as `train` */
export async function* trainIn(name: string, options: Options): AsyncGenerator<TrainEvent> {
  const { doc, runsFolder, control, limit } = options;
  const path = join(runsFolder, name);
  if (await hasCheckpoint(path)) return yield* continueRun(path, control, limit);
  yield { type: 'state', state: 'preparing' };
  const prepared = await prepare(doc);
  const folder = await orClose(prepared, () => RunFolder.begin(path, doc));
  yield* new Run(prepared, doc, folder, control, START, limit).events();
}

/**
 * Goes on with a run from its newest checkpoint, as if it had never ended.
 *
 * @param limit ends after this many steps; all of them when left out
 * @throws as `train`, and `checkpoint/none`
 */
export async function* continueRun(
  path: string,
  control: RunControl,
  limit?: number,
): AsyncGenerator<TrainEvent> {
  yield { type: 'state', state: 'preparing' };
  const file = join(path, 'graph.json');
  const doc = openDocument(await readTextFile(file), file);
  const { blocks, state } = await loadCheckpoint(path);
  const prepared = await prepare(doc);
  const folder = await orClose(prepared, async () => {
    await prepared.program.write(new Map([...blocks].map(([name, block]) => [name, block.data])));
    return RunFolder.reopen(path, state.step);
  });
  yield* new Run(prepared, doc, folder, control, state, limit).events();
}

/** Gives the program back where `next` fails: its session holds the net and all pictures. */
async function orClose<T>({ program }: Prepared, next: () => Promise<T>): Promise<T> {
  try {
    return await next();
  } catch (error) {
    program.close();
    throw error;
  }
}
