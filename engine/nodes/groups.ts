import { UserError } from '../errors';

/**
 * Every group takes the same number of channels and makes the same number of filters.
 *
 * @throws UserError `conv2d/groups`, with the largest number of groups that divides both
 */
export function requireGroups(
  channels: number,
  { filters, groups }: { readonly filters: number; readonly groups: number },
): void {
  if (channels % groups === 0 && filters % groups === 0) return;
  const what = channels % groups !== 0 ? `${channels} input channels` : `${filters} filters`;
  let fits = Math.min(channels, filters, groups);
  while (channels % fits !== 0 || filters % fits !== 0) fits--;
  throw new UserError(
    'conv2d/groups',
    `${what} cannot be split into ${groups} groups.`,
    'Every group takes the same number of channels and makes the same number of filters.',
    `Set groups to ${fits}.`,
    { param: 'groups' },
  );
}
