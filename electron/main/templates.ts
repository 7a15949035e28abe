import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fitDocument } from '../../engine/analysis/fit-command';
import { TemplateSummary } from '../../engine/analysis/template-summary';
import { UserError } from '../../engine/errors';
import { readTextFile } from '../../engine/files/read-file';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import { openDocument } from '../../engine/graph/file';
import { countFollowers, type Followers } from '../../engine/graph/followers';
import { TrainingSettings } from '../../engine/graph/training';

export interface Templates {
  list(): Promise<TemplateSummary[]>;
  /** @throws UserError `template/unknown` */
  open(id: string): Promise<GraphDocument>;
  /** Of all of them that can be read. */
  followers(): Promise<Followers>;
}

/** The nets that come with the app: `<id>.json` in `folder`, and the list of them in `<folder>.json`. */
export function createTemplates(folder: string): Templates {
  const known = new Map<string, Promise<GraphDocument>>();
  const ids = async () => {
    const names = await readdir(folder).catch(() => []);
    return names.filter((n) => n.endsWith('.json')).sort();
  };
  const idOf = (file: string) => file.replace(/(\.convloom)?\.json$/, '');
  const read = (file: string) => {
    const path = join(folder, file);
    const reading = known.get(file) ?? readTextFile(path).then((text) => openDocument(text, path));
    known.set(file, reading);
    return reading;
  };
  return {
    list: async () => {
      const text = await readTextFile(`${folder}.json`).catch(() => '[]');
      return z.array(TemplateSummary).parse(JSON.parse(text));
    },
    async followers() {
      const docs = await Promise.all((await ids()).map((file) => read(file).catch(() => null)));
      return countFollowers(docs.filter((d) => d !== null));
    },
    async open(id) {
      const file = (await ids()).find((name) => idOf(name) === id);
      if (file !== undefined) return read(file);
      const all = (await ids()).map(idOf).join(', ');
      throw new UserError(
        'template/unknown',
        `There is no template '${id}'.`,
        `There are ${all}.`,
        'Choose one of those.',
      );
    },
  };
}

/** What an app without a file shows: ResNet-20, fitted to MNIST, ready to be trained in minutes. */
export async function startDocument(templates: Templates): Promise<GraphDocument> {
  try {
    return fitToMnist(await templates.open('resnet-20'));
  } catch (error) {
    console.warn(error);
    return emptyDocument('untitled');
  }
}

function fitToMnist(template: GraphDocument): GraphDocument {
  const { reference: _, ...net } = template; // its figures are those of the net on CIFAR-10
  const training = TrainingSettings.parse({
    data: { set: 'mnist' },
    epochs: 5,
    batch: template.training.batch,
    rate: template.training.rate,
    optimizer: template.training.optimizer,
    weightDecay: template.training.weightDecay,
  });
  const doc = { ...net, name: `${net.name} on MNIST`, training };
  return fitDocument.run(doc, { shape: [28, 28, 1], classes: 10 });
}
