import { announcement } from './announcement.js';
import { startSample } from './start-sample.js';

const { port } = await startSample();
console.log(announcement(port));
