import type { GraphDocument } from '../../engine/graph/document';
import type { FlowNode } from '../canvas/flow-types';
import { frameBoxes } from '../canvas/frame-boxes';
import type { Rect } from '../canvas/geometry';
import { type Block, type Inline, parseMarkdown } from '../ui/markdown-text';
import { ink, type Mark } from './scene';
import { fitted, wrapped } from './text';

interface Drawn {
  readonly marks: readonly Mark[];
  readonly rects: readonly Rect[];
}

const TITLE = { size: 11, weight: 600 } as const;

/** The frames around nodes that are drawn, as the canvas has them. */
export function frameAreas({ groups }: GraphDocument, nodes: readonly FlowNode[]): Drawn {
  const boxes = frameBoxes(groups, nodes);
  return {
    rects: boxes.map((b) => b.rect),
    marks: boxes.flatMap(({ title, colour, rect }): Mark[] => {
      const paint = ink(`--f-${colour}`);
      const words = { text: fitted(title, rect.width - 24, TITLE), ...TITLE, paint: ink('--text2') };
      return [
        { mark: 'rect', ...rect, radius: 12, fill: paint, opacity: 0.1 },
        { mark: 'rect', ...rect, radius: 12, line: { paint, width: 1 } },
        { mark: 'text', ...words, x: rect.x + 12, y: rect.y + 14 },
      ];
    }),
  };
}

/** Of a note, as the canvas has it. */
const WIDTH = 240;
const PAD = 12;
const LINE = 17.4;
const MOST = 400;

interface Line {
  readonly text: string;
  readonly weight?: 600;
  readonly mono?: boolean;
}

/** The notes that lie on the canvas. */
export function noteMarks({ notes }: GraphDocument): Drawn {
  const found = Object.values(notes).map(({ text, position }) => {
    const lines = parseMarkdown(text)
      .flatMap(linesOf)
      .slice(0, Math.floor(MOST / LINE));
    return { lines, rect: { ...position, width: WIDTH, height: lines.length * LINE + 20 } };
  });
  return {
    rects: found.map((f) => f.rect),
    marks: found.flatMap(({ lines, rect }): Mark[] => [
      {
        mark: 'rect',
        ...rect,
        radius: 8,
        fill: ink('--memo'),
        line: { paint: ink('--memo-line'), width: 1 },
      },
      ...lines.map((line, i): Mark => {
        const place = { x: rect.x + PAD, y: rect.y + 10 + 12.5 + i * LINE };
        return { mark: 'text', ...line, ...place, size: 12, paint: ink('--text') };
      }),
    ]),
  };
}

/** What is bold or slanted within a line is not told apart: a picture is read, not written. */
function linesOf(block: Block): readonly Line[] {
  const room = WIDTH - 2 * PAD;
  if (block.sort === 'code') return block.text.split('\n').map((text) => ({ text, mono: true }));
  if (block.sort === 'list') {
    return block.items.flatMap((item, i) =>
      wrapped(`${block.ordered ? `${i + 1}.` : '·'} ${plain(item)}`, room, { size: 12 }).map((text) => ({
        text,
      })),
    );
  }
  const heading = block.sort === 'heading';
  const texts = heading ? [plain(block.children)] : block.lines.map(plain);
  const face = heading ? { size: 12, weight: 600 as const } : { size: 12 };
  const lines = texts.flatMap((text) => wrapped(text, room, face));
  return lines.map((text) => (heading ? { text, weight: 600 } : { text }));
}

const plain = (parts: readonly Inline[]): string =>
  parts.map((p) => ('text' in p ? p.text : plain(p.children))).join('');
