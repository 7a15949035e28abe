import type { Wish } from './change';

type Way = 'go' | 'pause' | 'stop';

/** The reins of one run: the window or the terminal holds them, the trainer looks at them between two steps. */
export class RunControl {
  #wish: Way = 'go';
  #changes: Wish[] = [];
  #judge: (wish: Wish) => void = () => {};
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
   * Changes settings from the next step on.
   *
   * @throws UserError where the run cannot: see `checkWish`
   */
  change(wish: Wish): void {
    this.#judge(wish);
    this.#changes.push(wish);
    this.#wake();
  }
  /** The run says what can be changed. */
  judgeBy(judge: (wish: Wish) => void): void {
    this.#judge = judge;
  }
  get wantsChange(): boolean {
    return this.#changes.length > 0;
  }
  /** What is to be changed; each is given once. */
  takeChanges(): readonly Wish[] {
    return this.#changes.splice(0);
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
  /** Resolves at the next word: to go on, to stop, or of a change. */
  untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
  /** Resolves when the run may go on, or is to stop. */
  async untilResumed(): Promise<void> {
    while (this.paused) await this.untilWoken();
  }
}
