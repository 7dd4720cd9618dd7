import { announcement } from './announcement.js';
import { startFrontEnd } from './start-front-end.js';

console.log(announcement(await startFrontEnd()));
