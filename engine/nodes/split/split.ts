import { z } from 'zod';
import { UserError } from '../../errors';
import { slice } from '../../ir/ops';
import { defineLayer } from '../define';
import { int } from '../fields';

/**
 * One of `parts` equal parts of the channels: x [h, w, c] -> [h, w, c / parts]. Each part is a node of its own.
 *
 * @throws UserError `split/parts`, `split/part`
 * @see Krizhevsky, Sutskever, Hinton. ImageNet Classification. 2012, section 3.2: two halves on two GPUs
 */
export const split = defineLayer({
  type: 'split',
  version: 1,
  title: 'Split',
  category: 'merge',
  source: 'Krizhevsky, Sutskever, Hinton. ImageNet Classification with Deep CNNs. 2012, section 3.2',
  help:
    'Takes one of several equal parts of the channels. Put a Split for each part on the same output; a Concat joins ' +
    'what comes of them.',
  formula: 'y = x[…, (part − 1)·c/parts … part·c/parts − 1]',
  inputs: ['x'],
  params: z.strictObject({
    parts: int(2, {
      title: 'Parts',
      help: 'Parts of equal size that the channels are cut into',
      quick: [2, 4],
    }),
    part: int(1, { title: 'Part', help: 'Which one, from 1 on' }),
  }),
  detail: (p) => `part ${p.part} of ${p.parts}`,

  lower([x], { parts, part }) {
    const channels = x!.shape.at(-1)!;
    if (channels % parts !== 0) throw indivisible(channels, parts);
    if (part > parts) throw noSuchPart(part, parts);
    const size = channels / parts;
    return parts === 1 ? x! : slice(x!, x!.shape.length - 1, (part - 1) * size, size);
  },
});

function indivisible(channels: number, parts: number): UserError {
  let fits = Math.min(channels, parts);
  while (channels % fits !== 0) fits--;
  return new UserError(
    'split/parts',
    `${channels} channels cannot be split into ${parts} equal parts.`,
    'All parts have the same number of channels.',
    `Set parts to ${fits}, or use a Slice.`,
    { param: 'parts' },
  );
}
const noSuchPart = (part: number, parts: number): UserError =>
  new UserError(
    'split/part',
    `There is no part ${part} of ${parts}.`,
    'Parts are counted from 1.',
    `Set part to ${parts} or less.`,
    { param: 'part' },
  );
