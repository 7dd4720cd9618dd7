/**
 * One server in a process of its own: `node child.mjs <server> <its arguments>`. Sends the parent its
 * port, and its CPU time whenever asked.
 */
import * as nest from './nest.mjs';
import * as others from './others.mjs';

const [name, ...args] = process.argv.slice(2);
const port = await { ...nest, ...others }[name](...args);
process.on('disconnect', () => process.exit());
process.on('message', () => process.send({ cpu: process.cpuUsage() }));
process.send({ port });
