import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { expect, it, vi } from 'vitest';
import { Front } from './front';

function open() {
  const webContents = { send: vi.fn() };
  let destroyed = false;
  const window = {
    isDestroyed: () => destroyed,
    // a window that is gone throws at every touch
    get webContents() {
      if (destroyed) throw new TypeError('Object has been destroyed');
      return webContents;
    },
  };
  const front = new Front();
  front.open(window as unknown as BrowserWindow);
  const destroy = () => {
    destroyed = true;
  };
  return { front, webContents, destroy };
}
const event = (sender: unknown, url: string, parent: unknown = null) =>
  ({ sender, senderFrame: { url, parent } }) as IpcMainInvokeEvent;
const PAGE = 'app://convloom/index.html';

it('trusts our page in our window, and nothing else', () => {
  const { front, webContents } = open();
  expect(front.trusts(event(webContents, PAGE))).toBe(true);
  expect(front.trusts(event({}, PAGE))).toBe(false); // another window
  expect(front.trusts(event(webContents, 'https://evil.example/'))).toBe(false);
  expect(front.trusts(event(webContents, PAGE, {}))).toBe(false); // a frame in our page
  expect(front.trusts({ sender: webContents, senderFrame: null } as unknown as IpcMainInvokeEvent)).toBe(
    false,
  );
});

it('sends and trusts no more once the window is gone', () => {
  const { front, webContents, destroy } = open();
  front.send('menu.command', 'file.save');
  expect(webContents.send).toHaveBeenCalledOnce();
  destroy();
  front.send('menu.command', 'file.save');
  expect(webContents.send).toHaveBeenCalledOnce();
  expect(front.trusts(event(webContents, PAGE))).toBe(false);
  front.focus();
});
