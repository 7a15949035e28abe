import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));

/**
 * Who is timed. A peer is one program in peers/ and one entry here: `starts` says how often its start is measured
 * (the median is reported), `how` in plain words what it runs. An optional one runs only where it is asked for.
 */
export const peers = [
  {
    id: 'convloom',
    title: 'Convloom',
    how: 'our own compiled step: TensorFlow 2.21 through its C API from Node',
    command: () => [process.execPath, file('convloom.mjs')],
    starts: 3,
  },
  {
    id: 'pytorch-eager',
    title: 'PyTorch eager',
    how: 'a plain training loop on channels_last tensors',
    command: ({ python }) => [python, file('pytorch_peer.py'), 'eager'],
    starts: 3,
  },
  {
    id: 'pytorch-compile',
    title: 'PyTorch compile',
    how: 'the same loop through torch.compile, with an empty compiler cache',
    command: ({ python }) => [python, file('pytorch_peer.py'), 'compile'],
    starts: 1,
  },
  {
    id: 'keras',
    title: 'Keras',
    how: 'compile() and train_on_batch(), the compiled step that fit() runs',
    command: ({ python }) => [python, file('keras_peer.py'), 'train_on_batch'],
    starts: 3,
  },
  {
    id: 'keras-function',
    title: 'Keras, own loop',
    how: 'a hand-written tf.function around the Keras model',
    command: ({ python }) => [python, file('keras_peer.py'), 'function'],
    starts: 1,
  },
  {
    id: 'tfjs',
    title: 'tfjs-node',
    how: 'TensorFlow.js on its Node backend, with its own tape and optimizer; its binding is compiled against TensorFlow 2.21',
    command: ({ tfjs }) => [
      process.execPath,
      fileURLToPath(new URL('./peers/tfjs.mjs', import.meta.url)),
      tfjs,
    ],
    starts: 1,
    optional: true,
  },
];

/** What measures products of matrices through the same TensorFlow. */
export const sgemm = () => [process.execPath, file('convloom.mjs'), 'sgemm'];

/**
 * What Convloom has to reach over all nets, each against one peer (or a fixed figure): `over` takes their geometric
 * mean, or the net where it is least or most.
 */
export const goals = [
  {
    text: 'images/s, geometric mean, at least 1.15 of PyTorch compile',
    ...{ against: 'pytorch-compile', measure: 'speed', over: 'mean', atLeast: 1.15 },
  },
  {
    text: 'images/s, geometric mean, at least 1.3 of Keras',
    ...{ against: 'keras', measure: 'speed', over: 'mean', atLeast: 1.3 },
  },
  {
    text: 'images/s, geometric mean, at least 1.3 of Keras, own loop',
    ...{ against: 'keras-function', measure: 'speed', over: 'mean', atLeast: 1.3 },
  },
  {
    text: 'images/s, on every net, at least 0.95 of PyTorch eager',
    ...{ against: 'pytorch-eager', measure: 'speed', over: 'least', atLeast: 0.95 },
  },
  {
    text: 'first step within 2 s after the process starts, on every net',
    ...{ measure: 'start', over: 'most', atMost: 2 },
  },
  {
    text: 'peak memory, geometric mean, at most 0.6 of PyTorch eager',
    ...{ against: 'pytorch-eager', measure: 'memory', over: 'mean', atMost: 0.6 },
  },
  {
    text: 'peak memory, on every net, at most 0.6 of PyTorch eager',
    ...{ against: 'pytorch-eager', measure: 'memory', over: 'most', atMost: 0.6 },
  },
  {
    text: 'peak memory, geometric mean, PyTorch counted without its unused GPU libraries, at most 0.6',
    ...{ against: 'pytorch-eager', measure: 'memoryOwn', over: 'mean', atMost: 0.6 },
  },
];
