import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import type { AppContract } from '../../ipc/contract';
import type { Events } from '../../ipc/define';
import { isOurPage } from './security';

/** The one window, as the rest of main sees it: events go there while it is open, and only it is trusted. */
export class Front {
  #window: BrowserWindow | undefined;

  open(window: BrowserWindow): void {
    this.#window = window;
  }
  get window(): BrowserWindow | undefined {
    return this.#window?.isDestroyed() ? undefined : this.#window;
  }
  send<K extends keyof Events<AppContract> & string>(channel: K, payload: Events<AppContract>[K]): void {
    this.window?.webContents.send(channel, payload);
  }
  /** Whether a call comes from our page in our window, and from no frame inside it. */
  trusts({ sender, senderFrame }: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
    return sender === this.window?.webContents && senderFrame?.parent === null && isOurPage(senderFrame.url);
  }
  focus(): void {
    const { window } = this;
    if (window?.isMinimized()) window.restore();
    window?.show();
    window?.focus();
  }
}
