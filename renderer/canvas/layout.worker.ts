import { arrange } from './layout';

/** Lays out one net, away from the window's own thread, and answers with the places by id. */
addEventListener('message', ({ data }: MessageEvent<Parameters<typeof arrange>>) => {
  postMessage([...arrange(...data)]);
});
