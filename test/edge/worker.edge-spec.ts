import { worker as target } from '../../lib/edge/worker/worker.js';
import { describeEdge } from './edge-suite.js';
import { worker as engine } from './engines.js';
import { mutant } from './mutants.js';

describeEdge({
  engine,
  target,
  mutants: [
    mutant('a pattern is not anchored at its end', /(tenant\\\.example\\\.com)\$/, '$1'),
    mutant('a dot stands for any character', /preview\\\.example/, 'preview.example'),
    mutant('an exact origin is missing', /.https:\/\/admin\.example\.com:8443.,?/, ''),
    mutant('the max-age is another', /maxAge: 60\b/, 'maxAge: 61'),
    mutant('the max-age of a path is another', /maxAge: 86400\b/, 'maxAge: 8640'),
    mutant('a place is missing', /^.*\^\\\/orders\\\/\[.*$/m, ''),
  ],
});
