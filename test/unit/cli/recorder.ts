import type { Terminal } from '../../../lib/cli/terminal.js';

/** A terminal that keeps what is written to it. */
export function recorder({ width = 80, colour = false } = {}) {
  let out = '';
  let error = '';
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    width,
    colour,
  };
  return { terminal, out: () => out, error: () => error };
}
