import { haproxy as target } from '../../lib/edge/haproxy/haproxy.js';
import { describeEdge } from './edge-suite.js';
import { haproxy as engine } from './engines.js';
import { mutant } from './mutants.js';

describeEdge({
  engine,
  target,
  mutants: [
    mutant('`Vary` is left out', /^.*add-header Vary.*$/m, ''),
    mutant('a pattern is not anchored at its end', /(tenant\\\.example\\\.com)\$/, '$1'),
    mutant('a dot stands for any character', /preview\\\.example/, 'preview.example'),
    mutant('an exact origin is missing', /^https:\/\/admin\.example\.com:8443 1$/m, ''),
    mutant('the max-age is another', / 60$/m, ' 600'),
    mutant('the max-age of a path is another', / 86400$/m, ' 8640'),
    mutant('a method more is announced', / GET, PUT$/m, ' GET, PUT, PURGE'),
    mutant('credentials are not allowed', /^.*set-header Access-Control-Allow-Credentials.*$/m, ''),
    mutant('headers are not exposed', /^.*set-header Access-Control-Expose-Headers.*$/m, ''),
    mutant('letter case of paths makes a difference', /\(\?i\)\^/g, '^'),
    mutant('a default port counts', /^.*acl cors_origin_unsent.*:80.*$/m, ''),
    mutant('hosts in capital letters count', /^.*acl cors_origin_unsent.*A-Z.*$/m, ''),
    mutant('hosts of any length count', /^.*acl cors_origin_unsent.*254.*$/m, ''),
    mutant('refused preflights are forwarded', /^.*return status 403.*$/m, ''),
    mutant('what cannot be read is allowed', /^.*str\(malformed\).*$/gm, ''),
    mutant('the timing is not shown', /^.*set-header Timing-Allow-Origin.*$/m, ''),
    mutant('a place is missing', /^.*\(\?i\)\^\/orders\/.*$/m, ''),
  ],
});
