import { execFileSync } from 'node:child_process';

/** A GPU as its driver tells of it; memory in bytes. */
export interface Gpu {
  readonly name: string;
  readonly total: number;
  readonly free: number;
  readonly driver: string;
}

const FIELDS = 'name,memory.total,memory.free,driver_version';
const PATIENCE = 5000;

/** Lines of `nvidia-smi --query-gpu=... --format=csv,noheader,nounits`: memory in MiB. */
export function parseGpus(csv: string): readonly Gpu[] {
  const rows = csv.split('\n').map((line) => line.split(',').map((field) => field.trim()));
  return rows
    .filter((row) => row.length === 4)
    .map(([name, total, free, driver]) => ({
      name: name!,
      total: Number(total) * 2 ** 20,
      free: Number(free) * 2 ** 20,
      driver: driver!,
    }));
}

/** NVIDIA's GPUs, in the order of their PCI places; none where no driver answers. Takes about 50 ms where one does. */
export function gpus(): readonly Gpu[] {
  try {
    const args = [`--query-gpu=${FIELDS}`, '--format=csv,noheader,nounits'];
    return parseGpus(
      execFileSync('nvidia-smi', args, {
        encoding: 'utf8',
        timeout: PATIENCE,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return [];
  }
}
