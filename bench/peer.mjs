import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The environment of a peer: the user's own, without what slows a current numpy, and with equal threads. */
function environment({ task, folder }) {
  const { OPENBLAS_CORETYPE: _type, OPENBLAS_L2_SIZE: _size, ...env } = process.env;
  return {
    ...env,
    OMP_NUM_THREADS: String(task.threads),
    TF_ENABLE_ONEDNN_OPTS: '1',
    TF_CPP_MIN_LOG_LEVEL: '2',
    TORCHINDUCTOR_CACHE_DIR: folder,
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** A running peer. It computes only between a question and its answer, so that peers take turns on the cores. */
export class Peer {
  #process;
  #answers;
  #complaints = '';
  ready;

  constructor(entry) {
    this.entry = entry;
  }

  /** Starts the process and waits until its first training step is done. */
  async start(setup, installed) {
    const begun = performance.now();
    const [program, ...args] = this.entry.command(installed);
    this.#process = spawn(program, args, {
      env: { ...environment(setup), ...this.entry.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stderr.on('data', (text) => {
      this.#complaints = (this.#complaints + text).slice(-4000);
    });
    this.#process.stdin.on('error', () => {}); // a dead peer is reported by #answer
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.ready = await this.#ask(setup.task, 'ready');
    return { ...this.ready, startSeconds: (performance.now() - begun) / 1000 };
  }

  /** Milliseconds and loss of each of `steps` training steps. */
  round(steps) {
    return this.#ask({ steps }, 'round');
  }

  /** Ends the process; gives its peak memory. */
  async end() {
    this.#process.stdin.end();
    return this.#answer('end');
  }

  kill() {
    this.#process?.kill('SIGKILL');
  }

  #ask(question, event) {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    return this.#answer(event);
  }

  async #answer(event) {
    for (;;) {
      const { value: line, done } = await this.#answers.next();
      if (done) throw new Error(`${this.entry.title} stopped before '${event}':\n${this.#complaints.trim()}`);
      if (!line.startsWith('{')) continue; // frameworks greet on stdout too
      const answer = JSON.parse(line);
      if (answer.event !== event)
        throw new Error(`${this.entry.title}: '${answer.event}' instead of '${event}'`);
      return answer;
    }
  }
}
