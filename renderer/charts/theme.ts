/** Colours of the current theme, read when something is drawn: canvas knows no CSS variables. */
export const cssColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888';

/** Calls back after the theme of the page has changed. Gives back the way to stop. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'data-contrast', 'data-palette', 'class', 'style'],
  });
  return () => observer.disconnect();
}

/** `colour` (#rgb or #rrggbb) with an opacity from 0 to 1. */
export function withAlpha(colour: string, alpha: number): string {
  const hex = colour.length === 4 ? colour.replace(/[\da-f]/gi, '$&$&') : colour;
  return /^#[\da-f]{6}$/i.test(hex)
    ? `${hex}${Math.round(alpha * 255)
        .toString(16)
        .padStart(2, '0')}`
    : colour;
}
