import { exitIfTaken } from '../../01-quick-start/src/port-taken-error.js';
import { announcement } from './announcement.js';
import { startFrontEnd } from './start-front-end.js';

console.log(announcement(await startFrontEnd().catch(exitIfTaken)));
