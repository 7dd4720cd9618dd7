import { FastifyAdapter } from '@nestjs/platform-fastify';
import { announcement } from '../../01-quick-start/src/announcement.js';
import { exitIfTaken } from '../../01-quick-start/src/port-taken-error.js';
import { startSample } from '../../01-quick-start/src/start-sample.js';

console.log(announcement(await startSample(new FastifyAdapter()).catch(exitIfTaken)));
