import { type Analysis, analyse } from '../analysis/analyse';
import { checkFit, dataShapeOf } from '../analysis/fit';
import { TrainingProgram } from '../compile/program';
import { closeData, findDataSet } from '../data/catalogue';
import type { DataSet } from '../data/describe';
import { UserError } from '../errors';
import type { GraphDocument } from '../graph/document';
import { openTensorFlow, type TensorFlow } from '../tensorflow/runtime';
import { checkTrainable } from './faults';

/** A net with its data, ready for its first step. Who prepares closes the program. */
export interface Prepared {
  readonly tf: TensorFlow;
  readonly analysis: Analysis;
  readonly data: DataSet;
  readonly program: TrainingProgram;
}

/** @throws UserError the graph's first error, or one of the data */
export async function prepare(doc: GraphDocument): Promise<Prepared> {
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
    const tf = openTensorFlow();
    const program = await TrainingProgram.create(tf, analysis.elaboration, doc.training, data);
    return { tf, analysis, data, program };
  } catch (error) {
    closeData(data);
    throw error;
  }
}
