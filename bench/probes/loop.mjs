/**
 * Times one loop: `node loop.mjs <effort as JSON> <file of bench/loops> <its arguments>`. Sends the
 * parent the nanoseconds of CPU time of a pass.
 */
import { timeLoop } from '../harness/time-loop.mjs';

const [effort, file, ...args] = process.argv.slice(2);
const { makeLoop } = await import(`../loops/${file}`);
process.send({ time: timeLoop(await makeLoop(...args), JSON.parse(effort)) });
process.disconnect();
