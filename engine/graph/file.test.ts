import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import { UserError } from '../errors';
import { random } from '../random';
import { GraphDocument } from './document';
import { openDocument, saveDocument } from './file';
import { CURRENT_VERSION, migrate, migrations } from './migrations';
import { rowOf } from './testing';

/** What version 1 wrote. Never edit: a later version must open it as it is. */
const fixture = (version: number): string =>
  readFileSync(new URL(`./fixtures/v${version}.json`, import.meta.url), 'utf8');
const FIRST = fixture(CURRENT_VERSION);

function faultOf(text: string): UserError {
  try {
    openDocument(text, 'net.convloom.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error; // a crash
  }
  throw new Error('it was opened');
}
const codeOf = (text: string): string => faultOf(text).code;
/** Opens, saves, and expects that the saved form is stable. */
function saved(text: string): string {
  const once = saveDocument(openDocument(text));
  expect(saveDocument(openDocument(once))).toBe(once);
  return once;
}
const edited = (edit: (raw: any) => void): string => {
  const raw = JSON.parse(FIRST);
  edit(raw);
  return JSON.stringify(raw);
};

describe('a saved file', () => {
  it('is the same, byte by byte, when it is opened and saved again', () => {
    const now = saved(FIRST);
    expect(saved(now)).toBe(now);
    expect(openDocument(now)).toEqual(JSON.parse(now));
  });

  it('of an earlier build has all that it had, and the settings since then as they are by default', () => {
    expect(openDocument(FIRST)).toMatchObject(JSON.parse(FIRST));
    const { training } = openDocument(FIRST);
    expect(training.loss).toEqual({ smoothing: 0, classes: 'equal' });
  });

  it('has a line for each node and each wire', () => {
    const { nodes, edges } = openDocument(FIRST);
    for (const id of [...Object.keys(nodes), ...Object.keys(edges)]) {
      expect(FIRST.split('\n').filter((line) => line.startsWith(`    "${id}": {`))).toHaveLength(1);
    }
  });

  it('keeps kinds that are not known here, with all of their parameters', () => {
    const params = { shape: [1, [2, { deep: null }]], ratio: 0.25, on: false, text: 'é\u0000"\\', '': {} };
    const text = edited((raw) => {
      raw.nodes.later = { type: 'from-tomorrow', v: 7, params };
    });
    const doc = openDocument(saved(text));
    expect(doc.nodes['later']).toEqual({ type: 'from-tomorrow', v: 7, params });
    expect(elaborate(doc).problems.map((p) => p.code)).toContain('node/unknown');
  });

  it('keeps labels in any writing, and lone surrogates and NUL in them', () => {
    for (const label of ['畳み込み', '\ud800 alone', 'a\u0000b', '\u2028', '</script>', '__proto__']) {
      const text = edited((raw) => {
        raw.nodes.conv1.label = label;
      });
      expect(openDocument(saved(text)).nodes['conv1']!.label).toBe(label);
    }
  });

  it('is read with a byte order mark, and with the line ends of Windows', () => {
    expect(openDocument(`\uFEFF${FIRST}`)).toEqual(openDocument(FIRST));
    expect(openDocument(FIRST.replaceAll('\n', '\r\n'))).toEqual(openDocument(FIRST));
  });

  it('takes no longer for a net of 1,000 nodes', () => {
    const big = rowOf([['input'], ...Array.from({ length: 1000 }, () => ['activation'] as const)]);
    expect(openDocument(saveDocument(big))).toEqual(big);
  });
});

describe('a file that is no graph', () => {
  it.each([
    ['file/not-json', 'hello'],
    ['file/not-json', ''],
    ['file/not-json', FIRST.replace('"nodes"', 'nodes')],
    ['file/not-json', FIRST.replace('"name"', '"na\u0000me"')],
    ['file/not-a-graph', '[]'],
    ['file/not-a-graph', 'null'],
    ['file/not-a-graph', '42'],
    ['file/not-a-graph', '{}'],
    ['file/not-a-graph', '{"format": "keras", "version": 1}'],
    ['file/not-a-graph', '{"format": "convloom"}'],
    ['file/not-a-graph', '{"format": "convloom", "version": "1"}'],
    ['file/not-a-graph', '{"format": "convloom", "version": 0}'],
    ['file/not-a-graph', '{"format": "convloom", "version": 1.5}'],
    ['file/too-new', `{"format": "convloom", "version": ${CURRENT_VERSION + 1}, "nodes": "what?"}`],
    ['file/too-new', '{"format": "convloom", "version": 9007199254740991}'],
    ['file/damaged', '{"format": "convloom", "version": 3}'],
    ['file/too-deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['file/too-deep', '['.repeat(5_000_000)],
    ['file/too-large', ' '.repeat(64 * 1024 * 1024 + 1)],
  ])('is refused as %s', (code, text) => {
    const fault = faultOf(text);
    expect(fault.code).toBe(code);
    expect(fault.place).toMatchObject({ file: 'net.convloom.json' });
    for (const words of [fault.what, fault.why, fault.remedy]) expect(words).toMatch(/\S\.$/);
  });

  it('is refused when deep parameters would not be saved again', () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(codeOf(FIRST.replace('"params": {', `"params": { "deep": ${deep}, `))).toBe('file/too-deep');
  });

  it('does not count the brackets of texts', () => {
    const label = '[{\\"['.repeat(40);
    expect(openDocument(FIRST.replace('"Stem"', `"${label}"`)).nodes['conv1']!.label).toBe('[{"['.repeat(40));
  });

  it('is called truncated wherever it is cut', () => {
    for (let cut = 0; cut < FIRST.trimEnd().length; cut += 50) {
      const fault = faultOf(FIRST.slice(0, cut));
      expect(fault.code).toBe('file/not-json');
      expect(fault.what, `cut at ${cut}`).toContain('truncated');
    }
  });
});

describe('a damaged graph', () => {
  const damages: readonly (readonly [pointer: string, damage: (raw: any) => void])[] = [
    ['/name', (r) => (r.name = '')],
    ['/nodes', (r) => (r.nodes = [])],
    ['/nodes/conv1', (r) => (r.nodes.conv1 = null)],
    ['/nodes/conv1/type', (r) => (r.nodes.conv1.type = 7)],
    ['/nodes/conv1/params', (r) => (r.nodes.conv1.params = [1])],
    ['/nodes/conv1/position/x', (r) => (r.nodes.conv1.position.x = 1e308)],
    ['/nodes/conv1/position/y', (r) => (r.nodes.conv1.position.y = null)],
    ['/nodes/conv1', (r) => (r.nodes.conv1.colour = 'red')],
    ['/nodes/1st', (r) => (r.nodes['1st'] = r.nodes.conv1)],
    ['/nodes/a~1b~0c', (r) => (r.nodes['a/b~c'] = r.nodes.conv1)],
    ['/edges/e1/from', (r) => (r.edges.e1.from = 'input')],
    ['/edges/e1/to/port', (r) => (r.edges.e1.to.port = '')],
    ['/training/batch', (r) => (r.training.batch = 0)],
    ['/training/rate', (r) => (r.training.rate = -1)],
    ['/training/optimizer/type', (r) => (r.training.optimizer.type = 'newton')],
    ['/layout/open/0', (r) => (r.layout.open = [1])],
    ['/', (r) => (r.extra = true)],
  ];
  it.each(damages)('is refused with the place %s', (pointer, damage) => {
    const { code, what, place } = faultOf(edited(damage));
    expect(code).toBe('file/damaged');
    expect(place).toEqual({ file: 'net.convloom.json', pointer });
    expect(what).toBe(`The file is damaged at ${pointer}.`);
  });

  it('leaves no trace on what all objects share', () => {
    const evil = '{"polluted": true, "type": "conv2d", "params": {}}';
    for (const text of [
      FIRST.replace('"nodes": {', `"nodes": { "__proto__": ${evil}, `),
      FIRST.replace(
        '"params": {',
        `"params": { "__proto__": ${evil}, "constructor": {"prototype": ${evil}}, `,
      ),
      FIRST.replace('"format"', `"__proto__": ${evil}, "format"`),
    ]) {
      try {
        elaborate(openDocument(saved(text)));
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });

  it('takes ids that all objects have as any other', () => {
    const text = edited((raw) => {
      for (const id of ['constructor', 'toString', 'hasOwnProperty', 'valueOf'])
        raw.nodes[id] = { type: 'add', params: {} };
      raw.edges.toString = {
        from: { node: 'valueOf', port: 'out' },
        to: { node: 'constructor', port: 'x1' },
      };
    });
    const { nodes } = elaborate(openDocument(saved(text)));
    expect([...nodes.keys()]).toContain('toString');
  });

  it('is opened whole or refused in words, wherever a byte is changed', () => {
    const next = random(4);
    const signs = [
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
      ' ',
      '\\',
      '\u0000',
      'null',
      'true',
      '1e999',
      '__proto__',
    ];
    let opened = 0;
    for (let i = 0; i < 1500; i++) {
      const at = Math.floor(next() * FIRST.length);
      const cut = Math.floor(next() * 4);
      const sign = signs[Math.floor(next() * signs.length)]!;
      const text = FIRST.slice(0, at) + sign + FIRST.slice(at + cut);
      try {
        openDocument(text);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        continue;
      }
      opened++;
      elaborate(openDocument(saved(text)));
    }
    expect(opened).toBeGreaterThan(10);
  });
});

describe('migrations', () => {
  const steps = {
    1: (doc: any) => ({ ...doc, version: 2, title: doc.name }),
    2: ({ name: _, ...doc }: any) => ({ ...doc, version: 3 }),
  };

  it('bring a document up one version at a time, and from where it is', () => {
    const first = { version: 1, name: 'a' };
    expect(migrate(first, 1, 3, steps)).toEqual({ version: 3, title: 'a' });
    expect(migrate({ version: 2, title: 'b' }, 2, 3, steps)).toEqual({ version: 3, title: 'b' });
    expect(migrate(first, 1, 1, steps)).toBe(first);
    expect(first).toEqual({ version: 1, name: 'a' });
  });

  it('fail loudly where a step is left out', () => {
    expect(() => migrate({}, 1, 3, { 1: steps[1] })).toThrow('no migration from version 2');
  });

  it('are there for every version but the current one, each with a file of that version', () => {
    const versions = Array.from({ length: CURRENT_VERSION }, (_, i) => i + 1);
    expect(Object.keys(migrations).map(Number)).toEqual(versions.slice(0, -1));
    for (const version of versions) expect(openDocument(fixture(version)).version).toBe(CURRENT_VERSION);
  });

  it('end at the version that the schema asks for', () => {
    expect(GraphDocument.shape.version.value).toBe(CURRENT_VERSION);
  });
});
