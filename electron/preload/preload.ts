import { contextBridge, ipcRenderer } from 'electron';

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
