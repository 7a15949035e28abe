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
    for (let at = 0; at < files.length; at += TOGETHER) {
      const some = await Promise.all(files.slice(at, at + TOGETHER).map((file) => pixelsOf(file, shape)));
      const read = some.flatMap((p) => ('pixels' in p ? [p.pixels] : []));
      const scores = read.length > 0 ? await classifier.scores(Buffer.concat(read)) : new Float32Array();
      let row = 0;
      for (const p of some) {
        if ('fault' in p) yield p;
        else
          yield {
            file: p.file,
            classes: ranked(scores.subarray(row++ * names.length, row * names.length), names),
          };
      }
    }
  } finally {
    classifier.close();
  }
}

/** Files that are read and computed at once. */
const TOGETHER = 32;

const pixelsOf = (file: string, shape: PictureShape) =>
  readFile(file)
    .then((bytes) => decode(bytes, shape))
    .then((pixels) => ({ file, pixels }))
    .catch((error: unknown) => ({ file, fault: reasonOf(error) }));

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
    const classifier = Classifier.create(openTensorFlow(process.cwd(), 'batch'), elaboration, weights, scale);
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
