import { describe, expect, it } from 'vitest';
import { convloom, netFile, small } from '../testing';

const wider = () => {
  const { nodes, edges } = small();
  const fc: [string, object] = ['dense', { units: 10, bias: false }];
  const wires = [...edges.filter((e) => e !== 'flat > fc'), 'flat > drop', 'drop > fc'];
  return netFile({ nodes: { ...nodes, drop: ['dropout'], fc }, edges: wires });
};

describe('convloom diff', () => {
  it('says of two equal nets that they are', async () => {
    const file = await netFile(small());
    const { out, exit } = await convloom('diff', file, file, '--exit-code');
    expect([exit, out]).toEqual([0, expect.stringContaining('The nets are equal.')]);
  });

  it('lists nodes, parameters from and to, wires, and what they cost', async () => {
    const { out, exit } = await convloom('diff', await netFile(small()), await wider());
    expect(exit).toBe(0);
    expect(out).toContain('+ drop  dropout\n    output: 784');
    expect(out).toContain('~ fc  dense  −10 parameters\n    bias: true → false\n    input x: flat → drop');
    expect(out).toContain('1 added, 0 removed, 1 changed, 3 unchanged');
    expect(out).toMatch(/parameters +7,850 +7,840 +−10/);
  });

  it('exits with 1 for a difference only where that is asked for', async () => {
    const { exit } = await convloom('diff', await netFile(small()), await wider(), '--exit-code');
    expect(exit).toBe(1);
  });

  it('gives templates as JSON, layer by layer', async () => {
    const { out } = await convloom('diff', 'resnet-20', 'resnet-32', '--flat', '--json');
    const data = JSON.parse(out);
    expect(data).toMatchObject({ from: 'ResNet-20', to: 'ResNet-32', equal: false });
    expect(data.nodes.some((n: { after: string | null }) => n.after?.includes('/'))).toBe(true);
  });

  it('names the argument that is missing', async () => {
    expect(await convloom('diff', 'resnet-20')).toMatchObject({
      exit: 1,
      err: expect.stringContaining("'b'"),
    });
  });
});
