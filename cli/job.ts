import { basename } from 'node:path';
import { type Spread, spreadOfRuns } from '../engine/analysis/spread';
import type { RunControl } from '../engine/train/control';
import type { TrainEvent } from '../engine/train/events';
import { isJobOver, type Job, type JobEvent, type JobRun } from '../engine/train/jobs/job';
import { runJob } from '../engine/train/jobs/run-job';
import { type CliResult, callName, type Terminal } from './command';
import { duration, faultText, percent } from './format';
import { follow } from './progress';
import { underControl } from './run';
import { type Column, table } from './table';

/** Whether a job was seen to its end, and what came of it. */
export interface JobEnd extends CliResult {
  readonly job: Job | undefined;
  readonly interrupted: boolean;
}

/** Follows a job to its end. An interrupt ends it after the step under way; it goes on with `resume`. */
export async function jobToEnd(folder: string, terminal: Terminal): Promise<JobEnd> {
  const tell = follower(terminal);
  let job: Job | undefined;
  const interrupted = await underControl(terminal, async (control: RunControl) => {
    for await (const event of runJob(folder, control)) {
      if (event.type === 'job') job = event.job;
      tell(event);
    }
  });
  if (interrupted) terminal.note(`Go on with: ${callName()} resume ${folder}`);
  if (terminal.json && job) terminal.print(JSON.stringify({ type: 'summary', ...spreadOfRuns(job.runs) }));
  return { text: job ? jobTable(job) : '', data: undefined, job, interrupted };
}

/** Tells of each run as of a single one, under a line that says which it is. */
function follower(terminal: Terminal): (event: TrainEvent | JobEvent) => void {
  const tell = follow(terminal);
  let told = '';
  return (event) => {
    if (terminal.json) return terminal.print(JSON.stringify(event));
    if (event.type === 'fault') return terminal.note(faultText({ ...event.error, place: {}, repairs: [] }));
    if (event.type !== 'job') return tell(event);
    const { runs } = event.job;
    const i = runs.findIndex((r) => r.run !== null && r.result === null && r.fault === null);
    const line = i < 0 ? '' : `run ${i + 1} of ${runs.length}, seed ${runs[i]!.seed}`;
    if (line !== '' && line !== told && runs.length > 1) terminal.print(line);
    told = line;
  };
}

const columns: readonly Column<JobRun>[] = [
  { title: 'seed', of: (r) => String(r.seed), right: true },
  { title: 'accuracy', of: (r) => (r.result?.test ? percent(r.result.test.accuracy, 2) : '–'), right: true },
  { title: 'loss', of: (r) => r.result?.test?.loss.toFixed(4) ?? '–', right: true },
  { title: 'time', of: (r) => (r.result ? duration(r.result.seconds) : '–'), right: true },
  { title: 'run', of: (r) => (r.fault ? `${r.run}: ${r.fault.what}` : (r.run ?? 'not begun')) },
];

type Row = readonly [name: string, spread: Spread | null, text: (v: number) => string];
const spreads: readonly Column<Row>[] = [
  { title: '', of: ([name]) => name },
  { title: 'mean', of: ([, s, text]) => (s ? text(s.mean) : '–'), right: true },
  { title: 'deviation', of: ([, s, text]) => (s?.deviation == null ? '–' : text(s.deviation)), right: true },
  { title: 'min', of: ([, s, text]) => (s ? text(s.min) : '–'), right: true },
  { title: 'max', of: ([, s, text]) => (s ? text(s.max) : '–'), right: true },
];

/** Each run, then mean, deviation and limits of all. */
export function jobTable(job: Job): string {
  const { accuracy, loss, seconds } = spreadOfRuns(job.runs);
  const rows: readonly Row[] = [
    ['test accuracy', accuracy, (v) => percent(v, 2)],
    ['test loss', loss, (v) => v.toFixed(4)],
    ['seconds', seconds, (v) => v.toFixed(1)],
  ];
  const ended = job.runs.filter((r) => r.result).length;
  const left = isJobOver(job) ? '' : `, ${ended} of ${job.runs.length} ended`;
  return [
    table(columns, job.runs),
    '',
    table(spreads, rows),
    '',
    `job            ${basename(job.folder)}${left}`,
    `folder         ${job.folder}`,
  ].join('\n');
}
