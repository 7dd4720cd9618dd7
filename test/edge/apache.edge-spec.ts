import { apache as target } from '../../lib/edge/apache/apache.js';
import { describeEdge } from './edge-suite.js';
import { apache as engine } from './engines.js';
import { mutant } from './mutants.js';

describeEdge({
  engine,
  target,
  mutants: [
    mutant('`Vary` is left out', /^.*merge Vary.*$/gm, ''),
    mutant('a pattern is not anchored at its end', /(tenant\\\\\.example\\\\\.com)\$/, '$1'),
    mutant('a dot stands for any character', /preview\\\\\.example/, 'preview.example'),
    mutant('an exact origin is missing', /^.*'https:\/\/admin\.example\.com:8443'.*$/m, ''),
    mutant('the max-age is another', /max_age=60"/, 'max_age=600"'),
    mutant('the max-age of a path is another', /max_age=86400"/, 'max_age=8640"'),
    mutant(
      'a method more is announced',
      /allow_methods=GET, PUT"/,
      'allow_methods=GET, PUT, PURGE"',
    ),
    mutant('credentials are not allowed', /^.*set Access-Control-Allow-Credentials.*$/gm, ''),
    mutant('headers are not exposed', /^.*set Access-Control-Expose-Headers.*$/gm, ''),
    mutant('letter case of paths makes a difference', /#i"/g, '#"'),
    mutant('a default port counts', /req_novary\('Origin'\) !~ m#[^#]*:80[^#]*# && /, ''),
    mutant('hosts in capital letters count', /req_novary\('Origin'\) !~ m#[^#]*A-Z\]# && /, ''),
    mutant('hosts of any length count', /req_novary\('Origin'\) !~ m#[^#]*\{254\}# && /, ''),
    mutant('refused preflights are forwarded', /^.*\[F,L\].*$/m, ''),
    mutant('what cannot be read is allowed', /^.*cors_kind=malformed.*$/m, ''),
    mutant('the timing is not shown', /^.*set Timing-Allow-Origin.*$/gm, ''),
    mutant('a place is missing', /^.*m#\^\/orders\/\[.*$/m, ''),
  ],
});
