import type { ReactNode } from 'react';

const PATHS = {
  search: <path d="M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0ZM10.5 10.5l3 3" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  chevron: <path d="m6 4 4 4-4 4" />,
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  up: <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  error: <path d="M5.3 2.2h5.4l3.1 3.1v5.4l-3.1 3.1H5.3l-3.1-3.1V5.3zM8 5v3.4M8 10.9v.1" />,
  warning: <path d="M8 2.4 14.3 13H1.7zM8 6.3v3M8 11.2v.1" />,
  info: <path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 7.4v3.4M8 5.1v.1" />,
  sun: (
    <path d="M10.8 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0ZM8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8" />
  ),
  moon: <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z" />,
  system: <path d="M2 3h12v8.2H2zM6 13.6h4M8 11.2v2.4" />,
  template: <path d="M2.5 2.5h11v3h-11zM2.5 8h4.5v5.5H2.5zM9.5 8h4v5.5h-4z" />,
  file: <path d="M4 1.8h5l3 3v9.4H4zM9 1.8v3h3" />,
  target: <path d="M12.5 8a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0ZM8 1.8v3M8 11.2v3M1.8 8h3M11.2 8h3" />,
  wrench: (
    <path d="M13.3 4.4 11 6.7 9.3 5l2.3-2.3a3.6 3.6 0 0 0-4.8 4.5L2.6 11.4l2 2 4.2-4.2a3.6 3.6 0 0 0 4.5-4.8Z" />
  ),
  hint: <path d="M6 12.5h4M6.5 14.5h3M5.8 10.4a4 4 0 1 1 4.4 0c-.5.4-.7.8-.7 1.2h-3c0-.4-.2-.8-.7-1.2Z" />,
  star: <path d="m8 2 1.8 3.8 4.1.5-3 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1-3-2.9 4.1-.5z" />,
  play: <path d="M5 3.2v9.6L12.6 8z" />,
  note: <path d="M3 2.5h10v7.5l-3.5 3.5H3zM13 10H9.5v3.5M5.5 5.5h5M5.5 8h3" />,
  look: <path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 2v12M8 4.5a3.5 3.5 0 0 1 0 7" />,
  frame: <path d="M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M5.5 6h5v4h-5z" />,
  restore: <path d="M2.8 8a5.2 5.2 0 1 0 1.6-3.7L2.6 6M2.6 2.8V6h3.2M8 5.2V8l2 1.4" />,
} as const satisfies Record<string, ReactNode>;
export type IconName = keyof typeof PATHS;

/** A line icon in the colour of the text around it; words or an aria-label stand beside it. */
export function Icon({ name, size = 14 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      {PATHS[name]}
    </svg>
  );
}
