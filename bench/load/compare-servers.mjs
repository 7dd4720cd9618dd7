import { startServer } from '../servers/start-server.mjs';
import { median, rotated } from '../harness/statistics.mjs';
import { checkAnswer } from './check-answer.mjs';
import { Connection } from './connection.mjs';

const CONNECTIONS = 32;

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {readonly string[]} server see servers/child.mjs
 * @property {string} [environment] `NODE_ENV`; absent: unset
 * @property {import('../work/requests.mjs').Work} work
 * @property {import('../work/answers.mjs').Answer} answer what it must send
 *
 * @typedef {object} Effort
 * @property {number} processes how many of each server, one after the other: where the system puts a
 * process makes some of them slower for as long as they live
 * @property {number} rounds with each of these
 * @property {number} requests in a round
 * @property {number} warmUp requests; by then V8 has compiled what there is to compile
 */

/**
 * Runs several servers, in turns, and measures the CPU time of each server's process for one request,
 * in microseconds.
 *
 * @param {readonly Contender[]} contenders
 * @param {Effort} effort
 * @param {number} [connections]
 * @returns {Promise<Record<string, number[]>>} by name: the median of the rounds of each process.
 * Those with the same index ran side by side
 */
export async function compareServers(contenders, effort, connections = CONNECTIONS) {
  const times = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let process = 0; process < effort.processes; process++) {
    const measured = await sideBySide(rotated(contenders, process), effort, connections);
    for (const [name, rounds] of measured) times[name].push(median(rounds));
  }
  return times;
}

async function sideBySide(contenders, { rounds, requests, warmUp }, connections) {
  const times = new Map(contenders.map(({ name }) => [name, []]));
  const runs = [];
  try {
    for (const contender of contenders) {
      const server = await startServer(contender.server, { environment: contender.environment });
      const run = { ...contender, server, targets: { count: 0 } };
      runs.push(run);
      await measure(run, warmUp, connections);
    }
    // One round more, which does not count: a process that waited for the others to start runs at
    // half its speed at first, and those that follow each other do not wait long.
    for (let round = 0; round <= rounds; round++) {
      for (const run of rotated(runs, round)) {
        const time = await measure(run, requests, connections);
        if (round > 0) times.get(run.name).push(time);
      }
    }
  } finally {
    for (const { server } of runs) server.stop();
  }
  return times;
}

/** New connections for each round: a server closes those that wait for their turn too long. */
async function measure({ name, server, work, answer, targets }, requests, count) {
  const connections = [];
  try {
    let length = 0;
    for (let i = 0; i < count; i++) {
      const connection = await Connection.open(server.port, work, targets);
      connections.push(connection);
      const text = await connection.exchange();
      if (i === 0) checkAnswer(text, answer, name);
      length = text.length;
    }
    const each = Math.ceil(requests / count);
    const before = await server.cpuTime();
    await Promise.all(connections.map((connection) => connection.repeat(each, length)));
    return ((await server.cpuTime()) - before) / (each * count);
  } finally {
    for (const connection of connections) connection.close();
  }
}
