import { createElement } from 'react';
import type { Category } from '../../engine/nodes/define';
import { colourName, strokesOf } from './glyph-paths';

/** The colour of a category, for spines and bars; of a kind that is not known here, grey. */
export const categoryColour = (category: Category | undefined): string => `var(${colourName(category)})`;

interface GlyphProps {
  readonly category: Category | undefined;
  readonly size?: number;
  /** Draws in the colour of the text around it. */
  readonly plain?: boolean;
}

/** The sign of a node kind's category. The name always stands beside it, so it is hidden from screen readers. */
export function Glyph({ category, size = 15, plain = false }: GlyphProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none', ...(plain ? {} : { color: categoryColour(category) }) }}
    >
      {strokesOf(category).map(([element, attributes], i) =>
        // the strokes of a sign never change places
        createElement(element, { key: i, ...attributes }),
      )}
    </svg>
  );
}
