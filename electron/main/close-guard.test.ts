import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { CloseGuard } from './close-guard';

function open({ running = false, answers = [] as number[] } = {}) {
  const window = Object.assign(new EventEmitter(), { hide: vi.fn(), destroy: vi.fn() });
  const showMessageBox = vi.fn(async () => ({ response: answers.shift() ?? -1, checkboxChecked: false }));
  const save = vi.fn();
  const leave = vi.fn(async () => {});
  const guard = new CloseGuard({ dialog: { showMessageBox } as never, running: () => running, save, leave });
  guard.watch(window as never);
  const close = async () => {
    window.emit('close', { preventDefault: () => {} });
    await new Promise((later) => setTimeout(later, 5));
    return window.destroy.mock.calls.length > 0;
  };
  return { guard, close, showMessageBox, save, leave };
}
const dirty = { dirty: true, name: 'net' };

it('lets a saved document go without a question', async () => {
  const { close, showMessageBox, leave } = open();
  expect(await close()).toBe(true);
  expect(showMessageBox).not.toHaveBeenCalled();
  expect(leave).toHaveBeenCalledOnce();
});

it('stays at Cancel, and goes at Don’t Save', async () => {
  const { guard, close, leave, save } = open({ answers: [2, 1] });
  guard.unsaved = dirty;
  expect(await close()).toBe(false);
  expect(leave).not.toHaveBeenCalled();
  expect(await close()).toBe(true);
  expect(save).not.toHaveBeenCalled();
});

it('goes after Save only once the document is saved', async () => {
  const { guard, close, save } = open({ answers: [0] });
  guard.unsaved = dirty;
  expect(await close()).toBe(false);
  expect(save).toHaveBeenCalledOnce();
  guard.unsaved = { dirty: false, name: 'net' };
  expect(await close()).toBe(true);
});

it('stays when saving is cancelled or fails, and asks again next time', async () => {
  const { guard, close, showMessageBox } = open({ answers: [0, 2] });
  guard.unsaved = dirty;
  await close();
  guard.notSaved();
  await new Promise((later) => setTimeout(later, 5));
  expect(await close()).toBe(false);
  expect(showMessageBox).toHaveBeenCalledTimes(2);
});

it('asks once, however often the button is pressed', async () => {
  const { guard, close, showMessageBox } = open({ answers: [0] });
  guard.unsaved = dirty;
  await Promise.all([close(), close(), close()]);
  expect(showMessageBox).toHaveBeenCalledOnce();
});

it('asks before it stops a run', async () => {
  const staying = open({ running: true, answers: [1] });
  expect(await staying.close()).toBe(false);
  const going = open({ running: true, answers: [0] });
  expect(await going.close()).toBe(true);
});
