import { caddy as target } from '../../lib/edge/caddy/caddy.js';
import { describeEdge } from './edge-suite.js';
import { caddy as engine } from './engines.js';
import { mutant } from './mutants.js';

describeEdge({
  engine,
  target,
  mutants: [
    mutant('`Vary` is left out', /^.*\+\{cors_name_vary\}.*$/gm, ''),
    mutant('a pattern is not anchored at its end', /(tenant\\\.example\\\.com)\$/, '$1'),
    mutant('a dot stands for any character', /preview\\\.example/, 'preview.example'),
    mutant('an exact origin is missing', /^.*"https:\/\/admin\.example\.com:8443" 1$/m, ''),
    mutant('the max-age is another', /"60"$/m, '"600"'),
    mutant('the max-age of a path is another', /"86400"$/m, '"8640"'),
    mutant('a method more is announced', /"GET, PUT"$/m, '"GET, PUT, PURGE"'),
    mutant('credentials are not allowed', /^.*\{cors_name_allow_credentials\} ".*$/gm, ''),
    mutant('headers are not exposed', /^.*\{cors_name_expose_headers\} ".*$/gm, ''),
    mutant('letter case of paths makes a difference', /~\(\?i\)\^\//g, '~^/'),
    mutant('a default port counts', /^.*:443\)\$.*$/m, ''),
    mutant('hosts in capital letters count', /^.*\[A-Z\]` "".*$/m, ''),
    mutant('hosts of any length count', /^.*\{254\}.*$/m, ''),
    mutant('refused preflights are forwarded', /^.*respond @cors_refused.*$/m, ''),
    mutant('what cannot be read is allowed', /default malformed/, 'default preflight'),
    mutant('the timing is not shown', /^.*\{cors_name_timing_allow_origin\} ".*$/gm, ''),
    mutant('a place is missing', /^.*\^\/orders\/\[.*$/m, ''),
  ],
});
