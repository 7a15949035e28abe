import type { CApi, Pointer } from './c-api';
import type { Operation, Output, TfGraph } from './graph';
import { check, withStatus } from './status';
import { type DataType, deleteTensor, makeTensor, readTensor, type Tensor } from './tensor';

export interface Feed {
  readonly to: Output;
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly data: ArrayBufferView;
}
interface Request {
  readonly feeds?: readonly Feed[];
  readonly fetches?: readonly Output[];
  readonly targets?: readonly Operation[];
}

/** A device that TensorFlow computes on; memory in bytes. */
export interface DeviceRow {
  readonly name: string;
  readonly type: string;
  readonly memory: number;
}

/** Runs a graph. Each call computes `fetches` and carries out `targets`, on TensorFlow's own threads. */
export class TfSession {
  readonly #pointer: Pointer;
  #closed = false;

  constructor(
    readonly graph: TfGraph,
    config: Uint8Array,
  ) {
    const { c } = graph;
    const options = c.newSessionOptions();
    try {
      withStatus(c, 'session config', (status) => c.setConfig(options, config, config.length, status));
      this.#pointer = withStatus(c, 'session', (status) => c.newSession(graph.pointer, options, status));
    } finally {
      c.deleteSessionOptions(options);
    }
  }

  /** The fetched tensors' bytes. The event loop goes on meanwhile. */
  async run({ feeds = [], fetches = [], targets = [] }: Request): Promise<ArrayBuffer[]> {
    if (this.#closed) throw new Error('the session is closed');
    if (fetches.length + targets.length === 0) return [];
    const { c } = this.graph;
    const tensors: Tensor[] = [];
    const status = c.newStatus();
    const memory = c.addresses(fetches.length);
    try {
      for (const f of feeds) tensors.push(makeTensor(c, f.type, f.dims, f.data));
      await new Promise<void>((resolve, reject) => {
        c.sessionRun.async(
          ...[this.#pointer, null, feeds.map((f) => f.to), tensors.map((t) => t.pointer), feeds.length],
          ...[fetches, memory, fetches.length, targets.map((t) => t.pointer), targets.length, null, status],
          (error: unknown) => (error ? reject(error) : resolve()),
        );
      });
      check(c, status, 'step');
      return takeAll(c, c.readAddresses(memory, fetches.length));
    } finally {
      for (const t of tensors) deleteTensor(c, t);
      c.free(memory);
      c.deleteStatus(status);
    }
  }

  devices(): readonly DeviceRow[] {
    const { c } = this.graph;
    const list = withStatus(c, 'devices', (status) => c.listDevices(this.#pointer, status));
    const rows = Array.from({ length: c.deviceCount(list) }, (_, i) =>
      withStatus(c, 'device', (status) => ({
        name: c.deviceName(list, i, status) as string,
        type: c.deviceType(list, i, status) as string,
        memory: Number(c.deviceMemory(list, i, status)),
      })),
    );
    c.deleteDeviceList(list);
    return rows;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { c } = this.graph;
    withStatus(c, 'close', (status) => c.closeSession(this.#pointer, status));
    withStatus(c, 'close', (status) => c.deleteSession(this.#pointer, status));
    this.graph.delete();
  }
}

/** Copies of the tensors' bytes; all of the tensors are given back, also when a copy finds no memory. */
function takeAll(c: CApi, pointers: readonly Pointer[]): ArrayBuffer[] {
  try {
    return pointers.map((pointer) => readTensor(c, { pointer }));
  } finally {
    for (const pointer of pointers) deleteTensor(c, { pointer });
  }
}
