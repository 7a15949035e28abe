// A process that speaks the engine's protocol and can be told to go wrong. For engine-host.test.ts.
const mode = process.argv[2];
if (mode === 'crash') {
  console.error('cannot load the library');
  process.exit(7);
}
const device = { kind: 'cpu', name: 'CPU · 2 threads' };
const event = (channel, payload) => process.send({ channel, payload });
const events = (...list) => event('engine.events', { run: 'run-1', events: list });
const params = { trainable: 1, nonTrainable: 0 };
const start = {
  type: 'start',
  run: 'run-1',
  folder: '/r',
  name: 'n',
  device,
  epochs: 1,
  stepsPerEpoch: 9,
  step: 0,
  params,
};
const step = {
  type: 'step',
  step: 5,
  epoch: 1,
  loss: 1,
  accuracy: 0,
  rate: 0.1,
  imagesPerSecond: 1,
  secondsLeft: 1,
};
const end = {
  run: 'run-1',
  test: null,
  seconds: 1,
  stopped: true,
  step: 5,
  confusion: [],
  classNames: [],
  folder: '/r',
};
let stops = 0;
const calls = {
  'engine.ping': () => undefined,
  'engine.device': () => device,
  'engine.train': () => {
    events(start, step);
    return 'run-1';
  },
  'engine.stop': () => {
    if (mode === 'deaf') for (;;);
    stops++;
    if (mode !== 'slow' || stops > 1) events({ type: 'done', ...end });
  },
  'engine.pause': () => process.exit(9),
};
process.on('message', ({ id, channel }) => process.send({ id, ok: true, value: calls[channel]?.() }));
process.on('disconnect', () => process.exit(0));
