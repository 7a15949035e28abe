/** For text and attributes of XML. */
export const forXml = (text: string): string =>
  [...text].map((c) => (c < ' ' ? ' ' : (ENTITIES[c] ?? c))).join('');
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** At most `most` characters, the last an ellipsis where some were left out. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
