import type { Followers } from '../../engine/graph/followers';
import type { Kinds, NodeDef } from '../../engine/nodes/define';
import { type NamedLine, readLine, typedNode } from '../../engine/nodes/shorthand';
import { faultOfNew } from './connection';
import type { PickItem } from './Picker';

/** What is known of the place where a node is to be added. */
export interface Place {
  /** The kind that feeds it, and the shape that comes in; undefined where nothing does, or it is not known. */
  readonly after: string | undefined;
  readonly shape: readonly number[] | undefined;
  /** Whether something comes in: only then a kind can be at fault. */
  readonly fed: boolean;
}
/** What makes a kind likely. */
export interface Custom {
  readonly followers: Followers;
  /** Kinds, the latest first. */
  readonly recent: readonly string[];
}

/**
 * Kinds for a place, for a line that was typed: first by how well the line names them, then those that understand
 * more of it, those that fit, and those that usually follow here or were used of late.
 *
 * @param start parameters that a new node of a kind starts with
 */
export function suggest(
  kinds: readonly NodeDef[],
  find: Kinds,
  line: string,
  place: Place,
  custom: Custom,
  start: (def: NodeDef) => Readonly<Record<string, unknown>>,
): readonly PickItem[] {
  const likely = likelihoods(place.after, custom);
  const rows = kinds.flatMap((def) => {
    const read = readLine(def, line);
    return read ? [{ item: rowOf(def, read, find, place, start), read, score: likely(def.type) }] : [];
  });
  const typed = line.trim() !== '';
  return rows
    .sort(
      (a, b) =>
        (typed ? a.read.rank - b.read.rank || a.read.unread.length - b.read.unread.length : 0) ||
        Number(a.item.dim) - Number(b.item.dim) ||
        b.score - a.score,
    )
    .map(({ item }) => item);
}

/** Title and settings of the node as it would be, e.g. `Conv 3×3` and `64 filters · stride 2`. */
function rowOf(
  def: NodeDef,
  read: NamedLine,
  find: Kinds,
  place: Place,
  start: (def: NodeDef) => Readonly<Record<string, unknown>>,
): PickItem {
  const node = typedNode(def, read);
  const made = node.type === def.type ? def : (find(node.type) ?? def);
  const parsed = made.params.safeParse({ ...start(made), ...node.params });
  const params = parsed.success ? parsed.data : undefined;
  const fault = place.fed ? faultOfNew(made, place.shape, params) : null;
  const set = Object.keys(read.params).length > 0 || read.copies > 1;
  const words = set && params ? made.detail(params) : def.category;
  return {
    id: def.type,
    title: (set && params && made.name?.(params)) || def.title,
    hint: fault ? (set && words !== '' ? `${words} · does not fit` : 'does not fit') : words,
    category: def.category,
    dim: fault !== null,
    ...(read.unread.length > 0 && { note: noteOf(read) }),
  };
}

const noteOf = ({ unread }: NamedLine): string =>
  unread
    .slice(0, 2)
    .map(({ word, why }) => `“${word}” ${why}.`)
    .join(' ');

/** From 0 to 1.5: the share of nets in which the kind follows, and half a point for what was used of late. */
function likelihoods(after: string | undefined, { followers, recent }: Custom): (type: string) => number {
  const counts = (after !== undefined && followers[after]) || sums(followers);
  const most = Math.max(1, ...Object.values(counts));
  return (type) => {
    const at = recent.indexOf(type);
    return (counts[type] ?? 0) / most + (at < 0 ? 0 : 0.5 * (1 - at / recent.length));
  };
}

/** How often each kind follows any other. */
function sums(followers: Followers): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const counts of Object.values(followers))
    for (const [type, n] of Object.entries(counts)) all[type] = (all[type] ?? 0) + n;
  return all;
}
