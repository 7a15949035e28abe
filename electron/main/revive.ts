import type { BrowserWindow, Dialog } from 'electron';

/** A page that crashes in a row is a fault that loading it again does not mend. */
const MOST = 3;
const WITHIN = 60_000;

/** Loads the page again when its process died; unsaved work is offered there as after any crash. */
export function reviveRenderer(window: BrowserWindow, dialog: Pick<Dialog, 'showErrorBox'>): void {
  let deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (window.isDestroyed() || reason === 'clean-exit') return;
    const now = Date.now();
    deaths = [...deaths.filter((t) => now - t < WITHIN), now];
    if (deaths.length <= MOST) return window.webContents.reload();
    dialog.showErrorBox(
      'The window keeps crashing',
      `Reason: ${reason}. Start Convloom again: unsaved work is offered then.`,
    );
    window.destroy();
  });
}
