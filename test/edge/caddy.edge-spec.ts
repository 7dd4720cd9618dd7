import { CorsService } from 'nestjs-cors';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { startApp } from '../support/platforms.js';
import { send } from '../support/send.js';
import { HOST } from './requests.js';
import { ShopModule } from './shop.js';
import { startEdge } from './start-edge.js';
import { caddy as target } from '../../lib/edge/caddy/caddy.js';
import { describeEdge } from './edge-suite.js';
import { caddy as engine } from './engines.js';
import { mutant } from './mutants.js';
import { planFor } from './plan-for.js';

it('answers preflights before authentication, in a route', async () => {
  const own = await startApp('express', ShopModule);
  const file = readPolicyFile(JSON.stringify(own.app.get(CorsService).policy()), 'the file');
  const files = target.files(await planFor(target, file), 'answer');
  const guarded = files.map(({ path, text }) => ({
    path,
    text: text.replace(
      /\timport cors\n\treverse_proxy (.*)\n/,
      `\troute {
\t\timport cors
\t\t@anonymous not header Authorization *
\t\trespond @anonymous 401
\t\treverse_proxy $1
\t}
`,
    ),
  }));
  expect(guarded).not.toEqual(files);
  const edge = await startEdge(engine, guarded, own.port);
  try {
    const headers = { host: HOST, origin: 'https://app.example.com' };
    const asked = { ...headers, 'access-control-request-method': 'PUT' };
    const before = await send(edge.port, 'OPTIONS', '/labels', asked);
    const actual = await send(edge.port, 'GET', '/orders', headers);
    expect([before.status, actual.status, actual.cors['access-control-allow-origin']]).toEqual([
      403,
      401,
      'https://app.example.com',
    ]);
  } finally {
    await edge.stop();
    await own.app.close();
  }
});

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
