import { nginx as target } from '../../lib/edge/nginx/nginx.js';
import { describeEdge } from './edge-suite.js';
import { nginx as engine } from './engines.js';
import { mutant } from './mutants.js';

describeEdge({
  engine,
  target,
  mutants: [
    mutant('errors have no headers', / always;/g, ';'),
    mutant('`Vary` is left out', /^add_header Vary .*$/m, ''),
    mutant('a pattern is not anchored at its end', /(tenant\\\.example\\\.com)\$/, '$1'),
    mutant('a dot stands for any character', /preview\\\.example/, 'preview.example'),
    mutant('an exact origin is missing', /^.*"https:\/\/admin\.example\.com:8443".*$/m, ''),
    mutant('the max-age is another', / 60;$/m, ' 600;'),
    mutant('the max-age of a path is another', / 86400;$/m, ' 8640;'),
    mutant('a method more is announced', /"GET, PUT";$/m, '"GET, PUT, PURGE";'),
    mutant('credentials are not allowed', /^add_header Access-Control-Allow-Credentials .*$/m, ''),
    mutant('headers are not exposed', /^add_header Access-Control-Expose-Headers .*$/m, ''),
    mutant('letter case of a pattern makes no difference', /"~\^https:\/\/pr-/, '"~*^https://pr-'),
    mutant('letter case of origins makes no difference', /^.*\[A-Z\]".*""; *$/m, ''),
    mutant('a default port counts', /^.*:80\|.*$/m, ''),
    mutant('refused preflights are forwarded', /return 403 "";/, 'break;'),
    mutant('what cannot be read is allowed', /^.*"~\^!:".*$/m, ''),
    mutant('the timing is not shown', /^add_header Timing-Allow-Origin .*$/m, ''),
    mutant('a place is missing', /^.*"~\*\^\/orders\/\[.*$/m, ''),
    mutant("the upstream's headers stay", /^proxy_hide_header Access-Control-Allow-Origin;$/m, ''),
  ],
});
