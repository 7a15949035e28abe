/** What one part of the window asks of another: that the problems are shown, or the training form. */
export const SHOW_PROBLEMS = 'convloom:show-problems';
export const SHOW_TRAINING = 'convloom:show-training';

export const signal = (name: typeof SHOW_PROBLEMS | typeof SHOW_TRAINING): void => {
  window.dispatchEvent(new CustomEvent(name));
};
