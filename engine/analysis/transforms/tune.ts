import { isRepeat } from '../../nodes/body';
import type { Kinds, NodeDef } from '../../nodes/define';
import { isExpression } from '../../nodes/expression';
import { type Field, fieldsOf } from '../../nodes/fields';
import { canonical } from '../units';
import { patch } from './edits';
import type { Change, Site } from './scene';

type Params = Readonly<Record<string, unknown>>;
/** Parameters with other values; undefined where the kind has no such parameter, or holds the value. */
type Tune = (def: NodeDef, params: Params, site: Site) => Params | undefined;

/** A change of a node's parameters, or at a Repeat of those of its copies, as `tune` says for the kind and its values. */
export function tuned(site: Site, kinds: Kinds, tune: Tune): readonly Change[] {
  const change = isRepeat(site.instance) ? repeatPatch(site, kinds, tune) : ownPatch(site, tune);
  if (!change || Object.keys(change.patch).length === 0) return [];
  return [{ words: change.words, edit: patch(site.id, change.patch) }];
}

interface Patch {
  readonly patch: Params;
  readonly words: string;
}

function ownPatch(site: Site, tune: Tune): Patch | undefined {
  const next = differing(tune(site.def, site.params, site), site.params);
  const own = Object.fromEntries(Object.entries(next).filter(([key]) => !isExpression(site.raw[key])));
  return { patch: own, words: wordsOf(site.def, site.params, own) };
}

/** What all copies have, and what the first one has in its place. */
function repeatPatch(site: Site, kinds: Kinds, tune: Tune): Patch | undefined {
  const { block, params: all, first } = site.params as { block: string; params: Params; first: Params };
  const def = kinds(block);
  const every = def?.params.safeParse(all);
  const lead = def?.params.safeParse({ ...all, ...first });
  if (!def || !every?.success || !lead?.success) return undefined;
  const [ofAll, ofFirst] = [every.data, lead.data].map((p) => differing(tune(def, p, site), p)) as [
    Params,
    Params,
  ];
  const params = { ...all, ...ofAll };
  const own = Object.entries(ofFirst).filter(
    ([k, v]) => Object.hasOwn(first, k) || canonical(params[k]) !== canonical(v),
  );
  const changes: Record<string, unknown> = {};
  if (Object.keys(ofAll).length > 0) changes['params'] = params;
  if (own.length > 0) changes['first'] = { ...first, ...Object.fromEntries(own) };
  const words = wordsOf(def, every.data, ofAll) || wordsOf(def, lead.data, ofFirst);
  return { patch: changes, words };
}

const differing = (next: Params | undefined, params: Params): Params =>
  Object.fromEntries(Object.entries(next ?? {}).filter(([k, v]) => canonical(v) !== canonical(params[k])));

/** `filters 16 → 32, stride 1 → 2` */
function wordsOf(def: NodeDef, from: Params, to: Params): string {
  return Object.entries(to)
    .map(([key, v]) => {
      const title = fieldNamed(def, key)?.title.toLowerCase() ?? key;
      return `${title} ${said(from[key])} → ${said(v)}`;
    })
    .join(', ');
}
const said = (v: unknown): string =>
  Array.isArray(v) ? v.join('×') : v === true ? 'on' : v === false ? 'off' : String(v);

/** The kind's field of that name. */
export const fieldNamed = (def: NodeDef, name: string): Field | undefined =>
  fieldsOf(def.params).find((f) => f.name === name);

/** Whether the kind has a choice of that name with this value among it. */
export function offers(def: NodeDef, name: string, value: string): boolean {
  const field = fieldNamed(def, name);
  return field?.control === 'choice' && field.options.includes(value);
}
