import type { Category } from '../../engine/nodes/define';
import type { Point, Rect } from '../canvas/geometry';

/** Values of the colour tokens by name, `--text` and so on. */
export type Colours = Readonly<Record<string, string>>;

/** A colour by its token; with `toward`, a part `by` (0 to 1) of the way to another. */
export interface Paint {
  readonly token: string;
  readonly toward?: string;
  readonly by?: number;
}
export const ink = (token: string, toward?: string, by = 0): Paint =>
  toward === undefined ? { token } : { token, toward, by };

export interface Line {
  readonly paint: Paint;
  /** Pixels. */
  readonly width: number;
  readonly dash?: readonly number[];
}
interface Filled {
  readonly fill?: Paint;
  readonly line?: Line;
  readonly opacity?: number;
}
export interface Words {
  readonly text: string;
  /** Of the anchor, on the baseline. */
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly size: number;
  readonly weight?: 400 | 500 | 600;
  readonly mono?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly paint: Paint;
  /** Degrees, clockwise, around the anchor. */
  readonly turn?: number;
}

/** The few marks that every picture is made of: what SVG and TikZ both can draw. Places are absolute, in pixels. */
export type Mark =
  | ({ readonly mark: 'rect'; readonly radius?: number } & Rect & Filled)
  | ({ readonly mark: 'polygon'; readonly points: readonly Point[] } & Filled)
  | ({ readonly mark: 'circle'; readonly radius: number } & Point & Filled)
  /** `d` of absolute M, L and C. */
  | { readonly mark: 'path'; readonly d: string; readonly line: Line; readonly opacity?: number }
  | ({ readonly mark: 'text' } & Words)
  | {
      readonly mark: 'glyph';
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly of: Category | undefined;
    };

export interface Picture {
  readonly name: string;
  readonly box: Rect;
  readonly marks: readonly Mark[];
}

/** The characters that a picture writes, for the choice of fonts. */
export const wordsOf = ({ marks }: Picture): string =>
  marks.map((m) => (m.mark === 'text' ? m.text : '')).join('');
