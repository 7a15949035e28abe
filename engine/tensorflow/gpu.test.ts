import { describe, expect, it } from 'vitest';
import { configProto } from './config';
import { parseGpus } from './gpu';

describe('the list of NVIDIA GPUs', () => {
  it('has name, memory in bytes and driver of each, in their order', () => {
    const csv = 'NVIDIA H200, 143771, 142628, 580.159.04\nNVIDIA T4, 15360, 15000, 580.159.04\n';
    expect(parseGpus(csv)).toEqual([
      { name: 'NVIDIA H200', total: 143_771 * 2 ** 20, free: 142_628 * 2 ** 20, driver: '580.159.04' },
      { name: 'NVIDIA T4', total: 15_360 * 2 ** 20, free: 15_000 * 2 ** 20, driver: '580.159.04' },
    ]);
  });

  it('is empty where there is none, or where the tool says something else', () => {
    expect(parseGpus('')).toEqual([]);
    expect(parseGpus('No devices were found\n')).toEqual([]);
  });
});

describe("a session's config", () => {
  // config.proto: 2 intra, 5 inter, 6.4 allow_growth, 7 allow_soft_placement
  const threads = [16, 4, 40, 2, 50, 2, 32, 1, 56, 1];
  // graph_options.optimizer_options.opt_level is -1, L0
  const level = [26, 11, 24, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
  const graph = (rewriter: readonly number[] = []) => [
    82,
    level.length + rewriter.length,
    ...level,
    ...rewriter,
  ];
  const plain = [...threads, ...graph()];

  it('is ConfigProto as protobuf writes it', () => {
    expect([...configProto({ intra: 4, inter: 2 })]).toEqual(plain);
    expect([...configProto({ intra: 300, inter: 2 })].slice(0, 3)).toEqual([16, 0xac, 0x02]);
  });

  it('counts devices, and switches on 16 bits', () => {
    const devices = [10, 7, 10, 3, ...Buffer.from('CPU'), 16, 4];
    expect([...configProto({ intra: 4, inter: 2, devices: { CPU: 4 } })]).toEqual([...devices, ...plain]);
    // graph_options.rewrite_options: 31 is auto_mixed_precision_onednn_bfloat16, 23 auto_mixed_precision; 1 is ON
    const bfloat16 = graph([82, 3, 0xf8, 0x01, 1]);
    expect([...configProto({ intra: 4, inter: 2, mixed: 'bfloat16' })]).toEqual([...threads, ...bfloat16]);
    const float16 = graph([82, 3, 0xb8, 0x01, 1]);
    expect([...configProto({ intra: 4, inter: 2, mixed: 'float16' })]).toEqual([...threads, ...float16]);
  });

  it('leaves only fusions on where it is asked to', () => {
    // layout 1, constants 3, arithmetic 7 and so on: 2 is OFF; memory 4 and rounds 12: 1
    const off = [1, 3, 7, 8, 9, 10, 13, 15].flatMap((field) => [field << 3, 2]);
    const rewriter = [...off, 0x90, 0x01, 2, 32, 1, 96, 1];
    const bytes = [...configProto({ intra: 4, inter: 2, rewrites: 'fusions' })];
    expect(bytes).toEqual([...threads, ...graph([82, rewriter.length, ...rewriter])]);
  });
});
