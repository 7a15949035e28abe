import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../engine/errors';
import { call, event } from '../../ipc/define';
import { createApi } from '../../renderer/app/api';
import { serve } from './serve';

const contract = {
  'math.half': call(z.strictObject({ n: z.number() }), z.number()),
  'math.done': event(z.number()),
};
type Handler = (e: IpcMainInvokeEvent, raw: unknown) => Promise<unknown>;

const OPEN = {} as BrowserWindow;

function wire(half: (i: { n: number }) => number, trusted = true, state: 'open' | 'closed' = 'open') {
  const handled = new Map<string, Handler>();
  const ipc = {
    handle: (c: string, fn: (e: IpcMainInvokeEvent, ...args: any[]) => unknown) =>
      void handled.set(c, fn as Handler),
  };
  serve(
    ipc,
    contract,
    { 'math.half': half },
    { trusts: () => trusted, window: state === 'open' ? OPEN : undefined },
  );
  const event = { senderFrame: null, sender: { isDestroyed: () => false } } as IpcMainInvokeEvent;
  const bridge = {
    call: (c: string, input: unknown) => handled.get(c)!(event, structuredClone(input)),
    on: () => () => {},
  };
  return { api: createApi(contract, bridge), channels: [...handled.keys()] };
}

it('carries a typed call there and back', async () => {
  const { api, channels } = wire(({ n }) => n / 2);
  expect(await api.call['math.half']({ n: 8 })).toBe(4);
  expect(channels).toEqual(['math.half']);
});

it('carries an error whole, with its remedy and place', async () => {
  const { api } = wire(() => {
    throw new UserError('odd', '7 is odd.', 'Halves are whole here.', 'Use 8.', { node: 'a' });
  });
  await expect(api.call['math.half']({ n: 7 })).rejects.toMatchObject({
    code: 'odd',
    remedy: 'Use 8.',
    place: { node: 'a' },
  });
});

it('never runs a handler on input that breaks the contract, or for a strange frame', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const half = vi.fn(() => 0);
  for (const input of [{ n: 'eight' }, null, 7, [], { n: 1, more: 2 }, '__proto__', { n: Number.NaN }]) {
    await expect(wire(half).api.call['math.half'](input as never)).rejects.toMatchObject({
      code: 'internal',
    });
  }
  await expect(wire(half, false).api.call['math.half']({ n: 8 })).rejects.toMatchObject({ code: 'internal' });
  expect(half).not.toHaveBeenCalled();
  logged.mockRestore();
});

it('says nothing of our stack to the window', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { api } = wire(() => {
    throw new TypeError('x is undefined');
  });
  const fault = await api.call['math.half']({ n: 8 }).catch((e: UserError) => e.toFault());
  expect(JSON.stringify(fault)).not.toMatch(/\bat .*\.ts/);
  logged.mockRestore();
});

it('complains of a strange frame while the window is open, not of its last words once it has closed', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const half = vi.fn(() => 0);
  await expect(wire(half, false).api.call['math.half']({ n: 8 })).rejects.toMatchObject({ code: 'internal' });
  expect(logged).toHaveBeenCalledOnce();
  await expect(wire(half, false, 'closed').api.call['math.half']({ n: 8 })).rejects.toMatchObject({
    code: 'internal',
  });
  expect(logged).toHaveBeenCalledOnce();
  expect(half).not.toHaveBeenCalled();
  logged.mockRestore();
});
