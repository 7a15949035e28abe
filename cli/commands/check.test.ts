import { describe, expect, it } from 'vitest';
import { saveDocument } from '../../engine/graph/file';
import { convloom, fileWith, net, netFile, small } from '../testing';

const { nodes, edges } = small();
/** What `check --json` finds in a net. */
async function problemsOf(file: string, ...more: string[]) {
  const { out, exit } = await convloom('check', file, '--json', ...more);
  const problems = JSON.parse(out).problems as { code: string; place: object; remedy: string; why: string }[];
  return { exit, problems, codes: problems.map((p) => p.code) };
}

it('finds nothing wrong with a sound net', async () => {
  const file = await netFile({ nodes, edges });
  expect(await convloom('check', file)).toEqual({ exit: 0, out: 'test net: no problems.', err: '' });
  expect((await problemsOf(file, '--data', 'mnist')).codes).toEqual([]);
});

describe('finds, says how to mend, and exits with 1:', () => {
  const add = { ...nodes, a: ['add'], b: ['activation'] } as typeof nodes;
  const faults: readonly [string, Parameters<typeof net>[0], code: string, remedy: RegExp][] = [
    [
      'a cycle',
      { nodes: add, edges: [...edges, 'in > a:x1', 'b > a:x2', 'a > b'] },
      'graph/cycle',
      /Remove wire e\d from/,
    ],
    ['a dangling wire', { nodes, edges: [...edges, 'ghost > fc'] }, 'edge/dangling', /Remove wire e4/],
    [
      'two wires on one input',
      { nodes, edges: [...edges, 'in > fc'] },
      'edge/port-taken',
      /Remove wire e4, or join/,
    ],
    [
      'a negative size',
      { nodes: { ...nodes, fc: ['dense', { units: -3 }] }, edges },
      'node/parameter',
      /Set units to 10/,
    ],
    [
      'a class count that does not fit',
      { nodes: { ...nodes, fc: ['dense', { units: 7 }] }, edges },
      'output/classes',
      /Set units .* 10/,
    ],
    [
      'an unknown kind',
      { nodes: { ...nodes, x: ['lambda', { code: 'rm -rf' }] }, edges },
      'node/unknown',
      /Update Convloom/,
    ],
    ['a missing wire', { nodes, edges: edges.slice(1) }, 'node/unconnected', /Connect an output to port x/],
  ];

  it.each(faults)('%s', async (_, parts, code, remedy) => {
    const { exit, problems } = await problemsOf(await netFile(parts));
    const found = problems.find((p) => p.code === code)!;
    expect([exit, found.remedy]).toEqual([1, expect.stringMatching(remedy)]);
    expect(found.why).not.toBe('');
    expect(found.place).not.toEqual({});
  });

  it('a net of 3 channels for data of 1, and of 100 classes for data of 10', async () => {
    const file = await netFile(small([28, 28, 3], 100));
    const { exit, codes } = await problemsOf(file, '--data', 'mnist');
    expect([exit, codes]).toEqual([1, ['data/channels', 'data/classes']]);
    expect((await problemsOf(file)).exit).toBe(0);
  });
});

it('counts errors and warnings, errors first', async () => {
  const extra = { ...nodes, dead: ['flatten'], fc: ['dense', { units: 7 }] } as typeof nodes;
  const { out } = await convloom('check', await netFile({ nodes: extra, edges: [...edges, 'in > dead'] }));
  expect(out).toMatch(
    /^error output\/classes: [\s\S]*\n\nwarning node\/dead-end: [\s\S]*\n\ntest net: 1 error, 1 warning\.$/,
  );
});

describe('refuses a file that is no graph of this version, and exits with 1:', () => {
  const whole = saveDocument(net({ nodes, edges }));
  const files: readonly [string, text: string, code: string, says: RegExp][] = [
    [
      'one of a newer version',
      whole.replace('"version": 4', '"version": 99'),
      'file/too-new',
      /Update Convloom/,
    ],
    [
      'one of a version that never was',
      whole.replace('"version": 4', '"version": -1'),
      'file/not-a-graph',
      /Open a/,
    ],
    ['one that was cut off', whole.slice(0, 300), 'file/not-json', /truncated[\s\S]*Restore it/],
    [
      'one with a record changed',
      whole.replace('"params"', '"parms"'),
      'file/damaged',
      /damaged at \/nodes\/in/,
    ],
    ['one that is no JSON', 'hello', 'file/not-json', /Open a/],
    ['an empty one', '', 'file/not-json', /Restore|Open/],
    ['JSON of another program', '{"format":"keras"}', 'file/not-a-graph', /Open a/],
  ];

  it.each(files)('%s', async (_, text, code, says) => {
    const file = await fileWith(text);
    const { exit, err } = await convloom('check', file);
    expect([exit, err]).toEqual([1, expect.stringMatching(says)]);
    expect(err).toContain(file);
    expect(err).toMatch(/\n {2}Why: .*\n {2}Fix: ./);
    const json = await convloom('check', file, '--json');
    expect(JSON.parse(json.out).error).toMatchObject({ code, place: { file } });
    expect([json.exit, json.err]).toEqual([1, '']);
  });
});

it('opens the graph of a run folder', async () => {
  const file = await netFile({ nodes, edges });
  const folder = file.replace(/\/[^/]*$/, '');
  expect((await convloom('check', folder)).err).toContain('is a folder');
  const { rename } = await import('node:fs/promises');
  await rename(file, `${folder}/graph.json`);
  expect((await convloom('check', folder)).exit).toBe(0);
});
