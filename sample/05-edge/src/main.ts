import process from 'node:process';
import { createInterface } from 'node:readline';
import { exitIfTaken } from '../../01-quick-start/src/port-taken-error.js';
import { edgeAnnouncement } from './announcement.js';
import { startEdge } from './start-edge.js';

const edge = await startEdge().catch(exitIfTaken);
console.log(edgeAnnouncement(edge));

// nginx is a process of its own: it must not outlive this one.
const close = () => void edge.close().then(() => process.exit());
process.once('SIGINT', close).once('SIGTERM', close);

let isUp = true;
async function toggle(): Promise<void> {
  isUp = !isUp;
  await (isUp ? edge.startApi() : edge.stopApi());
  console.log(isUp ? 'The API is up.' : 'The API is down: nginx answers with 502.');
}
createInterface({ input: process.stdin }).on('line', () => void toggle());
