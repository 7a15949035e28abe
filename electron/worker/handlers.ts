import { closeData, findDataSet, previewOf, recognise } from '../../engine/data/catalogue';
import type { DataSet } from '../../engine/data/describe';
import { reportOf } from '../../engine/data/report';
import { openTensorFlow } from '../../engine/tensorflow/runtime';
import { augmentedPreview } from '../../engine/train/augmented';
import { runJob } from '../../engine/train/jobs/run-job';
import { growRun } from '../../engine/train/net2net/grow';
import { preflight } from '../../engine/train/preflight/preflight';
import { probe } from '../../engine/train/probe';
import { sweepRates } from '../../engine/train/sweep';
import { continueRun, train } from '../../engine/train/trainer';
import { previewStart } from '../../engine/train/transfer/load';
import type { Handlers } from '../../ipc/define';
import type { DataChoice, EngineContract } from '../../ipc/engine-protocol';
import type { RunSession } from './run-session';

/** The engine's answers to the calls of main. */
export const createHandlers = (session: RunSession, start: string): Handlers<EngineContract> => {
  const load = lastLoaded();
  return {
    'engine.ping': () => {},
    'engine.device': () => openTensorFlow(start).device,
    'engine.data': (choice) => findDataSet(choice).describe(choice),
    'engine.recognise': async (folder) => [...(await recognise(folder))],
    'engine.preview': async ({ split, start: from, count, ...choice }) =>
      previewOf(await load(choice), split, from, count),
    'engine.augmented': async ({ start: from, count, augment, seed, draws, ...choice }) => {
      const preview = await previewOf(await load(choice), 'train', from, count);
      return augmentedPreview(openTensorFlow(start), preview, { augment, seed }, draws);
    },
    'engine.report': async (choice) => reportOf(await load(choice)),
    'engine.train': ({ graph, runs, start }) =>
      session.start((control) => train({ doc: graph, runsFolder: runs, control, ...(start && { start }) })),
    'engine.transfer': ({ graph, start }) => previewStart(graph, start),
    'engine.grow': async ({ growth, ...from }) => {
      const { folder, doc } = await growRun(from, growth);
      return { folder, doc };
    },
    'engine.rates': (graph) => session.alone((control) => sweepRates(graph, control)),
    'engine.preflight': (graph) => session.alone((control) => preflight(graph, control)),
    'engine.probe': (graph) => session.alone((control) => probe(graph, control)),
    'engine.continue': ({ folder }) => session.start((control) => continueRun(folder, control)),
    'engine.change': session.change,
    'engine.job': ({ folder }) => session.job((control) => runJob(folder, control)),
    'engine.pause': session.pause,
    'engine.resume': session.resume,
    'engine.stop': session.stop,
  };
};

/** Keeps the data set that was looked at last: paging through it reads its files once. */
function lastLoaded(): (choice: DataChoice) => Promise<DataSet> {
  let key: string | undefined;
  let data: Promise<DataSet> | undefined;
  return (choice) => {
    const wanted = JSON.stringify(choice);
    if (key !== wanted || !data) {
      data?.then(closeData, () => {});
      key = wanted;
      data = findDataSet(choice).load(choice);
      data.catch(() => {
        key = undefined;
      });
    }
    return data;
  };
}
