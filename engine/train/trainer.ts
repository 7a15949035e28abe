import { join } from 'node:path';
import { UserError } from '../errors';
import { readTextFile } from '../files/read-file';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { Changes } from './change';
import { hasCheckpoint, loadCheckpoint } from './checkpoint';
import type { RunControl } from './control';
import type { TrainEvent } from './events';
import { withWhatFits } from './fitting';
import { type Prepared, prepare } from './prepare';
import { Run } from './run';
import { RunFolder, readChanges, readStarted } from './run-folder';
import type { StartOptions } from './transfer/start';
import { UNWATCHED } from './watch';

interface Options {
  readonly doc: GraphDocument;
  /** The run's folder is made in it. */
  readonly runsFolder: string;
  readonly control: RunControl;
  /** Ends after this many steps; all of them when left out. */
  readonly limit?: number;
  /** An earlier run whose weights it takes, and what is frozen. */
  readonly start?: StartOptions;
}

/**
 * Trains the net of a document, and tells what happens as it happens. The last event is `done`.
 *
 * @throws UserError the graph's first error, or one of data, memory, disk, divergence or what it starts from
 */
export async function* train(options: Options): AsyncGenerator<TrainEvent> {
  const { doc, runsFolder } = options;
  yield { type: 'state', state: 'preparing' };
  const prepared = await readied(doc, options.start);
  const folder = await orClose(prepared, () => RunFolder.create(runsFolder, doc));
  yield* running({ ...begun(prepared, options), folder }, START);
}
const START = {
  ...{ step: 0, seconds: 0, watched: UNWATCHED },
  epoch: { loss: 0, correct: 0, steps: 0 },
};
const begun = (prepared: Prepared, { doc, control, limit }: Options) => ({
  ...{ prepared, doc, control, limit },
  changes: new Changes(doc.training, [], 0),
});

/** Trains in the folder `name`: from its newest checkpoint on where it has one, else from the first step. @throws as `train` */
export async function* trainIn(name: string, options: Options): AsyncGenerator<TrainEvent> {
  const { doc, runsFolder, control, limit, start } = options;
  const path = join(runsFolder, name);
  if (await hasCheckpoint(path)) return yield* continueRun(path, control, limit);
  yield { type: 'state', state: 'preparing' };
  const prepared = await readied(doc, start);
  const folder = await orClose(prepared, () => RunFolder.begin(path, doc));
  yield* running({ ...begun(prepared, options), folder }, START);
}

/**
 * Goes on with a run from its newest checkpoint, as if it had never ended.
 *
 * @param limit ends after this many steps; all of them when left out
 * @throws as `train`, `checkpoint/none`, `run/no-steps`
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
  // a run keeps none of its start: this is a net that was made larger
  if (state.step === 0) throw noRun(path);
  const started = await readStarted(path);
  const changes = new Changes(doc.training, await readChanges(path), state.step);
  const changed = { ...doc, training: changes.settings };
  const fresh = await readied(changed, { freeze: started.frozen, classifierOnly: false });
  const prepared = { ...fresh, started };
  const folder = await orClose(prepared, async () => {
    await prepared.program.write(new Map([...blocks].map(([name, block]) => [name, block.data])));
    return RunFolder.reopen(path, state.step);
  });
  yield* running({ prepared, doc, folder, control, changes, limit }, state);
}

const noRun = (file: string) =>
  new UserError(
    'run/no-steps',
    'This folder holds the weights of a net that was made wider or deeper, and no run.',
    'There is no step yet to go on from.',
    `Start a run from it: \`convloom train ${file} --from ${file}\`, or Start from in the window.`,
    { file },
  );

/** `prepare`, and what would fit where memory does not suffice. */
const readied = (...args: Parameters<typeof prepare>): Promise<Prepared> =>
  prepare(...args).catch((error: unknown) => {
    throw withWhatFits(error, args[0]);
  });

async function* running(...args: ConstructorParameters<typeof Run>): AsyncGenerator<TrainEvent> {
  const [{ doc, prepared, changes }] = args;
  try {
    yield* new Run(...args).events();
  } catch (error) {
    throw withWhatFits(error, { ...doc, training: changes.settings }, prepared.tf.device.memory);
  }
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
