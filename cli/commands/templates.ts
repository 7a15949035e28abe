import { z } from 'zod';
import { formatShape } from '../../engine/ir/shape';
import { callName, defineCli } from '../command';
import { count } from '../format';
import { table } from '../table';
import { templateList } from '../templates';

/** `convloom templates`: the nets that come with the app. */
export const templates = defineCli({
  name: 'templates',
  summary: 'List the nets that come with Convloom',
  options: [],
  example: 'convloom templates',
  args: z.object({}),

  async run() {
    const rows = await templateList();
    const text = table(
      [
        { title: 'template', of: (r) => r.id },
        { title: 'input', of: (r) => formatShape(r.input) },
        { title: 'classes', of: (r) => count(r.classes), right: true },
        { title: 'parameters', of: (r) => count(r.params), right: true },
        { title: 'MACs', of: (r) => count(r.macs), right: true },
        { title: 'source', of: (r) => shortSource(r.source) },
      ],
      rows,
    );
    return { text: `${text}\n\nOpen one: ${callName()} analyze resnet-20`, data: rows };
  },
});

/** `LeCun 1998`, `He 2015`: the first author and the year. */
const shortSource = (source: string): string => {
  const author = /^[^\s,]+/.exec(source)?.[0] ?? '';
  const year = /\b(19|20)\d\d\b/.exec(source)?.[0] ?? '';
  return `${author} ${year}`.trim();
};
