type Wish = 'go' | 'pause' | 'stop';

/** The reins of one run: the window or the terminal holds them, the trainer looks at them between two steps. */
export class RunControl {
  #wish: Wish = 'go';
  #test = true;
  #wake: () => void = () => {};

  pause(): void {
    if (this.#wish === 'go') this.#wish = 'pause';
  }
  resume(): void {
    if (this.#wish === 'pause') this.#wish = 'go';
    this.#wake();
  }
  /**
   * Ends the run after the step that is under way; a checkpoint is kept.
   *
   * @param test whether to measure the test split with the weights so far
   */
  stop({ test = true } = {}): void {
    // a second stop, while the test split is measured, leaves that out too
    if (this.#wish === 'stop' || !test) this.#test = false;
    this.#wish = 'stop';
    this.#wake();
  }

  get paused(): boolean {
    return this.#wish === 'pause';
  }
  get stopped(): boolean {
    return this.#wish === 'stop';
  }
  get wantsTest(): boolean {
    return this.#test;
  }
  /** Resolves when the run may go on, or is to stop. */
  async untilResumed(): Promise<void> {
    while (this.paused) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
