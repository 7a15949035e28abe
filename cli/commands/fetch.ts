import { z } from 'zod';
import { dataSets, findDataSet } from '../../engine/data/catalogue';
import { UserError } from '../../engine/errors';
import { defineCli } from '../command';

/** `convloom fetch fashion-mnist`: brings a data set's files on to this computer. */
export const fetchData = defineCli({
  name: 'fetch',
  summary: 'Fetch the files of a data set',
  argument: [
    'set',
    `which one: ${[...dataSets.values()].flatMap((s) => (s.folder ? [] : [s.id])).join(', ')}`,
  ],
  options: [],
  example: 'convloom fetch fashion-mnist',
  args: z.object({ set: z.string() }),

  async run({ set }) {
    const source = findDataSet({ set });
    if (!source.status().ready) {
      if (!source.fetch) throw cannotFetch(source.title, source.status().remedy);
      await source.fetch();
    }
    const { train, test } = await source.describe({ set });
    const text = `${source.title} is here: ${train.toLocaleString('en')} pictures to train, ${test.toLocaleString('en')} to test`;
    return { text, data: { set, train, test } };
  },
});

const cannotFetch = (title: string, remedy: string) =>
  new UserError(
    'data/fetch',
    `${title} cannot be fetched on this computer.`,
    'It comes as a Debian package, and apt-get and dpkg-deb are not here.',
    remedy,
    { setting: 'data' },
  );
