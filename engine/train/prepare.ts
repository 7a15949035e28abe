import { type Analysis, analyse } from '../analysis/analyse';
import { checkFit, dataShapeOf } from '../analysis/fit';
import { netOf } from '../analysis/net';
import { TrainingProgram } from '../compile/program';
import { closeData, findDataSet } from '../data/catalogue';
import type { DataSet } from '../data/describe';
import { UserError } from '../errors';
import type { GraphDocument } from '../graph/document';
import { openTensorFlow, type TensorFlow } from '../tensorflow/runtime';
import { checkTrainable } from './faults';
import { startOf } from './transfer/load';
import { FROM_SCRATCH, type Started, type StartOptions } from './transfer/start';

/** A net with its data, ready for its first step. Who prepares closes the program. */
export interface Prepared {
  readonly tf: TensorFlow;
  readonly analysis: Analysis;
  readonly data: DataSet;
  readonly program: TrainingProgram;
  readonly started: Started;
}

/** The same net with other settings, at the same values of all its variables. */
export async function rebuild(
  { program, ...rest }: Prepared,
  training: GraphDocument['training'],
): Promise<Prepared> {
  const values = await program.read();
  // closed first: two sessions would hold all pictures twice
  program.close(true);
  const { tf, analysis, data, started } = rest;
  const { frozen } = started;
  const next = await TrainingProgram.create(tf, analysis.elaboration, training, data, { frozen });
  await next.write(values);
  return { ...rest, program: next };
}

/** @throws UserError the graph's first error, one of the data, or one of what the run is to start from */
export async function prepare(doc: GraphDocument, options: StartOptions = FROM_SCRATCH): Promise<Prepared> {
  const analysis = analyse(doc);
  const choice = doc.training.data;
  const source = findDataSet(choice);
  const info = await source.describe(choice);
  const faults = [...analysis.problems, ...checkFit(analysis.elaboration, dataShapeOf(info))];
  const first = faults.find((p) => p.severity === 'error');
  if (first) throw UserError.from(first);
  const data = await source.load(choice);
  try {
    checkTrainable(doc, analysis, data);
    const { started, values } = await startOf(netOf(analysis.elaboration), options);
    const tf = openTensorFlow();
    const { frozen } = started;
    const program = await TrainingProgram.create(tf, analysis.elaboration, doc.training, data, { frozen });
    try {
      await program.writeSome(values);
    } catch (error) {
      program.close();
      throw error;
    }
    return { tf, analysis, data, program, started };
  } catch (error) {
    closeData(data);
    throw error;
  }
}
