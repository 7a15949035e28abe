import { describe, expect, it } from 'vitest';
import { extraRequirements, parseRecord } from './wheel.mjs';

describe('wheel', () => {
  it('reads the sha256 of RECORD as hex', () => {
    const hash = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'; // of "abc"
    const record = `a/b.so,sha256=${hash},3\r\n"c,d.py",sha256=${hash},3\nx/RECORD,,\n`;
    const digests = parseRecord(record);
    expect(digests.get('a/b.so')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect([...digests.keys()]).toEqual(['a/b.so', 'c,d.py']);
  });

  it('reads what the wheel requires for its CUDA extra, and nothing else', () => {
    const metadata = [
      'Requires-Dist: numpy>=1.26.0',
      'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
      "Requires-Dist: nvidia-nccl-cu12 (<3.0,>=2.27.7) ; extra == 'and-cuda'",
      'Requires-Dist: tensorboard; extra == "other"',
    ].join('\n');
    expect(extraRequirements(metadata, 'and-cuda')).toEqual([
      'nvidia-cublas-cu12<13.0,>=12.5.3.2',
      'nvidia-nccl-cu12<3.0,>=2.27.7',
    ]);
  });
});
