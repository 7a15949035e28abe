import { expect, it } from 'vitest';
import { leaveWish, takeWish } from './mailbox';
import { lockRun } from './run-lock';
import { scratch } from './testing';

it('a wish is left for a run that is trained, and taken once', async () => {
  const run = await scratch();
  await expect(leaveWish(run, { rate: 0.1 })).rejects.toMatchObject({ code: 'change/not-running' });
  const unlock = await lockRun(run);
  const taken = await leaveWish(run, { rate: 0.1 });
  await expect(leaveWish(run, { rate: 0.2 })).rejects.toMatchObject({ code: 'change/waiting' });
  expect(await taken()).toBe(false);
  expect(await takeWish(run)).toEqual({ rate: 0.1 });
  expect([await taken(), await takeWish(run)]).toEqual([true, undefined]);
  await unlock();
});
