import { RunControl } from '../../engine/train/control';
import { probe as take } from '../../engine/train/probe';
import { NET } from '../arguments';
import { defineCli } from '../command';
import { count, duration } from '../format';
import { prepare, probeArgs, probeOptions } from './train';

/** `convloom probe resnet-20 --data mnist`: a few steps, thrown away, that tell how long an epoch takes here. */
export const probe = defineCli({
  name: 'probe',
  summary: 'Train a few steps to learn how long an epoch takes on this machine',
  argument: NET,
  options: probeOptions,
  example: 'convloom probe resnet-20 --data mnist',
  args: probeArgs,

  async run(options, terminal) {
    const doc = await prepare(options, terminal);
    const data = await take(doc, new RunControl());
    const { device, secondsPerStep, imagesPerSecond, epochSeconds, slowness, steps } = data;
    const text = [
      `${doc.name} on ${device}, ${steps} steps at batch ${count(doc.training.batch)}`,
      `step        ${duration(secondsPerStep)}, ${count(Math.round(imagesPerSecond))} pictures a second`,
      `epoch       ${duration(epochSeconds)}`,
      `prediction  ${slowness.toFixed(2)} × the time that was predicted without a probe`,
    ].join('\n');
    return { text, data, exit: 0 };
  },
});
