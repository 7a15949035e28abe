import type { GraphDocument } from '../../graph/document';
import type { Command } from '../../graph/history';
import { type Analysis, analyse } from '../analyse';
import { type Edit, editGraphs } from '../blocks/inside';
import { sceneOf } from './scene';
import { findTransform, transforms } from './table';
import type { Place, Setting, Transform, Values } from './transform';

/** A transformation on a net, with all that it would do. */
export interface Found {
  readonly transform: Transform;
  readonly settings: readonly Setting[];
  /** What its settings stand at. */
  readonly values: Values;
  readonly places: readonly Place[];
}

interface Wish {
  /** Paths of nodes; none for the whole net. */
  readonly scope?: readonly string[];
  readonly values?: Values;
  readonly analysisOf?: (doc: GraphDocument) => Analysis;
}

/** Where `transform` would change the net. Settings that are left out stand at their start. */
export function findPlaces(
  doc: GraphDocument,
  transform: Transform,
  { scope = [], values = {}, analysisOf = analyse }: Wish = {},
): Found {
  const scene = sceneOf(doc, analysisOf(doc), scope);
  const settings = transform.settings?.(scene) ?? [];
  const now = Object.fromEntries(settings.map((s) => [s.name, values[s.name] ?? s.start]));
  return { transform, settings, values: now, places: transform.find(scene, now) };
}

/** Those that have something to do. */
export const applicable = (doc: GraphDocument, wish: Wish = {}): readonly Found[] =>
  transforms.map((t) => findPlaces(doc, t, wish)).filter((f) => f.places.length > 0);

/** The net with these places changed. @throws UserError where a block cannot be edited */
export function changedAt(doc: GraphDocument, places: readonly Place[]): GraphDocument {
  const edits = new Map<string, Edit>();
  for (const { graph, edit } of places) {
    const before = edits.get(graph);
    edits.set(graph, before ? (g) => edit(before(g)) : edit);
  }
  return edits.size === 0 ? doc : editGraphs(doc, edits);
}

/**
 * A transformation as one step of undo.
 *
 * @param leave keys of places that stay as they are
 */
export const transformNet: Command<{
  transform: string;
  scope?: readonly string[];
  values?: Values;
  leave?: readonly string[];
}> = {
  id: 'net.transform',
  label: 'change many nodes',
  run(doc, { transform, leave = [], ...wish }) {
    const found = findTransform(transform);
    if (!found) return doc;
    const places = findPlaces(doc, found, wish).places.filter((p) => !leave.includes(p.key));
    return changedAt(doc, places);
  },
};
