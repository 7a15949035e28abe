import { cpus } from 'node:os';
import { VERSION } from '../engine/version';
import { runCli } from './main';
import { processTerminal } from './terminal';

// a net in use is computed by as many threads as there are cores; libuv has four, and reads this when it starts its first
process.env['UV_THREADPOOL_SIZE'] ??= String(Math.max(4, cpus().length));

const argv = process.argv.slice(2);
const terminal = processTerminal(argv.includes('--json'));
const exit = await runCli(argv, terminal, VERSION);
await terminal.flush();
// TensorFlow's threads would hold the process
process.exit(terminal.interrupted() ?? exit);
