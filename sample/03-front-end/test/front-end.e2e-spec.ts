import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { send } from '../../../test/support/send.js';
import { announcement } from '../src/announcement.js';
import { PAGE_CALLS } from '../page/page-calls.js';
import type { RunningFrontEnd } from '../src/start-front-end.js';
import { viteBin } from '../src/vite-bin.js';
import { browse } from './browse.js';
import { startOnFreePorts } from './start-on-free-ports.js';

const VARY = { vary: 'Origin' };
const ANY = { 'access-control-allow-origin': '*' };

describe('sample 03-front-end', () => {
  let sample: RunningFrontEnd;
  let pagePort: number;
  let listed: string;
  let stranger: string;

  beforeAll(async () => {
    ({ sample, pagePort, listed, stranger } = await startOnFreePorts());
  }, 60_000);

  afterAll(() => sample.close());

  const call = (id: string) => {
    const found = PAGE_CALLS.find((each) => each.id === id);
    if (found === undefined) throw new Error(`The page has no call ${id}`);
    return found;
  };

  const named = () => ({
    'access-control-allow-origin': listed,
    'access-control-allow-credentials': 'true',
    ...VARY,
  });

  it('calls each route once', () => {
    expect(PAGE_CALLS.map(({ id }) => id)).toEqual(['list', 'update', 'feed', 'report', 'hook']);
  });

  describe('through the proxy', () => {
    it.each([
      ['list', [['GET', 200, VARY]]],
      ['feed', [['GET', 200, ANY]]],
      ['report', [['GET', 401, VARY]]],
      ['hook', [['POST', 202, {}]]],
    ])('%s is same-origin for either page: no preflight', async (id, exchanges) => {
      const expected = { verdict: 'not-cors', exchanges };
      expect(await browse(`${listed}/api`, call(id), listed)).toEqual(expected);
      expect(await browse(`${stranger}/api`, call(id), stranger)).toEqual(expected);
    });

    // Browsers send `Origin` with a PUT to their own origin too, and Vite passes it on.
    it('update carries headers that the browser does not look at', async () => {
      expect(await browse(`${listed}/api`, call('update'), listed)).toEqual({
        verdict: 'not-cors',
        exchanges: [
          ['PUT', 200, { ...named(), 'access-control-expose-headers': 'x-order-version' }],
        ],
      });
    });

    it('update works for the page that CORS would refuse', async () => {
      expect(await browse(`${stranger}/api`, call('update'), stranger)).toEqual({
        verdict: 'not-cors',
        exchanges: [['PUT', 200, VARY]],
      });
    });
  });

  describe('through CORS', () => {
    it.each([
      ['list', () => [['GET', 200, named()]]],
      [
        'update',
        () => [
          [
            'OPTIONS',
            204,
            {
              ...named(),
              'access-control-allow-methods': 'PUT',
              'access-control-allow-headers': 'content-type',
              'access-control-max-age': '60',
            },
          ],
          ['PUT', 200, { ...named(), 'access-control-expose-headers': 'x-order-version' }],
        ],
      ],
      ['feed', () => [['GET', 200, ANY]]],
      ['report', () => [['GET', 401, named()]]],
    ])('%s is allowed to the listed page', async (id, exchanges) => {
      expect(await browse(sample.apiUrl, call(id), listed)).toEqual({
        verdict: 'allowed',
        exchanges: exchanges(),
      });
    });

    it('hook is not', async () => {
      expect(await browse(sample.apiUrl, call('hook'), listed)).toEqual({
        verdict: 'blocked',
        exchanges: [['OPTIONS', 403, {}]],
      });
    });

    it.each([
      ['list', 'blocked', [['GET', 200, VARY]]],
      ['update', 'blocked', [['OPTIONS', 403, VARY]]],
      ['feed', 'allowed', [['GET', 200, ANY]]],
      ['report', 'blocked', [['GET', 401, VARY]]],
      ['hook', 'blocked', [['OPTIONS', 403, {}]]],
    ])('%s from the other page is %s', async (id, verdict, exchanges) => {
      expect(await browse(sample.apiUrl, call(id), stranger)).toEqual({ verdict, exchanges });
    });
  });

  it('serves the page, and its modules as JavaScript', async () => {
    const html = await send(pagePort, 'GET', '/');
    const app = await send(pagePort, 'GET', '/page/app.tsx');
    const types = [html, app].map(({ status, lines }) => [
      status,
      new Map(lines).get('content-type'),
    ]);
    expect(types).toEqual([
      [200, 'text/html'],
      [200, 'text/javascript'],
    ]);
    expect(html.body).toContain('<script type="module" src="/page/main.tsx"></script>');
    expect(app.body).toContain('export function App()');
  });

  it('needs no CORS on the server of the page', async () => {
    const { status, cors } = await send(pagePort, 'GET', '/', { origin: listed });
    expect([status, cors]).toEqual([200, {}]);
  });

  it('says what to open', () => {
    expect(announcement(sample).split('\n').filter(Boolean)).toEqual([
      `The orders API listens on ${sample.apiUrl}, with CORS_ORIGINS=${listed}`,
      'Vite serves the page and passes /api on to the API. Open the page on two origins:',
      `  ${listed}`,
      `  ${stranger}`,
    ]);
  });

  it('says why Vite does not start', async () => {
    const { startVite } = await import('../src/start-vite.js');
    await expect(startVite(pagePort, sample.apiUrl)).rejects.toThrow(
      `Port ${pagePort} is taken. Stop the program that listens on it, or set another one: PAGE_PORT=${pagePort + 10}.`,
    );
  });

  it('builds a page that knows CORS alone', async () => {
    const outDir = await mkdtemp(join(tmpdir(), 'front-end-'));
    try {
      await promisify(execFile)(
        process.execPath,
        [viteBin(), 'build', 'sample/03-front-end', '--outDir', outDir, '--logLevel', 'warn'],
        {
          env: { ...process.env, NODE_ENV: 'production', VITE_API_URL: 'https://api.example.com' },
        },
      );
      const assets = await readdir(join(outDir, 'assets'));
      const scripts = assets.filter((name) => name.endsWith('.js'));
      const [script = ''] = scripts;
      const source = await readFile(join(outDir, 'assets', script), 'utf8');
      expect((await readdir(outDir)).toSorted()).toEqual(['assets', 'index.html']);
      expect(scripts).toHaveLength(1);
      expect(source).toContain('https://api.example.com');
      expect(source).not.toMatch(/["'`]\/api["'`]/);
    } finally {
      await rm(outDir, { recursive: true });
    }
  }, 60_000);
});
