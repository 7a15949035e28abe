/** Smoothed pictures a second of training, with pauses left out. */
export class Speed {
  #perPicture: number | undefined;
  #seconds = 0;

  constructor(secondsBefore = 0) {
    this.#seconds = secondsBefore;
  }

  /** After a step of `pictures` that took `seconds`. The first one is slow (kernels are chosen) and is forgotten soon. */
  record(pictures: number, seconds: number): void {
    this.#seconds += seconds;
    const now = seconds / pictures;
    const weight = this.#perPicture === undefined ? 1 : now < this.#perPicture / 2 ? 0.5 : 0.1;
    this.#perPicture = (this.#perPicture ?? now) * (1 - weight) + now * weight;
  }

  get imagesPerSecond(): number {
    return this.#perPicture ? 1 / this.#perPicture : 0;
  }
  /** Of training alone, over all steps so far. */
  get seconds(): number {
    return this.#seconds;
  }
  secondsFor(pictures: number): number {
    return pictures * (this.#perPicture ?? 0);
  }
}
