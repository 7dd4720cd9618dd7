import { pathToFileURL } from 'node:url';
import { readPaste } from '../../../lib/diagnosis/paste/read-paste.js';
import { SERVER_NAMES, serverKind } from '../../../lib/diagnosis/servers/servers.js';
import { fragmentOf } from '../../../lib/inspector/page/fragment.js';
import { inspect } from '../../../lib/inspector/page/inspect/inspection.js';
import { questionOf } from '../../../lib/inspector/page/inspect/question.js';
import { buildPage } from '../../support/built-page.js';
import { chosenBrowsers } from '../browsers/chosen-browsers.js';
import { openBrowser } from '../browsers/open-browser.js';
import type { RealBrowser } from '../browsers/real-browser.js';
import { OpenedPage } from './opened-page.js';
import { HOSTILE, PASTES } from './pastes.js';

const URL_ASKED = 'https://api.example.com/orders/1';
const PAGE = 'https://app.example.com';
const IN_ALL = 'With this change, it is allowed in all three.';
const PREFLIGHT = `curl -i -X OPTIONS ${URL_ASKED} -H 'Origin: ${PAGE}' -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: content-type'\nHTTP/1.1 204 No Content\nVary: Origin`;

describe.each(chosenBrowsers())('the inspector as a file, in %s', (name) => {
  let browser: RealBrowser;
  let page: OpenedPage;

  beforeAll(async () => {
    const { href } = pathToFileURL(await buildPage());
    browser = await openBrowser(name);
    page = new OpenedPage(browser, href);
  }, 120_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    const faults = await page.faults();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });

  it.each(PASTES)('reads $kind, and proves the change', async ({ text, heading }) => {
    await page.open();
    const sight = await page.paste(text);
    expect(sight.headings).toEqual([heading]);
    expect(sight.proof).toBe(IN_ALL);
    expect(sight.browsers).toEqual(['✓ Chromium allowed', '✓ Firefox allowed', '✓ Safari allowed']);
    expect(sight.picture).toMatch(/^Page to browser: fetch\(\)/);
    expect([sight.box, sight.text, ...sight.fields].join()).not.toContain('s3cr3t');
    expect(decodeURIComponent(await page.fragment())).not.toContain('s3cr3t');
  });

  it('says first what only looks like CORS', async () => {
    await page.open();
    const sight = await page.paste(`GET ${URL_ASKED} net::ERR_CERT_DATE_INVALID`);
    expect(sight.headings).toEqual(['CERTIFICATE']);
    expect(sight.text).toContain('Only looks like CORS');
    expect(sight.proof).toBe('');
  });

  it('shows examples where the box is empty, and again once it is cleared', async () => {
    await page.open();
    expect((await page.click('What curl -i printed')).headings).toEqual([
      '✗ Blocked on the response to the preflight: HEADER',
    ]);
    const cleared = await page.click('Clear');
    expect(cleared.box).toBe('');
    expect(cleared.headings).toEqual([]);
    expect(cleared.text).toContain('Headers of the network panel');
  });

  it('changes the verdict with every fact that is set', async () => {
    await page.open();
    const allowed = `${PREFLIGHT}\nAccess-Control-Allow-Origin: ${PAGE}\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: content-type`;
    const heading = async (sight: ReturnType<OpenedPage['sight']>) => (await sight).headings[0];
    expect(await heading(page.paste(allowed))).toBe(
      '✓ Allowed: what was pasted passes every check',
    );
    expect(await heading(page.click('Sent'))).toMatch(/: ACAC_NOT_TRUE$/);
    expect(await heading(page.click('Not sent'))).toMatch(/^✓ Allowed/);
    expect(await heading(page.set('Method', 'DELETE'))).toMatch(/: METHOD$/);
    expect(await heading(page.set('Method', 'PUT'))).toMatch(/^✓ Allowed/);
    expect(await heading(page.click('authorization'))).toMatch(/: HEADER$/);
    expect(await heading(page.click('authorization'))).toMatch(/^✓ Allowed/);
    await page.set('Another header', 'x-tenant: a');
    expect(await heading(page.click('Add'))).toMatch(/: HEADER$/);
    expect(await heading(page.click('x-tenant'))).toMatch(/^✓ Allowed/);
    expect(await heading(page.set('Page', 'https://other.example.com'))).toMatch(
      /: ACAO_MISMATCH$/,
    );
    const wrong = await page.set('Page', 'https://other.example.com/');
    expect(wrong.text).toContain('Write https://other.example.com: no path');
    expect((await page.set('Page', PAGE)).headings[0]).toMatch(/^✓ Allowed/);
  });

  it('forgets what was set for one paste when another takes its place', async () => {
    await page.open();
    await page.paste(PREFLIGHT);
    expect((await page.set('Method', 'DELETE')).picture).toContain('asks for DELETE');
    const { picture } = await page.paste(PREFLIGHT.replace('orders/1', 'orders/2'));
    expect(picture).toContain('OPTIONS /orders/2, asks for PUT with content-type');
  });

  it('says what still fails where the change is not enough', async () => {
    await page.open();
    const { proof, browsers } = await page.paste(
      `curl -i -X OPTIONS ${URL_ASKED} -H 'Origin: ${PAGE}' -H 'Access-Control-Request-Method: patch' -H 'Access-Control-Request-Headers: x-tenant'\nHTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PATCH`,
    );
    expect(proof).toBe('With this change, it is still blocked in Chromium, Firefox, and Safari.');
    expect(browsers[0]).toMatch(/^✗ Chromium HEADER.*does not contain x-tenant/);
  });

  it('speaks as the browser that is chosen', async () => {
    await page.open();
    await page.paste(PREFLIGHT);
    expect((await page.click('Safari')).text).toContain(
      `Origin ${PAGE} is not allowed by Access-Control-Allow-Origin. Status code: 204`,
    );
    expect((await page.click('Firefox')).text).toContain(
      '(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 204.',
    );
  });

  it('says what helps where the server is somebody else’s', async () => {
    await page.open();
    await page.paste(PREFLIGHT);
    const sight = await page.click('No');
    expect(sight.text).toContain("api.example.com is somebody else's server: only they can allow");
    expect(sight.code).not.toHaveProperty('Written for nestjs-cors');
    expect((await page.click('Yes')).proof).toBe(IN_ALL);
  });

  it('copies the change for each kind of server, with its proof', async () => {
    await page.open();
    await page.paste(PREFLIGHT);
    const paste = readPaste(PREFLIGHT);
    for (const server of SERVER_NAMES) {
      const question = questionOf({ for: server }, paste);
      if (question === null) throw new Error('Expected a question');
      // oxlint-disable-next-line no-await-in-loop
      const { change } = await inspect(question, paste);
      // oxlint-disable-next-line no-await-in-loop
      const { proof } = await page.set('Server', server);
      // oxlint-disable-next-line no-await-in-loop
      const copied = await page.copied(`Written for ${serverKind(server).title}`);
      expect([server, copied, proof]).toEqual([server, change?.code.join('\n'), IN_ALL]);
    }
    await page.open();
    const { code } = await page.paste(PREFLIGHT);
    const last = serverKind(SERVER_NAMES.at(-1) ?? 'nginx').title;
    // It is remembered, where a browser remembers anything for a file.
    expect(code).toHaveProperty(`Written for ${last}`);
    await page.set('Server', '');
  }, 120_000);

  it('copies the command and the line of curl', async () => {
    await page.open();
    await page.paste(PREFLIGHT);
    expect(await page.copied('The command')).toBe(
      `npx nestjs-cors check ${URL_ASKED} \\\n  --origin ${PAGE} \\\n  --method PUT \\\n  --header 'content-type: application/json'`,
    );
    expect(await page.copied('With curl')).toBe(
      `curl -i -X OPTIONS ${URL_ASKED} \\\n  -H 'Access-Control-Request-Method: PUT' \\\n  -H 'Access-Control-Request-Headers: content-type' \\\n  -H 'Origin: ${PAGE}'`,
    );
  });

  it('opens as it was left, from its address', async () => {
    await page.open();
    await page.paste(PREFLIGHT);
    await page.set('Method', 'PATCH');
    const before = await page.click('Sent');
    const fragment = await page.fragment();
    expect(await page.written(fragment)).toBe(fragment);
    await page.open(fragment);
    const after = await page.sight();
    expect({ ...after, text: '' }).toEqual({ ...before, text: '' });
    expect(after.picture).toContain('asks for PATCH');
  });

  it('opens a call from a link, without a paste', async () => {
    await page.open(
      `#inspect?url=${encodeURIComponent(URL_ASKED)}&origin=${encodeURIComponent(PAGE)}&method=DELETE&cookies=1`,
    );
    const { picture, proof } = await page.sight();
    expect(picture).toContain('Browser to server: OPTIONS /orders/1, asks for DELETE.');
    expect(proof).toBe(IN_ALL);
  });

  it('opens a HAR file, and lets one of its requests be chosen', async () => {
    const entry = (url: string) => ({
      request: { method: 'GET', url, headers: [{ name: 'origin', value: PAGE }] },
      response: { status: 200, headers: [{ name: 'vary', value: 'Origin' }] },
    });
    const har = JSON.stringify({ log: { entries: [entry(URL_ASKED), entry(`${URL_ASKED}/2`)] } });
    await page.open();
    expect((await page.openFile('session.har', har)).box).toContain(`Request URL: ${URL_ASKED}\n`);
    const { box, headings } = await page.set('Request of the file', `${URL_ASKED}/2`);
    expect(box).toContain(`Request URL: ${URL_ASKED}/2\n`);
    expect(headings).toEqual(['✗ Blocked on the response: ACAO_MISSING']);
  });

  it.each(HOSTILE)('shows as text what is hostile $where', async ({ text }) => {
    await page.open();
    const { box } = await page.paste(text);
    expect(box).not.toBe('');
    expect(await page.faults()).toEqual([]);
    await page.open(
      fragmentOf({ view: 'inspect', values: { paste: text, url: text, method: text } }),
    );
    await page.sight();
    const added = await browser.run(
      () =>
        Promise.resolve(
          document.querySelectorAll('img, iframe, script:not(#program), svg[onload]').length,
        ),
      null,
    );
    expect(added).toBe(0);
  });

  it.each([
    ['a message at the end of a megabyte', `${'noise '.repeat(160_000)}\n${PASTES[0]?.text}`],
    ['a megabyte of one line', `{"log": ${'['.repeat(1_000_000)}`],
    ['a megabyte of quotes', `curl '${URL_ASKED}' ${'"'.repeat(1_000_000)}`],
    ['a megabyte of headers', 'Access-Control-Allow-Origin: *\n'.repeat(33_000)],
    ['ten megabytes', 'x'.repeat(10_000_000)],
    ['control characters', '\u0000\u001b[31m\u202e\ufeff\ud800'],
  ])(
    'reads %s',
    async (_, text) => {
      await page.open();
      await page.paste(text);
      // It can still be used.
      expect((await page.paste(PASTES[0]?.text ?? '')).headings).toEqual([PASTES[0]?.heading]);
    },
    60_000,
  );
});
