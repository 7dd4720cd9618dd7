import { ExpressAdapter } from '@nestjs/platform-express';
import { describeSample } from './describe-sample.js';

describeSample('sample 01-quick-start', () => new ExpressAdapter());
