import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { chart } from './chart.mjs';
import { goalCells, markdown, netRows, overview, percent } from './markdown.mjs';

const results = new URL('results/', import.meta.url);

export function printTable(table) {
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  for (const row of table) {
    console.log(row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  '));
  }
}

/** One net's table, as soon as it is measured. */
export function printNet(result) {
  console.log(`\n${result.net.title}, batch ${result.net.batch}`);
  printTable(netRows(result));
  const [before, after] = result.load.map(percent);
  console.log(`Other programs kept ${before} (before) and ${after} (after) of the cores busy.`);
}

/** Ratios over all nets, and the goals. */
export function printOverview(list, goals) {
  for (const measure of ['speed', 'memory']) {
    console.log(`\nConvloom to each, ${measure}`);
    printTable(overview(list, measure));
  }
  console.log('');
  for (const goal of goals) {
    const [text, reached, verdict] = goalCells(goal);
    console.log(`${verdict.padEnd(4)}  ${reached.padStart(7)}  ${text}`);
  }
  for (const { net, failure } of list.filter((r) => r.failure))
    console.log(`FAILED  ${net.title}: ${failure}`);
}

/** The machine in general words: nothing that names it or its owner. */
export function machine() {
  const [first, ...others] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${first.model.trim()}, ${others.length + 1} cores, ${memory} GiB of memory, ${process.platform} ${process.arch}`;
}

/** Writes <date>.json, latest.md and latest.svg into bench/results. */
export function store(list, goals) {
  const date = new Date().toISOString().slice(0, 10);
  const where = { date, machine: machine() };
  const nets = list.map(({ net: { nodes: _nodes, ...net }, ...rest }) => ({ net, ...rest }));
  mkdirSync(results, { recursive: true });
  const write = (name, text) => writeFileSync(new URL(name, results), text);
  write(`${date}.json`, `${JSON.stringify({ ...where, goals, nets }, null, 2)}\n`);
  write('latest.md', markdown(list, goals, where));
  write('latest.svg', chart(list, where.machine));
}
