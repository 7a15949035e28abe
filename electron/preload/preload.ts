import * as electron from 'electron';
import { DROPPED } from '../dropped';

const { contextBridge, ipcRenderer } = electron;
/** Not in Electron below 29, where a file has its path itself. */
const { webUtils } = electron as { readonly webUtils?: { getPathForFile(file: File): string } };

// Passes messages and knows none of them: the contract is checked on both sides of this file, never in it.
const CHANNEL = /^[a-z]+\.[a-z]+$/;

function checked(channel: string): string {
  if (typeof channel !== 'string' || !CHANNEL.test(channel)) throw new Error(`no such channel: ${channel}`);
  return channel;
}

contextBridge.exposeInMainWorld('bridge', {
  call: (channel: string, input: unknown) => ipcRenderer.invoke(checked(channel), input),
  on(channel: string, listener: (payload: unknown) => void) {
    const relay = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(checked(channel), relay);
    return () => void ipcRenderer.off(channel, relay);
  },
});

/** Where a file lies that came from outside; '' for one that the page made itself. */
const pathOf = (file: File): string =>
  webUtils ? webUtils.getPathForFile(file) : ((file as { path?: string }).path ?? '');

// Only this side of the bridge can tell where dropped files lie, and the page can name none by it.
window.addEventListener(
  'drop',
  (event) => {
    const paths = event.isTrusted ? [...(event.dataTransfer?.files ?? [])].map(pathOf) : [];
    if (paths.length === 0 || paths.includes('')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.dispatchEvent(new DragEvent('dragleave'));
    ipcRenderer.send(DROPPED, paths);
  },
  true,
);
