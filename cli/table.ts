export interface Column<R> {
  readonly title: string;
  readonly of: (row: R) => string;
  /** Numbers stand right. */
  readonly right?: boolean;
}

/** Rows under their titles, columns two spaces apart, no space at the end of a line. */
export function table<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  const cells = [columns.map((c) => c.title), ...rows.map((r) => columns.map((c) => c.of(r)))];
  const widths = columns.map((_, i) => cells.reduce((w, row) => Math.max(w, row[i]!.length), 0));
  const lines = cells.map((row) =>
    row
      .map((cell, i) => (columns[i]!.right ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((w) => '─'.repeat(w)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
