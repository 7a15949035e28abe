import { z } from 'zod';
import { analyse, report } from '../../engine/analysis/analyse';
import { checkFit } from '../../engine/analysis/fit';
import { NET, net } from '../arguments';
import { defineCli } from '../command';
import { DATA_HELP, dataChoice, describeData } from '../data';
import { openNet } from '../net';
import { hasErrors, problemsText, tally } from '../problems';

/** `convloom check net.json`: every problem, with what to do; exit code 1 where it could not be trained. */
export const check = defineCli({
  name: 'check',
  summary: 'List every problem of a net, with what to do',
  argument: NET,
  options: [['--data <set>', `also whether it fits this data: ${DATA_HELP}`]],
  example: 'convloom check my-net.convloom.json --data mnist',
  args: z.object({ net, data: z.string().min(1).optional() }),

  async run({ net: name, data: set }) {
    const { doc } = await openNet(name);
    const analysis = analyse(doc);
    const fit =
      set === undefined ? [] : checkFit(analysis.elaboration, await describeData(await dataChoice(set)));
    const problems = [...analysis.problems, ...fit];
    const data = { name: doc.name, problems: report(doc, { ...analysis, problems }).problems };
    const bad = hasErrors(problems);
    const last = problems.length === 0 ? `${doc.name}: no problems.` : `${doc.name}: ${tally(problems)}.`;
    return { text: [problemsText(problems), last].filter(Boolean).join('\n\n'), data, exit: bad ? 1 : 0 };
  },
});
