import { FastifyAdapter } from '@nestjs/platform-fastify';
import { describeSample } from '../../01-quick-start/test/describe-sample.js';

describeSample('sample 02-fastify', () => new FastifyAdapter());
