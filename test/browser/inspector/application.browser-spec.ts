/// <reference lib="dom" />
import {
  Controller,
  Delete,
  Get,
  Header,
  Module,
  Post,
  Put,
  type INestApplication,
} from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { CorsInspector } from 'nestjs-cors/inspector';
import { buildPage } from '../../support/built-page.js';
import { PLATFORMS, startApp } from '../../support/platforms.js';
import { preflight, send } from '../../support/send.js';
import { chosenBrowsers } from '../browsers/chosen-browsers.js';
import { openBrowser } from '../browsers/open-browser.js';
import type { RealBrowser } from '../browsers/real-browser.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';
const HOSTILE = '<img src=x onerror="window.hacked=1">';

/** Which handlers ran. */
const ran: string[] = [];

@Controller('orders')
class OrdersController {
  @Get() @Header('Set-Cookie', 'sid=s3cr3t') list() {
    ran.push('list');
    return [];
  }
  @Post('hook') @Cors(false) hook() {
    return {};
  }
  @Get('feed') @Cors({ origin: '*', credentials: false }) feed() {
    return {};
  }
  @Get(':id') @Cors({ origin: () => true, credentials: false }) one() {
    return {};
  }
  @Put(':id') @Cors({ origin: `${APP}:8443`, maxAge: 60 }) update() {
    return {};
  }
  @Delete(':id') remove() {
    ran.push('remove');
    return {};
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: [APP, 'https://*.example.net'],
      credentials: true,
      paths: { '/files/*': { origin: '*', credentials: false } },
    }),
  ],
  controllers: [OrdersController],
})
class AppModule {}

/** Runs in the page: whether it has come to show a text, and what it shows. */
async function shown(text: string): Promise<string> {
  for (let turn = 0; turn < 500; turn += 1) {
    if (document.body.innerText.includes(text)) return document.body.innerText;
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((again) => {
      setTimeout(again, 20);
    });
  }
  throw new Error(`Expected the page to show ${text}, got: ${document.body.innerText}`);
}

/** Runs in the page. */
function type({ label, text }: { label: string; text: string }): Promise<void> {
  const field = Array.from(document.querySelectorAll('label')).find(
    (one) => one.textContent === label,
  )?.control;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    throw new Error(`No field is called ${label}.`);
  }
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return Promise.resolve();
}

/** Runs in the page. */
function click(text: string): Promise<void> {
  const found = Array.from(document.querySelectorAll<HTMLElement>('a, button')).find(
    (one) => one.textContent === text,
  );
  if (found === undefined) throw new Error(`Nothing is called ${text}.`);
  found.click();
  return Promise.resolve();
}

/** Runs in the page: each route, and what it says of the origin. */
function standings(): Promise<readonly (readonly [string, string])[]> {
  return Promise.resolve(
    Array.from(document.querySelectorAll('.route-table tbody tr'), (row) => [
      row.querySelector('.route-name')?.textContent ?? '',
      row.querySelector('.standing')?.textContent?.trim() ?? '',
    ]),
  );
}

/** Runs in the page, before anything else is done there. */
function watch(): Promise<void> {
  const faults: string[] = [];
  Object.assign(window, { faults });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    faults.push(`${violatedDirective} ${blockedURI}`);
  });
  window.addEventListener('error', ({ message }) => faults.push(message));
  Object.defineProperty(window, 'hacked', {
    set: () => {
      faults.push('a script ran');
    },
  });
  return Promise.resolve();
}

describe.each(chosenBrowsers())('an application in the inspector, in %s', (name) => {
  let browser: RealBrowser;
  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    await buildPage();
    ({ app, port } = await startApp(PLATFORMS[0]?.platform ?? 'express', AppModule, {
      configure: (created) => CorsInspector.setup('cors', created),
    }));
    browser = await openBrowser(name);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  beforeEach(() => {
    ran.length = 0;
  });
  afterEach(async () => {
    const faults = await browser.run(
      () => Promise.resolve((window as unknown as { faults: string[] }).faults),
      null,
    );
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });

  const open = async (fragment: string) => {
    await browser.open('about:blank');
    await browser.open(`http://127.0.0.1:${port}/cors${fragment}`);
    await browser.run(watch, null);
  };
  const enter = (label: string, text: string) => browser.run(type, { label, text });
  const press = (text: string) => browser.run(click, text);
  const see = (text: string) => browser.run(shown, text);

  it('colours its routes for the origin in the box', async () => {
    await open('');
    await see('8 lines');
    expect((await browser.run(standings, null)).map(([, standing]) => standing)).toEqual([
      '',
      '✗ CORS is off',
      ...Array.from({ length: 6 }, () => ''),
    ]);
    await enter('A page of', APP);
    await see('5 allow it (3 with credentials), 2 do not, 1 is decided at run time.');
    const ofApp = [
      ['GET /orders', '✓ allowed, with credentials'],
      ['POST /orders/hook', '✗ CORS is off'],
      ['GET /orders/feed', '✓ allowed'],
      ['GET /orders/:id', '? decided at run time'],
      ['PUT /orders/:id', '✗ refused'],
      ['DELETE /orders/:id', '✓ allowed, with credentials'],
      ['/files/*', '✓ allowed'],
      ['everything else', '✓ allowed, with credentials'],
    ];
    expect(await browser.run(standings, null)).toEqual(ofApp);
    await enter('A page of', EVIL);
    await see('2 allow it, 5 do not, 1 is decided at run time.');
    await enter('Find a route', 'ORDERS delete');
    await see('1 line, 0 of which');
    expect(await browser.run(standings, null)).toEqual([['DELETE /orders/:id', '✗ refused']]);
  });

  it('says what any page may call without a preflight', async () => {
    await open('#routes?find=orders');
    await see('6 lines, 4 of which any page may call without a preflight.');
    const cells = await browser.run(
      () =>
        Promise.resolve(
          Array.from(
            document.querySelectorAll('.route-table td:last-child'),
            (cell) => cell.textContent,
          ),
        ),
      null,
    );
    expect(cells).toEqual([
      'any page: GET',
      'any page: forms and text',
      'any page: GET',
      'any page: GET',
      'nothing',
      'nothing',
    ]);
  });

  it('has a page for each route: policy, explanation, and a call for the console', async () => {
    await open('');
    await see('8 lines');
    await press('PUT /orders/:id');
    await see('Whose page?');
    await enter('A page of', APP);
    const text = await see('The actual request is not sent.');
    expect(text).toContain('✗ Blocked: the page gets an error');
    expect(text).toContain(`// @Cors() on OrdersController.update: add\norigin: ['${APP}'],`);
    expect(text).toContain('Status 403');
    expect(text).toContain(`fetch('http://127.0.0.1:${port}/orders/1', {\n  method: 'PUT',\n})`);
    expect(text.replaceAll('\t', ' ')).toContain('maxAge 60 s @Cors() on OrdersController.update');
    await enter('A page of', `${APP}:8443`);
    const allowed = await see('✓ Allowed: the page gets the response');
    expect(allowed).toContain(`Access-Control-Allow-Origin: ${APP}:8443`);
    expect(allowed).toContain('Access-Control-Allow-Methods: PUT');
  });

  it('sends a GET, and what is not safe after a question only', async () => {
    await open(`#routes?${new URLSearchParams({ route: 'GET /orders', origin: APP }).toString()}`);
    await see('✓ Allowed: the page gets the response');
    await press('Send GET');
    await see('All headers of the last response');
    expect(ran).toEqual(['list']);
    const text = await browser.run(() => Promise.resolve(document.body.textContent), null);
    expect(text).toMatch(/set-cookie: \(not shown\)/i);
    expect(text).not.toContain('s3cr3t');
    await open(
      `#routes?${new URLSearchParams({ route: 'DELETE /orders/:id', origin: APP }).toString()}`,
    );
    await see('✓ Allowed: the page gets the response');
    const question = `Send DELETE /orders/1 to this application as a page of ${APP}? The handler runs for real.`;
    await press('Send the preflight alone');
    expect(await see('✓ The preflight passes: a browser would send the DELETE now')).toMatch(
      /Status 204\naccess-control-allow-origin: https:\/\/app\.example\.com/i,
    );
    await press('Send DELETE');
    await see(question);
    await press('No');
    await see('Send DELETE');
    expect(ran).toEqual(['list']);
    await press('Send DELETE');
    await see(question);
    await press('Yes, send it');
    await see('All headers of the last response');
    expect(ran).toEqual(['list', 'remove']);
  });

  it('lists refusals, and explains each', async () => {
    await send(port, 'GET', '/orders?token=secret', { origin: EVIL });
    await preflight(port, '/orders/1', EVIL, 'DELETE', 'x-tenant,content-type');
    await open('#refusals');
    const text = await see('The last 2');
    expect(text).toContain(
      `DELETE /orders/:id (OrdersController.remove) from ${EVIL}: its policy does not allow this origin. If it is yours, add '${EVIL}' to origin in forRoot().`,
    );
    expect(text).not.toContain('secret');
    await press('Explain it');
    expect(await see('✗ Blocked')).toContain('DELETE /orders/:id → OrdersController.remove');
    const headers = await browser.run(
      () => Promise.resolve(document.querySelector('textarea')?.value),
      null,
    );
    expect(headers).toBe('x-tenant: 1\ncontent-type: application/json');
  });

  it('shows markup as text, wherever it comes from', async () => {
    await send(port, 'GET', `/${encodeURIComponent(HOSTILE)}`, { origin: HOSTILE });
    await send(port, 'GET', `/orders/${HOSTILE}`.replaceAll(' ', '+'), { origin: 'null' });
    await open('#refusals');
    await see('malformed-origin');
    await open(`#routes?${new URLSearchParams({ origin: HOSTILE, find: HOSTILE }).toString()}`);
    await see('0 lines');
    const values = { path: `/${HOSTILE}`, origin: APP, method: HOSTILE, headers: HOSTILE };
    await open(`#routes?${new URLSearchParams(values).toString()}`);
    expect(await see('`method` to be a method'.replaceAll('`', ''))).toContain('<img src=x');
    await open(`#routes?${new URLSearchParams({ route: HOSTILE, origin: APP }).toString()}`);
    await see('Any request');
  });

  it('keeps what is secret out of the address', async () => {
    await open(`#routes?${new URLSearchParams({ route: 'GET /orders', origin: APP }).toString()}`);
    await see('✓ Allowed');
    await enter('with the headers', 'Authorization: Bearer s3cr3t\nx-tenant: acme');
    await see('Access-Control-Allow-Headers: authorization, x-tenant');
    const hash = await browser.run(async () => {
      while (!location.hash.includes('acme')) {
        // oxlint-disable-next-line no-await-in-loop
        await new Promise((again) => {
          setTimeout(again, 20);
        });
      }
      return decodeURIComponent(location.hash);
    }, null);
    expect(hash).not.toContain('s3cr3t');
  });
});
