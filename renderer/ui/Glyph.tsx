import type { ReactNode } from 'react';
import type { Category } from '../../engine/nodes/define';

const COLOURS: Readonly<Record<Category, string>> = {
  io: 'var(--c-io)',
  conv: 'var(--c-conv)',
  norm: 'var(--c-norm)',
  activation: 'var(--c-act)',
  pool: 'var(--c-pool)',
  merge: 'var(--c-merge)',
  dense: 'var(--c-dense)',
  block: 'var(--c-block)',
  regularisation: 'var(--c-reg)',
};

/** The colour of a category, for spines and bars; of a kind that is not known here, grey. */
export const categoryColour = (category: Category | undefined): string =>
  category ? COLOURS[category] : 'var(--text3)';

/** Drawn on 16×16; each has an outline of its own, so that no kind is told by colour alone. */
const PATHS: Readonly<Record<Category, ReactNode>> = {
  io: <path d="M3 8h7M7.5 4.5 11 8l-3.5 3.5M13 3v10" />,
  conv: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" />
      <rect x="2.5" y="2.5" width="5.5" height="5.5" rx="1" fill="currentColor" />
    </>
  ),
  norm: <path d="M2 12c3 0 3.5-8 6-8s3 8 6 8" />,
  activation: <path d="M2 12h6l5-8" />,
  pool: <path d="M3 3h10L9.5 8v5h-3V8z" />,
  merge: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v6M5 8h6" />
    </>
  ),
  dense: (
    <>
      <path d="M3 4l10 8M3 12l10-8M3 8h10" />
      <circle cx="3" cy="4" r="1.2" fill="currentColor" />
      <circle cx="3" cy="8" r="1.2" fill="currentColor" />
      <circle cx="3" cy="12" r="1.2" fill="currentColor" />
    </>
  ),
  block: (
    <>
      <rect x="2.5" y="5" width="8" height="8.5" rx="1.5" />
      <path d="M5.5 2.5h6.5A1.5 1.5 0 0 1 13.5 4v6.5" />
    </>
  ),
  regularisation: (
    <>
      <circle cx="4" cy="4" r="1.4" />
      <circle cx="12" cy="4" r="1.4" fill="currentColor" />
      <circle cx="4" cy="12" r="1.4" fill="currentColor" />
      <circle cx="12" cy="12" r="1.4" />
    </>
  ),
};
const UNKNOWN = (
  <>
    <rect x="2.5" y="2.5" width="11" height="11" rx="2" strokeDasharray="2.2 2" />
    <path d="M6.4 6.4a1.7 1.7 0 1 1 2.3 1.7c-.5.2-.7.5-.7 1M8 11.2v.1" />
  </>
);

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
      {category ? PATHS[category] : UNKNOWN}
    </svg>
  );
}
