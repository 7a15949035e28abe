import { cpus } from 'node:os';
import { cacheFolder } from '../cache-folder';
import { UserError } from '../errors';
import { type CApi, loadCApi } from './c-api';
import { configProto, type Mixed, type SessionConfig } from './config';
import { giveBackPages } from './give-back';
import { gpus } from './gpu';
import { TfGraph } from './graph';
import { type Library, locateTensorFlow } from './locate';
import { quietly } from './quiet';
import { TfSession } from './session';

/** TensorFlow, loaded once a process. */
export interface TensorFlow {
  readonly c: CApi;
  readonly version: string;
  readonly library: Library;
  readonly config: SessionConfig;
  /** What it computes on: the first GPU that it sees, else the CPU. */
  readonly device: {
    readonly kind: 'cpu' | 'gpu';
    readonly name: string;
    /** Bytes that a GPU gives to TensorFlow. */
    readonly memory?: number | undefined;
  };
  /** The same by TensorFlow's names; a batch is shared among them. */
  readonly devices: readonly string[];
}

/** What a net is computed in when its precision is mixed. */
export const mixedOf = ({ device }: TensorFlow): Mixed => (device.kind === 'gpu' ? 'float16' : 'bfloat16');

/**
 * What the cores share: one operation after the other, or a batch, of which each takes a part. A net in use is up to 1.3
 * times as fast by the latter, as no core waits for another; a training step goes on with the whole batch.
 */
export type Sharing = 'operation' | 'batch';

let loaded: TensorFlow | undefined;

/**
 * Finds and loads the library, and looks which device it has. Takes about half a second the first time.
 *
 * @param sharing threads are TensorFlow's for the whole process: it holds as it is first asked for
 * @throws UserError `tensorflow/missing` or `tensorflow/load`
 */
export function openTensorFlow(start = process.cwd(), sharing: Sharing = 'operation'): TensorFlow {
  if (loaded) return loaded;
  const library = locateTensorFlow(start);
  // both are read when the library is loaded: oneDNN is 1.6 times faster, and grouped gradients exist only with it
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // the order in which nvidia-smi lists them
  process.env['CUDA_DEVICE_ORDER'] ??= 'PCI_BUS_ID';
  const threads = cpus().length;
  const config = sharing === 'batch' ? { intra: 1, inter: threads } : { intra: threads, inter: 2 };
  loaded = quietly(() => {
    const c = load(library);
    return { c, library, config, version: c.version(), ...findDevices(c, config, threads) };
  });
  giveBackPages([library.framework, library.main]);
  return loaded;
}

function load(library: Library): CApi {
  try {
    return loadCApi(library);
  } catch (cause) {
    throw new UserError(
      'tensorflow/load',
      `TensorFlow's library in ${library.folder} cannot be loaded.`,
      cause instanceof Error ? cause.message : String(cause),
      library.folder.startsWith(cacheFolder())
        ? 'Delete that folder and run npm start, which fetches it anew.'
        : 'Unset TENSORFLOW_DIR and run npm run setup, which fetches a library of its own.',
      { file: library.folder },
    );
  }
}

function findDevices(
  c: CApi,
  config: SessionConfig,
  threads: number,
): Pick<TensorFlow, 'device' | 'devices'> {
  const session = new TfSession(new TfGraph(c), configProto(config));
  const found = session.devices().filter((d) => d.type === 'GPU');
  session.close();
  if (found.length === 0) {
    const name = `CPU · ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
    return { device: { kind: 'cpu', name }, devices: ['/device:CPU:0'] };
  }
  const memory = Math.min(...found.map((d) => d.memory));
  const name = gpuName(memory, found.length);
  return { device: { kind: 'gpu', name, memory }, devices: found.map((_, i) => `/device:GPU:${i}`) };
}

function gpuName(memory: number, count: number): string {
  const [first] = gpus();
  const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  const name = first
    ? `${first.name} · ${gib(first.free)} of ${gib(first.total)} GiB free`
    : `GPU · ${gib(memory)} GiB`;
  return count > 1 ? `${count} × ${name}` : name;
}

export const newSession = (tf: TensorFlow, graph: TfGraph, own: Partial<SessionConfig> = {}): TfSession =>
  new TfSession(
    graph,
    configProto({ ...tf.config, rewrites: tf.device.kind === 'gpu' ? 'all' : 'fusions', ...own }),
  );
