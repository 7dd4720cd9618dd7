import { Script } from 'node:vm';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { preflight, send } from '../../../test/support/send.js';
import { PAGE_REQUESTS } from '../src/page/page-requests.js';
import type { RunningSample } from '../src/start-sample.js';
import { browse } from './browse.js';
import { PAGE, PREFLIGHTS, RESPONSES, STRANGER, type Exchange } from './exchanges.js';

const portOf = (url: string) => Number(new URL(url).port);

/** The sample as `npm start` runs it, on free ports, whatever its platform. */
export function describeSample(name: string, createAdapter: () => AbstractHttpAdapter): void {
  describe(name, () => {
    let sample: RunningSample;
    let api: number;
    let page: number;

    beforeAll(async () => {
      process.env['PORT'] = '0';
      process.env['PAGE_PORT'] = '0';
      // Importing the sample reads `.env`, which must find no variable of whoever runs the tests.
      delete process.env['CORS_ORIGINS'];
      const { startSample } = await import('../src/start-sample.js');
      sample = await startSample(createAdapter(), { abortOnError: false, logger: false });
      api = portOf(sample.apiUrl);
      page = portOf(sample.pageUrl);
    });

    afterAll(() => sample.close());

    describe.each(RESPONSES)('$method $path: $what', (exchange) => {
      const { method, path, headers, body } = exchange;
      const senders: [string, Record<string, string>, Exchange['toPage']][] = [
        ['the allowed page', { origin: PAGE }, exchange.toPage],
        ['another page', { origin: STRANGER }, exchange.toStranger],
        ['no page', {}, exchange.withoutOrigin],
      ];

      it.each(senders)('to %s', async (_, origin, expected) => {
        const answer = await send(api, method, path, { ...origin, ...headers }, body);
        expect([answer.status, answer.cors]).toEqual(expected);
      });
    });

    it.each(PREFLIGHTS)(
      'preflight for $method $path, $names',
      async ({ method, path, names, toPage, toStranger }) => {
        const listed = await preflight(api, path, PAGE, method, names);
        const other = await preflight(api, path, STRANGER, method, names);
        expect([listed.status, listed.cors, listed.body]).toEqual([...toPage, '']);
        expect([other.status, other.cors, other.body]).toEqual([...toStranger, '']);
      },
    );

    it('counts the updates in a header that the policy exposes', async () => {
      const version = async () => {
        const { lines } = await send(
          api,
          'PUT',
          '/orders/2',
          { origin: PAGE, 'content-type': 'application/json' },
          '{"item":"espresso"}',
        );
        return new Map(lines).get('x-order-version');
      };
      expect([await version(), await version()]).toEqual(['2', '3']);
    });

    it('serves the page with each of its requests, its style and its script', async () => {
      const html = await send(page, 'GET', '/');
      const style = await send(page, 'GET', '/page.css');
      const script = await send(page, 'GET', '/page.js');
      const types = [html, style, script].map(({ status, lines }) => [
        status,
        new Map(lines).get('content-type'),
      ]);
      const rows = [...html.body.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id);

      expect(types).toEqual([
        [200, 'text/html; charset=utf-8'],
        [200, 'text/css; charset=utf-8'],
        [200, 'text/javascript; charset=utf-8'],
      ]);
      expect(rows).toEqual(PAGE_REQUESTS.map(({ id }) => id));
      expect(() => new Script(script.body)).not.toThrow();
      expect(script.body).toContain(`"apiUrl":"${sample.apiUrl}","corsOrigins":["${PAGE}"]`);
    });

    it('has the inspector beside the API, for its own page only', async () => {
      const ask = (headers: Record<string, string>) =>
        send(
          api,
          'POST',
          '/cors/api/application',
          { 'content-type': 'application/json', ...headers },
          '{}',
        );
      const own = await ask({});
      const foreign = await ask({ origin: PAGE });
      expect([own.status, JSON.parse(own.body).path, foreign.status]).toEqual([200, '/cors', 403]);
      expect(sample.inspectorUrl).toBe(`${sample.apiUrl}/cors`);
    });

    it('refuses what the page server does not have', async () => {
      const missing = await send(page, 'GET', '/ask/nothing');
      const posted = await send(page, 'POST', '/');
      expect([missing.status, posted.status]).toEqual([404, 405]);
    });

    it('shows the page what it cannot read', async () => {
      const toPage = await send(page, 'GET', '/ask/update', { host: 'localhost:3001' });
      const toStranger = await send(page, 'GET', '/ask/update', { host: '127.0.0.1:3001' });
      const named = [
        ['Access-Control-Allow-Origin', PAGE],
        ['Access-Control-Allow-Credentials', 'true'],
      ];
      expect(JSON.parse(toPage.body)).toEqual({
        origin: PAGE,
        preflight: {
          status: 204,
          headers: [
            ['Access-Control-Allow-Origin', PAGE],
            ['Vary', 'Origin'],
            ['Access-Control-Allow-Credentials', 'true'],
            ['Access-Control-Allow-Methods', 'PUT'],
            ['Access-Control-Allow-Headers', 'content-type'],
            ['Access-Control-Max-Age', '60'],
          ],
        },
        response: {
          status: 200,
          headers: [
            ...named,
            ['Access-Control-Expose-Headers', 'x-order-version'],
            ['Vary', 'Origin'],
          ],
        },
        once: false,
      });
      expect(JSON.parse(toStranger.body)).toEqual({
        origin: STRANGER,
        preflight: { status: 403, headers: [['Vary', 'Origin']] },
        response: null,
        once: false,
      });
    });

    it('creates no order of its own', async () => {
      const count = async () => JSON.parse((await send(api, 'GET', '/orders')).body).length;
      const before = await count();
      const asked = await send(page, 'GET', '/ask/create', { host: 'localhost:3001' });
      expect(JSON.parse(asked.body)).toMatchObject({ response: null, once: true });
      expect(await count()).toBe(before);
    });

    it('prints the command that says why a call is refused', async () => {
      const { body } = await send(page, 'GET', '/page.js');
      expect(body).toContain("'npx nestjs-cors check ' + sample.apiUrl + path");
    });

    describe.each(PAGE_REQUESTS)('the row $id', (row) => {
      it.each([
        ['the allowed page', PAGE, row.fromAllowedOrigin],
        ['another page', STRANGER, row.fromAnotherOrigin],
      ])('expects and asks what a browser does for %s', async (_, origin, expectation) => {
        const { verdict, sent } = await browse(sample.apiUrl, row, origin);
        const asked = await send(page, 'GET', `/ask/${row.id}`, { host: new URL(origin).host });
        const { preflight: first, response, once } = JSON.parse(asked.body);
        const second = response !== null || once;
        expect(verdict).toBe(expectation.verdict);
        expect([first && 'OPTIONS', second && row.method].filter(Boolean)).toEqual(sent);
      });
    });
  });
}
