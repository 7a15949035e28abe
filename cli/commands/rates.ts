import { RunControl } from '../../engine/train/control';
import { sweepRates } from '../../engine/train/sweep';
import { NET } from '../arguments';
import { defineCli } from '../command';
import { prepare, probeArgs, probeOptions } from './train';

const WIDTH = 48;

/** `convloom rates resnet-20 --data cifar-10`: the loss over a growing rate, and the rate at which it falls fastest. */
export const rates = defineCli({
  name: 'rates',
  summary: 'Find a learning rate: train while it grows, until the loss grows',
  argument: NET,
  options: probeOptions,
  example: 'convloom rates resnet-20 --data mnist',
  args: probeArgs,

  async run(options, terminal) {
    const doc = await prepare(options, terminal);
    const control = new RunControl();
    const end = terminal.onInterrupt(() => control.stop());
    const data = await sweepRates(doc, control).finally(end);
    const most = Math.max(...data.points.map((p) => p.loss));
    const bars = data.points
      .filter((_, i) => i % 5 === 0)
      .map(({ rate, loss }) => {
        const bar = '█'.repeat(Math.max(1, Math.round((WIDTH * loss) / most)));
        return `${rate.toExponential(1).padStart(9)}  ${loss.toFixed(3).padStart(7)}  ${bar}`;
      });
    const advice = data.suggested === null ? 'The loss did not fall at any rate.' : `rate  ${data.suggested}`;
    return { text: ['     rate     loss', ...bars, '', advice].join('\n'), data };
  },
});
