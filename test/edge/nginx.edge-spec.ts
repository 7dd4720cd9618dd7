import { nginx as target } from '../../lib/edge/nginx/nginx.js';
import { planEdge } from '../../lib/edge/plan/plan-edge.js';
import { startApp } from '../support/platforms.js';
import { optionsInFile, policyFile } from '../support/policy-files.js';
import { send } from '../support/send.js';
import { describeEdge } from './edge-suite.js';
import { nginx as engine } from './engines.js';
import { mutant } from './mutants.js';
import { PlainShopModule } from './shop.js';
import { startEdge } from './start-edge.js';

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
    mutant('what cannot be read is allowed', /^.*"~\^<:".*$/m, ''),
    mutant('the timing is not shown', /^add_header Timing-Allow-Origin .*$/m, ''),
    mutant('a place is missing', /^.*"~\*\^\/orders\/\[.*$/m, ''),
    mutant("the upstream's headers stay", /^proxy_hide_header Access-Control-Allow-Origin;$/m, ''),
  ],
});

describe('nginx', () => {
  const filesOf = async (file: Parameters<typeof planEdge>[0], basePath: string) =>
    target.files(
      await planEdge(file, {
        digest: 'e3b0c442',
        title: target.title,
        looksAround: target.looksAround,
        longestExpression: target.longestExpression,
        basePath,
        host: undefined,
      }),
      'answer',
    );

  it('mounts the application below a path, and touches nothing beside it', async () => {
    const upstream = await startApp('express', PlainShopModule);
    const policies = { 'forRoot()': {}, shop: { origin: ['https://shop.example.com'] } };
    const file = policyFile({ policies, routes: { 'GET /orders/:id': 'shop' } });
    const edge = await startEdge(engine, await filesOf(file, '/api'), upstream.port);
    try {
      const ask = async (path: string) => {
        const headers = { origin: 'https://shop.example.com' };
        const { status, cors } = await send(edge.port, 'GET', path, headers);
        return [status, cors];
      };
      const allowed = {
        'access-control-allow-origin': 'https://shop.example.com',
        vary: 'Origin',
      };
      expect(await ask('/api/orders/1')).toEqual([200, allowed]);
      expect(await ask('/api/orders')).toEqual([200, { vary: 'Origin' }]);
      const beside = [await ask('/orders/1'), await ask('/apiorders/1')];
      expect(beside.map(([, cors]) => cors)).toEqual([{}, {}]);
    } finally {
      await edge.stop();
      await upstream.app.close();
    }
  });

  it('leaves what it cannot read as one word', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `customer-number-${index}`);
    const source = `^https:\\/\\/(?:${names.join('|')})\\.example\\.com$`;
    const policies = { 'forRoot()': {}, long: { origin: [{ source, flags: '' }] } };
    const file = policyFile({
      policies,
      routes: { 'GET /long': 'long', 'GET /short': 'forRoot()' },
    });
    const edge = await startEdge(engine, await filesOf(file, ''), 1);
    try {
      const origin = 'https://app.example.com';
      const { status, cors } = await send(edge.port, 'GET', '/short', { origin });
      expect([status, cors['access-control-allow-origin']]).toEqual([502, origin]);
    } finally {
      await edge.stop();
    }
    const exposedHeaders = names.map((name) => `x-${name}`);
    const tooLong = policyFile({ policies: { 'forRoot()': { exposedHeaders } } });
    await expect(filesOf(tooLong, '')).rejects.toThrow(
      'Expected texts of up to 4000 characters, which is what nginx reads as one, got `"x-customer-number-0, ',
    );
  });

  it('takes thousands of origins, however long', async () => {
    const long = (index: number) => `https://${'a'.repeat(60)}.${'b'.repeat(60)}.o${index}.example`;
    const origin = Array.from({ length: 3000 }, (_, index) => long(index));
    const routes = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`GET /${'c'.repeat(90)}/r${index}`, 'forRoot()']),
    );
    const file = policyFile({
      routes,
      rest: { policies: { 'forRoot()': optionsInFile({ origin }) } },
    });
    const edge = await startEdge(engine, await filesOf(file, ''), 1);
    try {
      const { cors } = await send(edge.port, 'GET', '/', { origin: long(2999) });
      expect(cors['access-control-allow-origin']).toBe(long(2999));
    } finally {
      await edge.stop();
    }
  });
});
