import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';

export interface Unsaved {
  readonly dirty: boolean;
  readonly name: string;
}
interface Means {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  /** Whether training is under way. */
  running(): boolean;
  /** Asks the window to save; `saved` or `notSaved` tells how that ended. */
  save(): void;
  /** The user goes for good: recovery is dropped, the engine stops. */
  leave(): Promise<void>;
}

/** Stands between the close button and the end: asks after unsaved changes and a run under way. */
export class CloseGuard {
  #unsaved: Unsaved = { dirty: false, name: '' };
  #asking = false;
  #saving: ((done: boolean) => void) | undefined;

  constructor(readonly means: Means) {}

  /** What the window last said of its document. */
  set unsaved(unsaved: Unsaved) {
    this.#unsaved = unsaved;
    if (!unsaved.dirty) this.#saving?.(true);
  }
  /** The save dialog was cancelled, or writing failed. */
  notSaved(): void {
    this.#saving?.(false);
  }

  watch(window: BrowserWindow): void {
    window.on('close', (event) => {
      event.preventDefault();
      if (!this.#asking) void this.#close(window);
    });
  }

  async #close(window: BrowserWindow): Promise<void> {
    this.#asking = true;
    try {
      if (!(await this.#mayGo(window))) return;
      window.hide();
      await this.means.leave();
      window.destroy();
    } finally {
      this.#asking = false;
    }
  }

  async #mayGo(window: BrowserWindow): Promise<boolean> {
    if (this.means.running()) {
      const { response } = await this.means.dialog.showMessageBox(window, RUNNING);
      if (response !== 0) return false;
    }
    if (!this.#unsaved.dirty) return true;
    const { response } = await this.means.dialog.showMessageBox(window, unsavedQuestion(this.#unsaved.name));
    if (response === 0) return this.#save();
    return response === 1;
  }

  #save(): Promise<boolean> {
    return new Promise<boolean>((resolve) => {
      this.#saving = resolve;
      this.means.save();
    }).finally(() => {
      this.#saving = undefined;
    });
  }
}

const unsavedQuestion = (name: string): MessageBoxOptions => ({
  type: 'question',
  message: `Save the changes to ${name}?`,
  detail: 'They are lost if you do not save them.',
  buttons: ['Save', "Don't Save", 'Cancel'],
  defaultId: 0,
  cancelId: 2,
  noLink: true,
});
const RUNNING: MessageBoxOptions = {
  type: 'question',
  message: 'Training is under way. Stop it and quit?',
  detail: 'A checkpoint is kept, and the run can be continued from it.',
  buttons: ['Stop and Quit', 'Cancel'],
  defaultId: 1,
  cancelId: 1,
  noLink: true,
};
