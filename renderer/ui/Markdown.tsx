import { createElement, Fragment, type ReactNode } from 'react';
import { type Block, type Inline, parseMarkdown } from './markdown-text';
import './markdown.css';

/** A note as React elements: no HTML of its own comes through, no link opens and no picture is loaded. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="md" data-selectable>
      {keyed(parseMarkdown(text), block)}
    </div>
  );
}

/** Parts of a text are made anew with it, so that their places serve as keys. */
const keyed = <T,>(parts: readonly T[], draw: (part: T) => ReactNode): ReactNode =>
  parts.map((part, i) => createElement(Fragment, { key: i }, draw(part)));

function block(b: Block): ReactNode {
  if (b.sort === 'code') return <pre>{b.text}</pre>;
  // headings of a note are no part of the outline of the window
  if (b.sort === 'heading') return <p className={`md-h${b.level}`}>{keyed(b.children, inline)}</p>;
  if (b.sort === 'paragraph') return <p>{keyed(b.lines, (line) => [...lineOf(line)])}</p>;
  const items = keyed(b.items, (item) => <li>{keyed(item, inline)}</li>);
  return b.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

const lineOf = (line: readonly Inline[]): readonly ReactNode[] => [
  <Fragment key="words">{keyed(line, inline)}</Fragment>,
  <br key="end" />,
];

function inline(part: Inline): ReactNode {
  switch (part.sort) {
    case 'text':
      return part.text;
    case 'code':
      return <code>{part.text}</code>;
    case 'strong':
      return <strong>{keyed(part.children, inline)}</strong>;
    case 'em':
      return <em>{keyed(part.children, inline)}</em>;
    case 'link':
      return (
        <span className="md-link" title={part.address}>
          {keyed(part.children, inline)}
        </span>
      );
  }
}
