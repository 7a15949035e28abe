import { VERSION } from '../engine/version';
import { runCli } from './main';
import { processTerminal } from './terminal';

const argv = process.argv.slice(2);
const terminal = processTerminal(argv.includes('--json'));
const exit = await runCli(argv, terminal, VERSION);
await terminal.flush();
// TensorFlow's threads would hold the process
process.exit(terminal.interrupted() ?? exit);
