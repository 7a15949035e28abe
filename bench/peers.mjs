import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));

/**
 * Who is timed. A peer is one program in peers/ and one entry here: `starts` says how often its start is measured
 * (the median is reported), `how` in plain words what it runs.
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
    command: (python) => [python, file('pytorch_peer.py'), 'eager'],
    starts: 3,
  },
  {
    id: 'pytorch-compile',
    title: 'PyTorch compile',
    how: 'the same loop through torch.compile, with an empty compiler cache',
    command: (python) => [python, file('pytorch_peer.py'), 'compile'],
    starts: 1,
  },
  {
    id: 'keras',
    title: 'Keras',
    how: 'compile() and train_on_batch(), the compiled step that fit() runs',
    command: (python) => [python, file('keras_peer.py'), 'train_on_batch'],
    starts: 3,
  },
  {
    id: 'keras-function',
    title: 'Keras, own loop',
    how: 'a hand-written tf.function around the Keras model',
    command: (python) => [python, file('keras_peer.py'), 'function'],
    starts: 1,
  },
];

/** What Convloom has to reach, each against one peer (or a fixed figure). `of` takes two summaries. */
export const goals = [
  {
    text: 'images/s, at least 1.0 of PyTorch eager',
    against: 'pytorch-eager',
    measure: 'speed',
    atLeast: 1.0,
  },
  { text: 'images/s, at least 1.1 of Keras', against: 'keras', measure: 'speed', atLeast: 1.1 },
  {
    text: 'images/s, at least 1.1 of Keras, own loop',
    against: 'keras-function',
    measure: 'speed',
    atLeast: 1.1,
  },
  { text: 'first step under 2 s after the process starts', measure: 'start', atMost: 2 },
  {
    text: 'peak memory, at most 0.7 of PyTorch eager',
    against: 'pytorch-eager',
    measure: 'memory',
    atMost: 0.7,
  },
  {
    text: 'the same, PyTorch counted without its unused GPU libraries',
    against: 'pytorch-eager',
    measure: 'memoryOwn',
    atMost: 0.7,
  },
];
