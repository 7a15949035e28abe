import { random } from '../../random';

type Next = () => number;
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Mutation = (root: Json, next: Next) => void;

const below = (next: Next, n: number): number => Math.floor(next() * n);
const pick = <T>(next: Next, list: readonly T[]): T => list[below(next, list.length)]!;

/** A place in a document: what holds it, and the key or index there. */
interface Slot {
  readonly holder: Json[] | { [key: string]: Json };
  readonly key: string;
}
const isHolder = (v: Json): v is Slot['holder'] => typeof v === 'object' && v !== null;
const read = ({ holder, key }: Slot): Json => (holder as Record<string, Json>)[key]!;
const write = ({ holder, key }: Slot, value: Json): void => {
  // a key such as __proto__ is written as any other
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

/** A place anywhere, deep ones as likely as shallow ones. */
function anySlot(root: Json, next: Next): Slot | undefined {
  let slot: Slot | undefined;
  let at = root;
  while (isHolder(at) && Object.keys(at).length > 0) {
    slot = { holder: at, key: pick(next, Object.keys(at)) };
    at = read(slot);
    if (next() < 0.15) break;
  }
  return slot;
}

/** Records of one section, such as nodes; none where an earlier mutation took it away. */
function section(root: Json, name: string): Record<string, Json> {
  const found = isHolder(root) ? (root as Record<string, Json>)[name] : undefined;
  return isHolder(found ?? null) && !Array.isArray(found) ? (found as Record<string, Json>) : {};
}
function anyRecord(root: Json, name: string, next: Next): Record<string, Json> | undefined {
  const all = Object.values(section(root, name)).filter((v) => isHolder(v) && !Array.isArray(v));
  return all.length > 0 ? (pick(next, all) as Record<string, Json>) : undefined;
}
const anyId = (root: Json, next: Next): string =>
  pick(next, Object.keys(section(root, 'nodes')).concat('input'));

const NUMBERS: readonly number[] = [
  ...[
    0,
    -1,
    1,
    2,
    3,
    0.5,
    7,
    64,
    1000,
    1024,
    65_536,
    16_384,
    1e7,
    1e9,
    2 ** 31,
    2 ** 53,
    1e21,
    1e308,
    -1e308,
  ],
  ...[5e-324, -0, 1 / 3, 999_999],
];
const STRINGS: readonly string[] = [
  ...[
    '',
    ' ',
    '__proto__',
    'constructor',
    'toString',
    'a/b',
    '../../etc',
    '\u0000',
    '\ud800',
    '\u202eabc',
    '💥',
  ],
  ...[
    'x'.repeat(300),
    '=',
    '=filters',
    '=1/0',
    `=${'('.repeat(200)}`,
    '=1e308*1e308',
    '<script>',
    "'; --",
    '%s%n',
  ],
  ...['NaN', '1e999', 'null', 'input', 'out', 'x1', 'residual', 'my-a', 'é'.repeat(70)],
];
const KINDS: readonly string[] = [
  ...[
    'conv2d',
    'dense',
    'residual',
    'repeat',
    'group',
    'add',
    'concat',
    'flatten',
    'output',
    'input',
    'inception',
  ],
  ...[
    'from-tomorrow',
    'my-a',
    'my-b',
    'nas-cell',
    'dense-block',
    'upsample',
    'reshape',
    'squeeze-excite',
    'slice',
  ],
];
const anyValue = (next: Next): Json =>
  pick(next, [
    null,
    true,
    false,
    [],
    {},
    [1, 2],
    [[]],
    { a: 1 },
    pick(next, NUMBERS),
    pick(next, STRINGS),
  ] as Json[]);

const MUTATIONS: readonly Mutation[] = [
  function deleteField(root, next) {
    const slot = anySlot(root, next);
    if (slot) delete (slot.holder as Record<string, Json>)[slot.key];
  },
  function duplicateField(root, next) {
    const [from, to] = [anySlot(root, next), anySlot(root, next)];
    if (from && to) write(to, structuredClone(read(from)));
  },
  function renameField(root, next) {
    const slot = anySlot(root, next);
    if (slot) write({ holder: slot.holder, key: pick(next, STRINGS) }, structuredClone(read(slot)));
  },
  function retype(root, next) {
    const slot = anySlot(root, next);
    if (slot) write(slot, anyValue(next));
  },
  function otherNumber(root, next) {
    const params = anyRecord(root, 'nodes', next)?.['params'];
    const keys = isHolder(params ?? null) ? Object.keys(params as object) : [];
    if (keys.length > 0)
      write({ holder: params as Slot['holder'], key: pick(next, keys) }, pick(next, NUMBERS));
  },
  function otherShape(root, next) {
    const shape = Array.from({ length: below(next, 6) }, () => pick(next, NUMBERS));
    for (const node of Object.values(section(root, 'nodes')))
      if ((node as Record<string, Json>)?.['type'] === 'input')
        (node as Record<string, Json>)['params'] = { shape: shape as Json[] };
  },
  function otherKind(root, next) {
    const node = anyRecord(root, 'nodes', next);
    if (node) node['type'] = pick(next, KINDS);
    if (node && next() < 0.5) node['params'] = {};
  },
  function otherEnd(root, next) {
    const edge = anyRecord(root, 'edges', next);
    const end = edge?.[pick(next, ['from', 'to'])];
    if (!isHolder(end ?? null)) return;
    write(
      { holder: end as Slot['holder'], key: pick(next, ['node', 'port']) },
      pick(next, [anyId(root, next), pick(next, STRINGS)]),
    );
  },
  function moreWires(root, next) {
    const edges = section(root, 'edges');
    for (let i = below(next, 30); i >= 0; i--)
      edges[`more${i}`] = {
        from: { node: anyId(root, next), port: pick(next, ['out', 'x', 'out2']) },
        to: { node: anyId(root, next), port: pick(next, ['x', 'x1', 'x2', 'x99', 'x1e9', 'y']) },
      };
  },
  function moreNodes(root, next) {
    const nodes = section(root, 'nodes');
    const copy = anyRecord(root, 'nodes', next) ?? {};
    for (let i = below(next, 200); i >= 0; i--) nodes[`copy${i}`] = structuredClone(copy);
  },
  function deepValue(root, next) {
    let deep: Json = {};
    for (let i = below(next, 90); i >= 0; i--) deep = next() < 0.5 ? [deep] : { a: deep };
    const slot = anySlot(root, next);
    if (slot) write(slot, deep);
  },
  function groupsInGroups(root, next) {
    const node = anyRecord(root, 'nodes', next);
    if (!node) return;
    let inner: Json = { type: pick(next, KINDS), v: 1, params: {} };
    for (let i = below(next, 18); i >= 0; i--) {
      const wire = { from: { node: '', port: 'x' }, to: { node: 'a', port: 'x' } };
      const body: Json = {
        nodes: { a: inner },
        edges: { e1: wire },
        output: pick(next, ['a', 'a', 'a', 'b']),
      };
      inner = { type: 'group', v: 1, params: { body } };
    }
    Object.assign(node, inner);
  },
  function repeatsInRepeats(root, next) {
    const node = anyRecord(root, 'nodes', next);
    if (!node) return;
    let inner: { block: string; params: Json } = { block: pick(next, KINDS), params: {} };
    for (let i = below(next, 6); i >= 0; i--)
      inner = { block: 'repeat', params: { ...inner, count: pick(next, [1, 2, 3, 10, 100, 1000]) } };
    Object.assign(node, { type: 'repeat', v: 1, params: { ...inner, count: pick(next, [1, 2, 1000, 1e6]) } });
  },
  function ownBlocks(root, next) {
    if (!isHolder(root)) return;
    const use = (type: string): Json => ({ type, v: 1, params: { filters: pick(next, STRINGS) } });
    const wires = {
      e1: { from: { node: '', port: 'x' }, to: { node: 'n1', port: 'x' } },
      e2: { from: { node: 'n1', port: 'out' }, to: { node: 'n2', port: 'x' } },
    };
    const block = (): Json => ({
      title: pick(next, STRINGS.slice(5)),
      params: [
        {
          name: 'filters',
          title: 'F',
          kind: pick(next, ['int', 'real', 'text']),
          default: pick(next, NUMBERS),
        },
      ],
      body: { nodes: { n1: use(pick(next, KINDS)), n2: use(pick(next, KINDS)) }, edges: wires, output: 'n2' },
    });
    (root as Record<string, Json>)['blocks'] = { a: block(), b: block() };
    const node = anyRecord(root, 'nodes', next);
    if (node) Object.assign(node, { type: pick(next, ['my-a', 'my-b']), params: {} });
  },
];

const SIGNS: readonly string[] = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '0',
  '-',
  'e',
  '\\',
  '\u0000',
  'null',
  '1e999',
];

/** A file made of a sound one by a few faults, the same for the same seed. */
export function mutated(sound: string, seed: number): string {
  const next = random(20_261_128, seed);
  const root = JSON.parse(sound) as Json;
  for (let n = below(next, 4); n >= 0; n--) pick(next, MUTATIONS)(root, next);
  // numbers past what JSON.stringify can write
  const text = JSON.stringify(root).replaceAll('1e+308', () => (next() < 0.5 ? '1e999' : '1e308'));
  if (next() < 0.9) return text;
  const at = below(next, text.length);
  return next() < 0.5
    ? text.slice(0, at)
    : text.slice(0, at) + pick(next, SIGNS) + text.slice(at + below(next, 4));
}
