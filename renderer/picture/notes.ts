import type { GraphDocument } from '../../engine/graph/document';
import { boundsOf, type Rect } from '../canvas/geometry';
import { ink, type Mark } from './scene';
import { fitted, wrapped } from './text';

interface Drawn {
  readonly marks: readonly Mark[];
  readonly rects: readonly Rect[];
}

const AROUND = 20;
const HEAD = 26;
const TITLE = { size: 12, weight: 600 } as const;

/** The groups of the document whose nodes are all drawn: a line around them with a name. */
export function groupMarks({ groups }: GraphDocument, places: ReadonlyMap<string, Rect>): Drawn {
  const found = Object.values(groups).flatMap(({ title, nodes }) => {
    const rects = nodes.map((id) => places.get(id));
    if (nodes.length === 0 || rects.includes(undefined)) return [];
    const { x, y, width, height } = boundsOf(rects as Rect[]);
    return [
      {
        title,
        rect: {
          x: x - AROUND,
          y: y - AROUND - HEAD,
          width: width + 2 * AROUND,
          height: height + 2 * AROUND + HEAD,
        },
      },
    ];
  });
  return {
    rects: found.map((f) => f.rect),
    marks: found.flatMap(({ title, rect }): Mark[] => [
      { mark: 'rect', ...rect, radius: 14, fill: ink('--text3'), opacity: 0.06 },
      { mark: 'rect', ...rect, radius: 14, line: { paint: ink('--line-strong'), width: 1 } },
      {
        ...{ mark: 'text', text: fitted(title, rect.width - 28, TITLE), ...TITLE },
        ...{ x: rect.x + 14, y: rect.y + 22, paint: ink('--text2') },
      },
    ]),
  };
}

/** Pixels. */
const NOTE_WIDTH = 220;
const LINE = 17;
const WORDS = { size: 12 } as const;
/** A note of a book's length would make the picture useless. */
const MOST_LINES = 60;

export function noteMarks({ notes }: GraphDocument): Drawn {
  const found = Object.values(notes).map(({ text, position }) => {
    const lines = wrapped(text, NOTE_WIDTH - 24, WORDS).slice(0, MOST_LINES);
    return { lines, rect: { ...position, width: NOTE_WIDTH, height: lines.length * LINE + 18 } };
  });
  return {
    rects: found.map((f) => f.rect),
    marks: found.flatMap(({ lines, rect }): Mark[] => [
      {
        mark: 'rect',
        ...rect,
        radius: 8,
        fill: ink('--c-norm', '--canvas', 0.86),
        line: { paint: ink('--c-norm', '--canvas', 0.55), width: 1 },
      },
      ...lines.map(
        (text, i): Mark => ({
          ...{
            mark: 'text',
            text,
            x: rect.x + 12,
            y: rect.y + 9 + 12.5 + i * LINE,
            ...WORDS,
            paint: ink('--text'),
          },
        }),
      ),
    ]),
  };
}
