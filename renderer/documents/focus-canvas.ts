/** The focus goes where the work is. */
export const focusCanvas = (): void =>
  document.querySelector<HTMLElement>('section[data-canvas]')?.focus({ preventScroll: true });

/** The same, once what had the focus is gone from the page. */
export const keepFocus = (): void => {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusCanvas();
  });
};
