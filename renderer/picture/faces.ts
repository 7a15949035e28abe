import type { FaceData } from '../canvas/flow-types';
import type { Rect } from '../canvas/geometry';
import { colourName } from '../ui/glyph-paths';
import { ink, type Mark, type Words } from './scene';
import { fitted, textWidth } from './text';

const TITLE = { size: 12.5, weight: 600 } as const;
const DETAIL = { size: 11 } as const;
const SHAPE = { size: 10.5, mono: true } as const;
/** Between the words of a node and its edges: as nodes.css has it. */
const LEFT = 12;
const RIGHT = 10;

const words = (w: Words): Mark => ({ mark: 'text', ...w });

/** A node as the canvas shows it: spine, sign, name, parameters, shape and its share of the cost. */
export function faceMarks(data: FaceData, { x, y, width, height }: Rect, share = 0): readonly Mark[] {
  const k = ink(colourName(data.category));
  const edge = { paint: ink('--line-strong'), width: 1 };
  const shape = fitted(data.shape, 108, SHAPE);
  const room = width - LEFT - RIGHT - 8 - textWidth(shape, SHAPE);
  const right = { x: x + width - RIGHT, anchor: 'end' } as const;
  const behind = { x: x + 4, y: y + 4, width, height, radius: 8, fill: ink('--raise2'), line: edge };
  return [
    ...(data.composite ? [{ mark: 'rect', ...behind } as const] : []),
    { mark: 'rect', x, y, width, height, radius: 8, fill: ink('--raise'), line: edge },
    { mark: 'rect', x: x - 1, y: y + 9, width: 3, height: height - 18, radius: 1.5, fill: k },
    { mark: 'glyph', x: x + LEFT, y: y + 10, scale: 1, of: data.category },
    words({
      ...{ text: fitted(data.title, width - 34 - RIGHT, TITLE), x: x + 34, y: y + 22 },
      ...{ ...TITLE, paint: ink('--text') },
    }),
    ...(room > 14 && data.detail !== ''
      ? [
          words({
            ...{ text: fitted(data.detail, room, DETAIL), x: x + LEFT, y: y + 42 },
            ...{ ...DETAIL, paint: ink('--text2') },
          }),
        ]
      : []),
    words({ text: shape, ...right, y: y + 42, ...SHAPE, paint: ink('--text3') }),
    ...costMarks(share, { x: x + LEFT, y: y + height - 7, width: width - LEFT - RIGHT, height: 2 }, k),
  ];
}

function costMarks(share: number, rail: Rect, k: ReturnType<typeof ink>): readonly Mark[] {
  const percent = Math.round(share * 1000) / 10;
  if (percent === 0) return [];
  const width = (rail.width * Math.max(2, percent)) / 100;
  return [
    { mark: 'rect', ...rail, radius: 1, fill: ink('--raise2') },
    { mark: 'rect', ...rail, width, radius: 1, fill: k, opacity: 0.75 },
  ];
}

/** From this width on, in pixels, the head of a frame holds the parameters beside the name: as in FrameNode. */
const ROOMY = 340;

/** An open block: a tinted frame with its name, parameters and shape in the head. */
export function frameMarks(data: FaceData, { x, y, width, height }: Rect): readonly Mark[] {
  const k = ink(colourName(data.category));
  const frame = { x, y, width, height, radius: 14 };
  const half = width / 2 - 12;
  const title = fitted(data.title, half - 32, { ...TITLE, size: 12 });
  const after = 32 + textWidth(title, { ...TITLE, size: 12 }) + 8;
  const detail = width >= ROOMY && half - after > 24 ? fitted(data.detail, half - after, DETAIL) : '';
  return [
    { mark: 'rect', ...frame, fill: k, opacity: 0.06 },
    { mark: 'rect', ...frame, line: { paint: ink('--line-strong'), width: 1, dash: [5, 4] } },
    { mark: 'glyph', x: x + LEFT, y: y + 9, scale: 0.87, of: data.category },
    words({ text: title, x: x + 32, y: y + 20.5, ...TITLE, size: 12, paint: ink('--text') }),
    ...(detail ? [words({ text: detail, x: x + after, y: y + 20.5, ...DETAIL, paint: ink('--text2') })] : []),
    words({ text: data.shape, x: x + width - 14, y: y + 20, anchor: 'end', ...SHAPE, paint: ink('--text3') }),
  ];
}
