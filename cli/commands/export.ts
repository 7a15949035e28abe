import { resolve } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import { saveDocument } from '../../engine/graph/file';
import { NET, net, SHAPE_OPTIONS, shapeArgs } from '../arguments';
import { defineCli } from '../command';
import { count } from '../format';
import { openNet, reshape } from '../net';

/** `convloom export resnet-20 --out net.convloom.json`: the graph as JSON, of the newest version. */
export const exportNet = defineCli({
  name: 'export',
  summary: 'Write a net to a graph file (JSON)',
  argument: NET,
  options: [['--out <file>', 'where to; a file that is there is replaced'], ...SHAPE_OPTIONS],
  example: 'convloom export resnet-20 --input 28x28x1 --out net.convloom.json',
  args: z.object({
    net,
    out: z.string({ error: 'must name a file' }).min(1, 'must name a file'),
    ...shapeArgs,
  }),

  async run({ net: name, out, ...shape }) {
    const text = saveDocument(reshape((await openNet(name)).doc, shape));
    const file = resolve(out);
    await writeFileAtomic(file, text);
    const size = Buffer.byteLength(text);
    return { text: `${file}  ${count(size)} bytes`, data: { file, bytes: size } };
  },
});
