import { expect, it } from 'vitest';
import { convloom, netFile, small } from '../testing';

it('tables every layer with its shape, parameters, MACs and receptive field', async () => {
  const { out, exit } = await convloom('analyze', 'lenet-5');
  expect(exit).toBe(0);
  expect(out).toMatch(/^LeNet-5 {3}28×28×1 → 10 classes/);
  expect(out).toMatch(/conv2 +conv2d +10×10×16 +2,416 +240,000 +57\.6 % +14×14/);
  expect(out).toContain('parameters  61,706');
});

it('sets the published figures beside ours', async () => {
  const { out } = await convloom('analyze', 'resnet-50');
  expect(out).toMatch(/parameters +25,557,032 +=+ +25,557,032 +torchvision/);
  expect(out).toMatch(/macs +4,089,184,256 +=+ +4,089,184,256/);
});

it('leaves the published figures out for another shape, which they are not of', async () => {
  const { out } = await convloom('analyze', 'resnet-50', '--input', '32x32x3', '--classes', '10');
  expect(out).toMatch(/^ResNet-50 {3}32×32×3 → 10 classes/);
  expect(out).not.toContain('published');
});

it('prints the analysis as JSON, with blocks as one row or opened', async () => {
  const folded = JSON.parse((await convloom('analyze', 'resnet-20', '--json')).out);
  expect(folded).toMatchObject({
    ...{ name: 'ResNet-20', input: [32, 32, 3], output: [10], macs: 40_551_040, problems: [] },
    ...{ params: { trainable: 269_722, nonTrainable: 1376 } },
  });
  expect(folded.nodes).toHaveLength(16);
  const flat = JSON.parse((await convloom('analyze', 'resnet-20', '--flat', '--json')).out);
  expect(flat.nodes.find((n: { path: string }) => n.path === 'stage1-block1/conv1')).toEqual({
    ...{ id: 'conv1', path: 'stage1-block1/conv1', type: 'conv2d', output: [32, 32, 16], macs: 2_359_296 },
    ...{
      params: { trainable: 2304, nonTrainable: 0 },
      ...{ activations: 16_384, neurons: 16_384, intensity: 16.82 },
      receptiveField: { size: [5, 5], stride: [1, 1], offset: [-2, -2] },
    },
  });
  const sum = (nodes: { macs: number }[]) => nodes.reduce((n, { macs }) => n + macs, 0);
  expect([sum(folded.nodes), sum(flat.nodes)]).toEqual([40_551_040, 40_551_040]);
});

it('tells of problems below the table, and exits with 1', async () => {
  const parts = small();
  const file = await netFile({ ...parts, nodes: { ...parts.nodes, fc: ['dense', { units: 7 }] } });
  const { out, exit } = await convloom('analyze', file);
  expect(exit).toBe(1);
  expect(out).toContain('error output/classes: 7 scores come in for 10 classes.');
  expect(out).toContain('Fix: Set units of the Dense before it to 10');
});

it('says what is wrong with a shape on the command line', async () => {
  const { err, exit } = await convloom('analyze', 'lenet-5', '--input', '28x28');
  expect([exit, err]).toEqual([1, expect.stringMatching(/^--input '28x28' must look like 28x28x1/)]);
});

it('cannot reshape a graph without ends', async () => {
  const file = await netFile({ nodes: { fc: ['dense'] }, edges: [] });
  expect((await convloom('analyze', file, '--input', '28x28x1')).err).toContain('convloom check');
});
