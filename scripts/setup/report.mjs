// What set-up, build and tests say as they go: one line a step, with a tick and its seconds.

/** @param {number} milliseconds @returns {string} as `0.4 s`, `12.3 s` or `3 min 05 s` */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  const rest = Math.round(seconds % 60);
  return `${Math.floor(seconds / 60)} min ${String(rest).padStart(2, '0')} s`;
}

/** @param {number} bytes @returns {string} as `274 MB` or `1.3 GB`, decimal as pip counts */
export function size(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/**
 * The line of a running step: rewritten in place on a terminal, a plain line every 2 s elsewhere.
 * @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} stream
 */
function liveLine(stream, name) {
  let last = 0;
  const clear = () => stream.isTTY && stream.write('\r\u001b[2K');
  const draw = (text) => {
    const line = text ? `  ${name}: ${text}` : `  ${name} …`;
    if (!stream.isTTY) return stream.write(`${line}\n`);
    clear();
    return stream.write(line.slice(0, (stream.columns ?? 80) - 1));
  };
  return {
    show(text) {
      const now = Date.now();
      if (now - last < (stream.isTTY ? 100 : 2000)) return;
      last = now;
      draw(text);
    },
    done(text) {
      clear();
      stream.write(`${text}\n`);
    },
  };
}

/**
 * @typedef {(text: string) => void} Show tells how far a step is; too frequent calls are dropped
 * @typedef {ReturnType<typeof createReport>} Report
 */

/** @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} stream */
export function createReport(stream = process.stderr) {
  return {
    /** Writes a line of its own. @param {string} text */
    note(text) {
      stream.write(`${text}\n`);
    },
    /**
     * Runs a step and shows it: `✓ name  detail  1.2 s`, or `✗ name` and the error goes on.
     * @template {string | void} T
     * @param {string} name
     * @param {(show: Show) => Promise<T>} work its text, if any, stands beside the tick; one that begins
     *   with `! ` makes a warning
     */
    async step(name, work) {
      const began = Date.now();
      const line = liveLine(stream, name);
      line.show('');
      try {
        const detail = await work(line.show);
        const warns = detail?.startsWith('! ');
        const words = [warns ? `! ${name}` : `✓ ${name}`, warns ? detail.slice(2) : detail];
        line.done([...words, duration(Date.now() - began)].filter(Boolean).join('  '));
        return detail;
      } catch (error) {
        line.done(`✗ ${name}  ${duration(Date.now() - began)}`);
        throw error;
      }
    },
  };
}
