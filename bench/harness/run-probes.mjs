import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { rotated } from './statistics.mjs';

/**
 * A file of bench/probes/ and its arguments: it measures one thing once, and sends the parent an object
 * of numbers. A second time in one process would find everything compiled.
 *
 * @typedef {readonly [file: string, ...args: unknown[]]} Probe
 */

/**
 * Runs each probe in as many processes of its own, in turns: what slows the machine for a while slows
 * all of them.
 *
 * @param {Readonly<Record<string, Probe>>} probes
 * @param {number} processes
 * @returns {Promise<Record<string, Record<string, number>[]>>} what each process sent, by probe
 */
export async function runProbes(probes, processes) {
  const names = Object.keys(probes);
  const sent = Object.fromEntries(names.map((name) => [name, []]));
  for (let process = 0; process < processes; process++) {
    for (const name of rotated(names, process)) sent[name].push(await runProbe(probes[name]));
  }
  return sent;
}

/** @param {Probe} probe */
export async function runProbe([file, ...args]) {
  const path = fileURLToPath(new URL(`../probes/${file}`, import.meta.url));
  const child = fork(path, args.map(String), { execArgv: ['--expose-gc'] });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(
      `Expected ${file} ${args.join(' ')} to send a message, it ended with ${signal ?? `code ${code}`}.`,
    );
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  await ended.catch(() => {});
  return message;
}

/**
 * One series of what the processes sent.
 *
 * @param {Record<string, Record<string, number>[]>} sent
 * @param {(message: Record<string, number>) => number} read
 * @returns {Record<string, number[]>} by probe
 */
export function series(sent, read) {
  return Object.fromEntries(Object.entries(sent).map(([name, all]) => [name, all.map(read)]));
}
