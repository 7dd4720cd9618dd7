import { buildPage } from '../../support/built-page.js';
import { listening } from '../../support/rewriting-proxy.js';
import { type RunningUi, startUi } from '../../support/start-ui.js';
import { chosenBrowsers } from '../browsers/chosen-browsers.js';
import { openBrowser } from '../browsers/open-browser.js';
import type { RealBrowser } from '../browsers/real-browser.js';
import { OpenedPage } from './opened-page.js';

const PAGE = 'http://localhost:5173';

describe.each(chosenBrowsers())('nestjs-cors ui in %s', (name) => {
  const asked: string[] = [];
  let api: Awaited<ReturnType<typeof listening>>;
  let address: string;
  let ui: RunningUi;
  let browser: RealBrowser;
  let page: OpenedPage;

  beforeAll(async () => {
    await buildPage();
    api = await listening((request, response) => {
      asked.push(`${request.method} ${request.url} from ${request.headers.origin ?? 'nobody'}`);
      response.writeHead(200, { server: 'nginx/1.26.2' }).end();
    });
    address = `http://127.0.0.1:${api.port}/orders`;
    ui = await startUi();
    browser = await openBrowser(name);
    page = new OpenedPage(browser, ui.url.href);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await ui?.stop();
    await api?.close();
  });
  beforeEach(async () => {
    asked.length = 0;
    await page.open();
    await page.paste(`curl ${address} -H 'Origin: ${PAGE}'`);
  });
  afterEach(async () => {
    const faults = await page.faults();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });

  const SEND = 'Send it, and see what the server answers';

  it('sends nothing before the user agrees, and then judges what comes', async () => {
    const question = await page.until(SEND, `Send GET ${address} as a page of ${PAGE}`);
    expect(question.headings).toEqual([
      '? The response is not in the paste, and it is the response that decides',
    ]);
    expect(asked).toEqual([]);
    const { headings, proof, code } = await page.until('Yes, send it', 'ACAO_MISSING');
    expect(asked[0]).toBe(`GET /orders from ${PAGE}`);
    expect(headings).toEqual(['✗ Blocked on the response: ACAO_MISSING']);
    expect(proof).toBe('With this change, it is allowed in all three.');
    expect(code).toHaveProperty('Written for nginx');
  });

  it('sends nothing where the user does not', async () => {
    await page.until(SEND, 'Send GET');
    const { headings, text } = await page.click('No', '.ask');
    expect(headings).toEqual([
      '? The response is not in the paste, and it is the response that decides',
    ]);
    expect(text).toContain(SEND);
    expect(asked).toEqual([]);
  });

  it('forgets an answer as soon as something else is asked', async () => {
    await page.until(SEND, 'Send GET');
    await page.until('Yes, send it', 'ACAO_MISSING');
    expect((await page.set('Method', 'DELETE')).headings).toEqual([
      '? The response is not in the paste, and it is the response that decides',
    ]);
  });

  it('gives away the token in no link', async () => {
    expect(await page.link()).not.toContain('token');
  });
});
