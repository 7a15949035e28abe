/** For text and attributes of XML 1.0: what it cannot hold, half of a pair and control characters, is left out. */
export const forXml = (text: string): string => [...text].map(xmlSign).join('');
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xmlSign(c: string): string {
  const code = c.codePointAt(0)!;
  const unsound = (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
  return code < 32 || unsound ? ' ' : (ENTITIES[c] ?? c);
}

/** Advance widths of U+0020 to U+007E in thousandths of the size, by weight. From Inter 4's hmtx. */
const REGULAR = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646,
  593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269,
  571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471,
  456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528,
  327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
];
const BOLD = [
  252, 321, 523, 644, 650, 1004, 663, 326, 373, 373, 540, 673, 319, 465, 319, 379, 660, 423, 623, 636, 666,
  612, 640, 576, 640, 640, 319, 329, 673, 673, 673, 543, 999, 728, 659, 737, 722, 605, 588, 749, 746, 277,
  580, 703, 565, 922, 759, 769, 645, 773, 652, 650, 660, 736, 728, 1020, 720, 713, 652, 373, 379, 373, 481,
  469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262, 569, 262, 900, 612, 609, 624, 624, 397, 549,
  353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673,
];
/** JetBrains Mono. */
const MONO = 600;
/** Of other scripts in Latin's width, and of those that fill a square. */
const OTHER = 660;
const SQUARE = 1000;

interface Face {
  readonly size: number;
  readonly weight?: 400 | 500 | 600;
  readonly mono?: boolean;
}

/** Pixels that `text` takes, without a browser to ask. */
export function textWidth(text: string, { size, weight = 400, mono = false }: Face): number {
  const table = weight >= 600 ? BOLD : REGULAR;
  let sum = 0;
  for (const c of text) {
    const code = c.codePointAt(0)!;
    const wide = code >= 0x1100 && code !== 0x2026;
    sum += mono ? MONO : (table[code - 32] ?? (wide && !isNarrow(code) ? SQUARE : OTHER));
  }
  return (sum * size) / 1000;
}
/** Marks of text, mathematics and so on are no wider than letters. */
const isNarrow = (code: number): boolean => code >= 0x1e00 && code < 0x2e80;

/** `text`, or as much of it as takes `room` pixels, the last sign an ellipsis. */
export function fitted(text: string, room: number, face: Face): string {
  if (textWidth(text, face) <= room) return text;
  const signs = [...text];
  while (signs.length > 1 && textWidth(`${signs.join('')}…`, face) > room) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** `text` in lines of at most `room` pixels, broken at spaces; its own line breaks stay. */
export function wrapped(text: string, room: number, face: Face): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const lines: string[] = [''];
    for (const word of line.split(' ')) {
      const last = lines.at(-1)!;
      const longer = last === '' ? word : `${last} ${word}`;
      if (last === '' || textWidth(longer, face) <= room) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.map((l) => fitted(l, room, face));
  });
}
