import { dataShapeOf } from '../../engine/analysis/fit';
import { fitDocument } from '../../engine/analysis/fit-command';
import { setTraining } from '../../engine/graph/commands/document';
import type { DataInfo } from '../../ipc/contract';
import { fitTo, fitWords } from '../app/fit';
import { useEditor } from '../app/store';
import { type DataChoice, keyOf, plainChoice, useDataSets } from './data-store';

/** What the choice of a data set changed in the net, and the gesture that undo takes back. */
export interface Fitted {
  readonly gesture: string;
  readonly text: string;
}
let choices = 0;

/**
 * Names the data set in the training section and gives the net its picture size and classes, as one step of
 * undo. A data set that cannot be read yet is named too; its fault then stands among the problems.
 */
export async function chooseData(choice: DataChoice): Promise<Fitted | null> {
  choices += 1;
  const gesture = `data ${choices}`;
  const editor = () => useEditor.getState();
  const { key } = editor();
  const { validation } = editor().history.present.training.data;
  const data = { ...plainChoice(choice), validation };
  editor().run(setTraining, { patch: { data } }, gesture);

  const info = await useDataSets.getState().load(choice, true);
  const now = editor().history.present.training.data;
  // another graph may be in front by now
  if (!info || editor().key !== key || keyOf(now) !== keyOf(choice)) return null;
  editor().setData(dataShapeOf(info));
  // Never more pictures held back than a half of what there is.
  const held = Math.min(now.validation, Math.floor(info.train / 2));
  editor().run(setTraining, { patch: { data: { ...now, validation: held } } }, gesture);
  return fitNet(info, gesture);
}

/** A net that would be broken by it keeps its ends; the problem of the misfit then stands, and says why. */
function fitNet(info: DataInfo, gesture: string): Fitted | null {
  const { run, history } = useEditor.getState();
  const data = dataShapeOf(info);
  const { doc, broken } = fitTo(history.present, data);
  if (broken || doc === history.present) return null;
  run(fitDocument, data, gesture);
  return { gesture, text: `${fitWords(data)}.` };
}
