import { z } from 'zod';
import { UserError } from '../errors';
import { GraphDocument, recordFields } from './document';
import { CURRENT_VERSION, migrate } from './migrations';

/** Files above this are no graphs: ResNet-1202 takes 1 MB. */
const MAX_CHARACTERS = 64 * 1024 * 1024;
/** Brackets within brackets: a parameter of a node lies 4 deep. */
const MAX_DEPTH = 64;

/**
 * Reads a graph file of any released version.
 *
 * @param file path for the message, where there is one
 * @throws UserError `file/not-json`, `file/not-a-graph`, `file/too-new`, `file/too-large`, `file/too-deep` or
 *   `file/damaged`
 */
export function openDocument(text: string, file?: string): GraphDocument {
  const place = file === undefined ? {} : { file };
  if (text.length > MAX_CHARACTERS) {
    throw new UserError(
      'file/too-large',
      `The file has ${text.length.toLocaleString('en')} characters.`,
      `A graph file has at most ${MAX_CHARACTERS.toLocaleString('en')}.`,
      'Open a .convloom.json file.',
      place,
    );
  }
  if (depthOf(text) > MAX_DEPTH) {
    throw new UserError(
      'file/too-deep',
      `The file nests brackets more than ${MAX_DEPTH} deep.`,
      'A graph is a flat list of nodes and wires; this is something else.',
      'Open a .convloom.json file.',
      place,
    );
  }
  const raw = parseJson(text, place);
  const header = z.object({ format: z.literal('convloom'), version: z.number().int().min(1) }).safeParse(raw);
  if (!header.success) {
    throw new UserError(
      'file/not-a-graph',
      'This is not a Convloom graph.',
      'A graph file starts with "format": "convloom" and a version.',
      'Open a .convloom.json file, or one that File > Export to JSON wrote.',
      place,
    );
  }
  const { version } = header.data;
  if (version > CURRENT_VERSION) {
    throw new UserError(
      'file/too-new',
      `The file has version ${version}; this app reads up to version ${CURRENT_VERSION}.`,
      'It was saved by a newer Convloom. The file was left as it is.',
      'Update Convloom, then open it again.',
      place,
    );
  }
  const parsed = GraphDocument.safeParse(migrate(raw, version));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UserError(
    'file/damaged',
    `The file is damaged at ${pointer(issue.path)}.`,
    `${issue.message}.`,
    'Restore the file from a backup, or mend that entry in a text editor.',
    place,
  );
}

/** JSON with one record a line and a fixed order of fields: a saved file diffs well and saves to the same bytes. */
export function saveDocument(doc: GraphDocument): string {
  const fields = Object.entries(doc).filter(([, v]) => v !== undefined);
  const lines = fields.map(
    ([key, v]) =>
      `  ${JSON.stringify(key)}: ${RECORDS.has(key) ? records(v as object, recordFields[key]) : inline(v)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

const RECORDS = new Set(['nodes', 'edges', 'blocks', 'groups', 'notes', 'training']);

function records(map: object, fields?: readonly string[]): string {
  const lines = Object.entries(map).map(
    ([id, v]) => `    ${JSON.stringify(id)}: ${inline(fields ? ordered(v, fields) : v)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}

const ordered = (record: Readonly<Record<string, unknown>>, fields: readonly string[]): object =>
  Object.fromEntries(fields.flatMap((f) => (record[f] === undefined ? [] : [[f, record[f]]])));

/** One line, with a space after colons and commas. */
function inline(v: unknown): string {
  if (Array.isArray(v)) return `[${v.map(inline).join(', ')}]`;
  if (typeof v !== 'object' || v === null) return JSON.stringify(v);
  const fields = Object.entries(v).filter(([, x]) => x !== undefined);
  return fields.length === 0
    ? '{}'
    : `{ ${fields.map(([k, x]) => `${JSON.stringify(k)}: ${inline(x)}`).join(', ')} }`;
}

/** RFC 6901: `/nodes/conv1/params`. */
const pointer = (path: readonly PropertyKey[]): string =>
  `/${path.map((p) => String(p).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;

/** The deepest bracket outside of strings. Readers of JSON recurse, and a hostile file must not end the process. */
function depthOf(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === '{' || c === '[')) deepest = Math.max(deepest, ++depth);
    else if (!quoted && (c === '}' || c === ']')) depth--;
  }
  return deepest;
}

function parseJson(text: string, place: { file?: string }): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    const at = /position (\d+)/.exec(String(cause))?.[1];
    const cut = /end of JSON|Unterminated/.test(String(cause)) || Number(at) >= json.trimEnd().length;
    throw new UserError(
      'file/not-json',
      cut ? 'The file ends in the middle: it is truncated.' : 'The file is not JSON.',
      cause instanceof Error ? `${cause.message}.` : String(cause),
      cut ? 'Restore it from a backup or export the graph again.' : 'Open a .convloom.json file.',
      place,
    );
  }
}
