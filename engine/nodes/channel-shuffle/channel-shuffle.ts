import { z } from 'zod';
import { UserError } from '../../errors';
import { reshape, transpose } from '../../ir/ops';
import { defineLayer } from '../define';
import { int } from '../fields';
import { requireMap } from '../window';

/**
 * Deals the channels of `groups` groups out in turn: [g, n] read as [n, g]. x and y [h, w, c].
 *
 * @throws UserError `channel-shuffle/groups`
 * @see Zhang et al. ShuffleNet. 2017. arXiv:1707.01083, section 3.1
 */
export const channelShuffle = defineLayer({
  type: 'channel-shuffle',
  version: 1,
  title: 'Channel shuffle',
  category: 'merge',
  source: 'Zhang et al. ShuffleNet. 2017. arXiv:1707.01083, section 3.1',
  help:
    'Deals the channels of each group out to all groups. Between two grouped convolutions it lets what one group ' +
    'found reach the others, without weights.',
  formula: 'y[i, j, n·g + k] = x[i, j, k·(c / g) + n]',
  inputs: ['x'],
  params: z.strictObject({
    groups: int(2, {
      title: 'Groups',
      help: 'Groups whose channels are dealt out over all of them',
      quick: [2, 3, 4, 8],
    }),
  }),
  detail: (p) => `${p.groups} groups`,

  lower([x], { groups }) {
    requireMap(x!.shape);
    const [h, w, channels] = x!.shape as readonly [number, number, number];
    if (channels % groups !== 0) throw indivisible(channels, groups);
    if (groups === 1 || groups === channels) return x!;
    const apart = reshape(x!, [h, w, groups, channels / groups]);
    return reshape(transpose(apart, [0, 1, 3, 2]), [h, w, channels]);
  },
});

function indivisible(channels: number, groups: number): UserError {
  let fits = Math.min(channels, groups);
  while (channels % fits !== 0) fits--;
  return new UserError(
    'channel-shuffle/groups',
    `${channels} channels cannot be split into ${groups} groups.`,
    'Every group holds the same number of channels.',
    `Set groups to ${fits}.`,
    { param: 'groups' },
  );
}
