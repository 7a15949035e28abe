import { readFileSync } from 'node:fs';
import { readFile, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, expect, it as test } from 'vitest';
import { analyse, report } from '../engine/analysis/analyse';
import { findDataSet } from '../engine/data/catalogue';
import { idxFolderWith } from '../engine/data/idx/testing';
import { toFault } from '../engine/errors';
import { GraphDocument } from '../engine/graph/document';
import { openDocument, saveDocument } from '../engine/graph/file';
import { prepare, train } from './commands/train';
import { printable } from './format';
import { openTemplate } from './templates';
import { convloom, fileWith, net, netFile, recorder, small, tempFolder } from './testing';

// One test a rule of docs/spec.md, or more; rules that need a process are held where they are named below.
const rules = [
  ...readFileSync(new URL('../docs/spec.md', import.meta.url), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm),
];
const ids = rules.map((m) => m[1]!);
const held = new Set([
  ...['C5', 'C6', 'D5', 'D6', 'D7'], // by process.test.ts and commands/data.test.ts
  // by versions, documents, disk and settings of electron/main, renderer/app/autosave.test.ts, e2e/documents.spec.ts
  ...['F15', 'W1', 'W2', 'W3', 'W4', 'W5'],
]);
// rules of jobs and the queue, by tests that begin with their ids
for (const file of ['train/jobs/run-job', 'train/jobs/queue', '../electron/main/queue']) {
  const text = readFileSync(new URL(`../engine/${file}.test.ts`, import.meta.url), 'utf8');
  for (const [, id] of text.matchAll(/\bit\('(J\d+) /g)) held.add(id!);
}
const it = (id: string, does: string, run: () => unknown) => {
  held.add(id);
  test(`${id} ${does}`, async () => void (await run()));
};

const base = net(small());
const raw = () => JSON.parse(saveDocument(base)) as Record<string, any>;
const open = (edit: (doc: Record<string, any>) => void) => {
  const doc = raw();
  edit(doc);
  return openDocument(JSON.stringify(doc));
};
function codeOf(work: () => unknown): string {
  try {
    work();
    return 'fine';
  } catch (error) {
    return toFault(error, 'test').code;
  }
}
const codeWhen = (edit: (doc: Record<string, any>) => void) => codeOf(() => open(edit));

it('F1', 'a byte order mark is passed over; a file too long is refused', () => {
  expect(openDocument(`\uFEFF${saveDocument(base)}`)).toEqual(base);
  expect(codeOf(() => openDocument(' '.repeat(67_108_865)))).toBe('file/too-large');
});
it('F2', 'format and version say what the file is', () => {
  for (const version of [0, 1.5, '1', null, undefined]) {
    expect(
      codeWhen((d) => {
        d['version'] = version;
      }),
    ).toBe('file/not-a-graph');
  }
  expect(
    codeWhen((d) => {
      d['format'] = 'keras';
    }),
  ).toBe('file/not-a-graph');
});
it('F3', 'a newer file is refused and left as it is', async () => {
  const text = saveDocument(base).replace('"version": 4', '"version": 5');
  const file = await fileWith(text);
  const { err } = await convloom('export', file, '--out', file);
  expect(err).toContain('version 4');
  expect(await readFile(file, 'utf8')).toBe(text);
});
it('F4', 'an unknown field is a fault, with its pointer', () => {
  expect(
    codeWhen((d) => {
      d['extra'] = 1;
    }),
  ).toBe('file/damaged');
  expect(() =>
    open((d) => {
      d['nodes'].fc.colour = 'red';
    }),
  ).toThrow(/damaged at \/nodes\/fc/);
  expect(codeWhen((d) => ['groups', 'notes', 'training', 'layout'].forEach((k) => void delete d[k]))).toBe(
    'fine',
  );
});
it('F5', 'an id is a letter, then letters, digits, - or _', () => {
  const rename = (id: string) =>
    codeWhen((d) => {
      d['nodes'][id] = d['nodes'].fc;
    });
  expect(['a', 'A-1_b', 'x'.repeat(64)].map(rename)).toEqual(['fine', 'fine', 'fine']);
  expect(['1a', 'a/b', 'ä', '', 'x'.repeat(65)].map(rename)).toEqual(Array(5).fill('file/damaged'));
});
it('F6', 'version, label, position and parameters may be left out', () => {
  const doc = open((d) => {
    d['nodes'].fc = { type: 'dense', params: {}, label: 'Scores', position: { x: 1, y: -2 } };
  });
  expect(doc.nodes['fc']).toMatchObject({ v: 1, label: 'Scores', position: { x: 1, y: -2 } });
  expect(analyse(doc).nodes.get('fc')!.output).toEqual([10]); // 10 units are the default
});
it('F7', 'an unknown kind is kept when the file is saved', () => {
  const strange = { type: 'from-the-future', v: 3, params: { a: [1, { b: null }], '': 'é' } };
  const doc = open((d) => {
    d['nodes'].strange = strange;
  });
  expect(JSON.parse(saveDocument(doc)).nodes.strange).toEqual(strange);
});
it('F8', 'an edge starts from the port out', () => {
  const doc = open((d) => {
    d['edges'].e1.from.port = 'y';
  });
  expect(analyse(doc).problems.map((p) => p.code)).toContain('edge/no-such-port');
  expect(codeWhen((d) => void delete d['edges'].e1.to)).toBe('file/damaged');
});
it('F9', 'a faulty graph opens', () => {
  const doc = open((d) => {
    d['nodes'].fc.params.units = -1;
    d['edges'].e9 = { from: { node: 'fc', port: 'out' }, to: { node: 'flat', port: 'x' } };
    d['edges'].e8 = { from: { node: 'ghost', port: 'out' }, to: { node: 'flat', port: 'x' } };
  });
  expect(analyse(doc).problems.length).toBeGreaterThan(2);
});
it('F10', 'training has a default for every setting', () => {
  const { training } = open((d) => void delete d['training']);
  expect(training).toEqual({
    ...{
      data: { set: 'mnist', validation: 5000 },
      epochs: 10,
      batch: 128,
      seed: 1,
      rate: 0.1,
      weightDecay: 1e-4,
    },
    schedule: { type: 'cosine', warmup: 0.1 },
    optimizer: { type: 'sgd', momentum: 0.9, nesterov: false },
    augment: { flip: false, crop: 0, mixup: 0, cutmix: 0 },
    loss: { smoothing: 0, classes: 'equal' },
    clip: { norm: 0, value: 0 },
    ...{ accumulate: 1, average: 0, precision: 'float32', recompute: false },
    watch: {
      ...{ metric: 'accuracy', patience: 0, plateau: 0, factor: 0.1, delta: 0 },
      ...{ best: false, every: 0 },
    },
  });
});
it('F11', 'the layout changes nothing about the net', () => {
  const doc = open((d) => {
    d['layout'].open = ['fc'];
  });
  expect(report(doc, analyse(doc))).toEqual(report(base, analyse(base)));
});
it('F12', 'a template carries its source and figures', async () => {
  const { reference } = await openTemplate('vgg-d');
  expect(reference!.figures).toContainEqual({
    name: 'parameters',
    value: 138_357_544,
    from: 'torchvision 0.29.2, vgg16',
  });
});
it('F13', 'saving is stable, in the order of the fields', () => {
  const mixed = JSON.stringify(Object.fromEntries(Object.entries(raw()).reverse()));
  const text = saveDocument(openDocument(mixed));
  expect(text).toBe(saveDocument(base));
  expect(saveDocument(openDocument(text))).toBe(text);
  expect(text).toMatch(/^\{\n {2}"format": "convloom",\n {2}"version": 4,\n {2}"name"[^\r]*\}\n$/);
  expect(text.split('\n').filter((l) => l.startsWith('    "e'))).toHaveLength(4); // three edges and `epochs`
});
it('F14', 'a kind is looked up in a closed table', () => {
  for (const type of ['constructor', '__proto__', 'toString', '../evil']) {
    const doc = open((d) => {
      d['nodes'].fc.type = type;
    });
    expect(analyse(doc).problems.map((p) => p.code)).toContain('node/unknown');
  }
});

const codesOf = (parts: Parameters<typeof net>[0]) => analyse(net(parts)).problems.map((p) => p.code);
it('G1', 'a net has one input and one output', () => {
  const { nodes, edges } = small();
  expect(codesOf({ nodes: {}, edges: [] })).toEqual(['graph/no-input', 'graph/no-output']);
  expect(codesOf({ nodes: { ...nodes, in2: ['input'] }, edges })).toContain('graph/two-inputs');
});
it('G2', 'kinds name their ports', () => {
  const { nodes, edges } = small();
  expect(codesOf({ nodes, edges: ['in > flat:y', ...edges.slice(1)] })).toContain('edge/no-such-port');
  const sum = { ...nodes, s: ['add'] } as typeof nodes;
  expect(codesOf({ nodes: sum, edges: ['in > s:x1', 'in > s:x2', 's > flat', ...edges.slice(1)] })).toEqual(
    [],
  );
});
it('G3', 'shapes leave out the batch', () => {
  const { nodes } = analyse(base);
  expect([nodes.get('in')!.output, nodes.get('flat')!.output]).toEqual([[28, 28, 1], [784]]);
});
it('G4', 'a layer in a block has a path', async () => {
  const analysis = analyse(await openTemplate('resnet-20'));
  expect(analysis.elaboration.flat.map((n) => n.path)).toContain('stage1-block1/conv1');
});

it('G5', 'a bypassed node is no part of the net', () => {
  const [, second] = Object.values(base.edges);
  const skipped = second!.from.node;
  const doc = open((d) => {
    d['nodes'][skipped].bypassed = true;
  });
  expect(openDocument(saveDocument(doc)).nodes[skipped]!.bypassed).toBe(true);
  expect(report(doc, analyse(doc)).nodes.map((n) => n.id)).toEqual(
    Object.keys(base.nodes).filter((id) => id !== skipped),
  );
  const ends = open((d) => {
    d['nodes'].in.bypassed = true;
  });
  expect(analyse(ends).problems.map((p) => p.code)).toContain('node/bypassed-end');
  expect(codeOf(() => open((d) => (d['nodes'].in.bypassed = false)))).toBe('file/damaged');
});

const analysed = async (...argv: string[]) => JSON.parse((await convloom('analyze', ...argv, '--json')).out);
it('A1', 'what cannot be worked out is null', async () => {
  const { input, output } = await analysed(await netFile({ nodes: { fc: ['dense'] }, edges: [] }));
  expect([input, output]).toEqual([null, null]);
});
it('A2', 'the example of the specification is what is printed', async () => {
  const spec = readFileSync(new URL('../docs/spec.md', import.meta.url), 'utf8');
  const example = JSON.parse(spec.split('```json\n')[2]!.split('```')[0]!);
  const { nodes, ...rest } = await analysed('lenet-5');
  expect({ ...rest, nodes: nodes.filter((n: any) => n.id === 'conv1') }).toEqual(example);
});
it('A3', 'the total of memory is the sum of its parts', async () => {
  const { memory: m } = await analysed('resnet-56');
  expect(m.weights + m.gradients + m.optimizer + m.activations + m.workspace).toBe(m.total);
});
it('A4', 'nodes and layers add up to the totals', async () => {
  for (const flat of [[], ['--flat']]) {
    const { nodes, params, macs } = await analysed('resnet-20', ...flat);
    const sum = (of: (n: any) => number) => nodes.reduce((n: number, row: any) => n + of(row), 0);
    expect([sum((n) => n.params.trainable), sum((n) => n.params.nonTrainable), sum((n) => n.macs)]).toEqual([
      params.trainable,
      params.nonTrainable,
      macs,
    ]);
  }
});
it('A5', 'nodes behind a fault have no output and no receptive field', async () => {
  const { nodes, edges } = small();
  const { nodes: rows } = await analysed(await netFile({ nodes: { ...nodes, flat: ['lambda'] }, edges }));
  expect(rows.map((n: any) => [n.id, n.output, n.receptiveField])).toEqual([
    ['in', [28, 28, 1], { size: [1, 1], stride: [1, 1], offset: [0, 0] }],
    ['flat', null, null],
    ['fc', null, null],
    ['out', null, null],
  ]);
});
it('A6', 'a problem has severity, code, what, why, remedy and place', async () => {
  const { problems } = await analysed(
    await netFile({ nodes: { ...small().nodes, x: ['lambda'] }, edges: small().edges }),
  );
  expect(Object.keys(problems[0]).sort()).toEqual(['code', 'place', 'remedy', 'severity', 'what', 'why']);
});

it('C1', 'exit codes', async () => {
  expect((await convloom('check', 'lenet-5')).exit).toBe(0);
  expect((await convloom('check', 'nothing')).exit).toBe(1);
});
it('C2', 'a fault with --json is JSON on stdout', async () => {
  const { out, err } = await convloom('check', 'nothing', '--json');
  expect([Object.keys(JSON.parse(out)), err]).toEqual([['error'], '']);
});
it('C3', 'what is on the disk goes before a template', async () => {
  const file = await fileWith(saveDocument(base), 'lenet-5');
  const before = process.cwd();
  process.chdir(dirname(file));
  try {
    expect((await convloom('check', 'lenet-5')).out).toBe('test net: no problems.');
    expect((await convloom('check', 'resnet-20')).out).toBe('ResNet-20: no problems.');
  } finally {
    process.chdir(before);
  }
});
it('C4', 'a file is not fitted unless that is asked for', async () => {
  const args = { net: await netFile(small([32, 32, 3])), data: 'mnist' };
  const { terminal } = recorder();
  await expect(prepare(train.args.parse(args), terminal)).rejects.toMatchObject({ code: 'data/channels' });
  const fitted = await prepare(train.args.parse({ ...args, fit: true }), terminal);
  expect(fitted.nodes['in']!.params).toEqual({ shape: [28, 28, 1] });
});
it('C7', 'a name cannot make the terminal obey', async () => {
  const doc = GraphDocument.parse({ ...raw(), name: '\u001b]0;owned\u0007' });
  const { out } = await convloom('check', await fileWith(saveDocument(doc)));
  expect(printable(out)).toBe('\ufffd]0;owned\ufffd: no problems.');
});

const dataCode = async (folder: string) =>
  findDataSet({ set: 'idx' })
    .load({ set: 'idx', folder })
    .then(
      () => 'fine',
      (e) => toFault(e, 'load').code,
    );
it('D1', 'a folder lacks a file, or has it', async () => {
  expect(await dataCode(await tempFolder())).toBe('data/missing');
  expect(await dataCode(await idxFolderWith({ gz: true }))).toBe('fine');
});
it('D2', 'three dimensions are grey, four have channels', async () => {
  const shapes = [
    [5, 4],
    [5, 4, 3],
  ].map(async (shape) => {
    const folder = await idxFolderWith({ shape });
    return (await findDataSet({ set: 'idx' }).describe({ set: 'idx', folder })).shape;
  });
  expect(await Promise.all(shapes)).toEqual([
    [5, 4, 1],
    [5, 4, 3],
  ]);
});
it('D3', 'header and size must agree', async () => {
  const folder = await idxFolderWith();
  const file = join(folder, 'train-images-idx3-ubyte');
  await truncate(file, 30);
  expect(await dataCode(folder)).toBe('data/truncated');
});
it('D4', 'labels are those of training', async () => {
  expect(await dataCode(await idxFolderWith({ test: [9] }))).toBe('data/label-range');
});

afterAll(() => expect([...ids].sort(), 'every rule has a test').toEqual([...held].sort()));
