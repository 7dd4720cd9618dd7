import { exitIfTaken } from '../../01-quick-start/src/port-taken-error.js';
import { announcement } from './announcement.js';
import { startSample } from './start-sample.js';

const { port } = await startSample().catch(exitIfTaken);
console.log(announcement(port));
