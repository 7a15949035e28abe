import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { elaborate } from '../analysis/elaborate';
import { Classifier } from '../compile/classifier';
import { measure } from '../compile/pictures';
import { closeData, findDataSet } from '../data/catalogue';
import { decode, type PictureShape } from '../data/encoded/decode';
import { reasonOf } from '../data/encoded/survey';
import { UserError } from '../errors';
import { readTextFile } from '../files/read-file';
import { openDocument } from '../graph/file';
import { openTensorFlow } from '../tensorflow/runtime';
import { loadBest, loadCheckpoint } from './checkpoint';
import { measuredWeights } from './transfer/match';

/** What a net says of a picture file: its classes, the likeliest first; or why the file cannot be read. */
export type Classified =
  | { readonly file: string; readonly classes: readonly { readonly name: string; readonly share: number }[] }
  | { readonly file: string; readonly fault: string };

interface Request {
  /** Folder of a run. */
  readonly run: string;
  readonly checkpoint: 'last' | 'best';
  /** PNG, JPEG, WebP or BMP. */
  readonly files: readonly string[];
}

/**
 * Classes of picture files by the net of a run. Each is brought to the size and colours of the net's input as a data
 * set of picture files is, and normalised as in training.
 *
 * @throws UserError `classify/input`, `checkpoint/none`, `checkpoint/no-best`, and those of the run's data
 */
export async function* classify({ run, checkpoint, files }: Request): AsyncGenerator<Classified> {
  const { classifier, names, shape } = await classifierOf(run, checkpoint);
  try {
    for (const file of files) {
      const pixels = await readFile(file)
        .then((bytes) => decode(bytes, shape))
        .catch((error: unknown) => ({ fault: reasonOf(error) }));
      if ('fault' in pixels) yield { file, fault: pixels.fault };
      else yield { file, classes: ranked(await classifier.scores(pixels), names) };
    }
  } finally {
    classifier.close();
  }
}

async function classifierOf(run: string, checkpoint: Request['checkpoint']) {
  const path = join(run, 'graph.json');
  const doc = openDocument(await readTextFile(path), path);
  const elaboration = elaborate(doc);
  const shape = elaboration.input?.output?.shape ?? [];
  if (shape.length !== 3 || ![1, 3].includes(shape[2]!)) throw notPictures(run, shape);
  const { blocks } = checkpoint === 'best' ? await loadBest(run) : await loadCheckpoint(run);
  const source = findDataSet(doc.training.data);
  const data = await source.load(doc.training.data);
  try {
    const scale = await measure(data.train, shape[2]!);
    const weights = new Map([...measuredWeights(blocks)].map(([name, block]) => [name, block.data] as const));
    const classifier = Classifier.create(openTensorFlow(), elaboration, weights, scale);
    return { classifier, names: data.info.classNames, shape: shape as unknown as PictureShape };
  } finally {
    closeData(data);
  }
}

/** Softmax, sorted. */
function ranked(scores: Float32Array, names: readonly string[]) {
  const most = Math.max(...scores);
  const shares = Array.from(scores, (s) => Math.exp(s - most));
  const whole = shares.reduce((a, b) => a + b, 0);
  return shares
    .map((s, i) => ({ name: names[i] ?? String(i), share: s / whole }))
    .sort((a, b) => b.share - a.share);
}

const notPictures = (run: string, shape: readonly number[]) =>
  new UserError(
    'classify/input',
    `The net takes ${shape.join('×') || 'nothing'}, and a picture file is no such thing.`,
    'Picture files have a height, a width, and one channel or three.',
    'Name a run of a net that takes pictures.',
    { file: run },
  );
