import { announcement } from './announcement.js';
import { exitIfTaken } from './port-taken-error.js';
import { startSample } from './start-sample.js';

console.log(announcement(await startSample().catch(exitIfTaken)));
