import { startServer } from '../servers/start-server.mjs';
import { median, rotated } from '../timing/statistics.mjs';
import { checkAnswer } from './check-answer.mjs';
import { Connection } from './connection.mjs';

const CONNECTIONS = 8;
/** By then V8 has compiled what there is to compile. */
const WARM_UP = 8000;

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {readonly string[]} server see servers/child.mjs
 * @property {import('../work/answers.mjs').Answer} answer what it must send
 *
 * @typedef {object} Effort
 * @property {number} processes how many of each server, one after the other: where the system puts a
 * process makes some of them slower for as long as they live
 * @property {number} rounds with each of these
 * @property {number} requests in a round
 */

/**
 * Runs the same work against several servers, in turns, and measures the CPU time of each server's
 * process for one request, in microseconds.
 *
 * @param {readonly Contender[]} contenders
 * @param {import('../work/requests.mjs').Work} work
 * @param {Effort} effort
 * @returns {Promise<Record<string, import('../timing/statistics.mjs').Measured>>} by name
 */
export async function compareServers(contenders, work, { processes, rounds, requests }) {
  const times = new Map(contenders.map(({ name }) => [name, []]));
  for (let process = 0; process < processes; process++) {
    const runs = [];
    try {
      for (const contender of contenders) {
        const run = { ...contender, server: await startServer(contender.server) };
        runs.push(run);
        await measure(run, work, WARM_UP);
      }
      // One round more, which does not count: a process that waited for the others to start runs at
      // half its speed at first, and those that follow each other do not wait long.
      for (let round = 0; round <= rounds; round++) {
        for (const run of rotated(runs, round)) {
          const time = await measure(run, work, requests);
          if (round > 0) times.get(run.name).push(time);
        }
      }
    } finally {
      for (const { server } of runs) server.stop();
    }
  }
  return Object.fromEntries(
    Array.from(times, ([name, list]) => [name, { median: median(list), rounds: list }]),
  );
}

/** New connections for each round: a server closes those that wait for their turn too long. */
async function measure({ name, server, answer }, work, requests) {
  const connections = [];
  try {
    let length = 0;
    for (let i = 0; i < CONNECTIONS; i++) {
      const connection = await Connection.open(server.port, work);
      connections.push(connection);
      const text = await connection.exchange();
      checkAnswer(text, answer, name);
      length = text.length;
    }
    const each = Math.ceil(requests / CONNECTIONS);
    const before = await server.cpuTime();
    await Promise.all(connections.map((connection) => connection.repeat(each, length)));
    return ((await server.cpuTime()) - before) / (each * CONNECTIONS);
  } finally {
    for (const connection of connections) connection.close();
  }
}
