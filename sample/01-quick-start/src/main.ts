import { announcement } from './announcement.js';
import { startSample } from './start-sample.js';

console.log(announcement(await startSample()));
