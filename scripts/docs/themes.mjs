// The colour tokens of a theme in renderer/styles/tokens.css.

/** @param {string} css @param {'light' | 'dark'} theme @returns {Readonly<Record<string, string>>} */
export function coloursOf(css, theme) {
  const rules = css.split(`[data-theme="${theme}"]`)[1] ?? '';
  const body = rules.slice(rules.indexOf('{') + 1, rules.indexOf('}'));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*(#[\da-f]+);/g)].map((m) => [m[1], m[2]]));
}
