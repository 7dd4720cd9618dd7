/// <reference lib="dom" />
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXAMPLES } from '../../../lib/inspector/page/inspect/examples.js';
import { fragmentOf } from '../../../lib/inspector/page/fragment.js';
import { buildPage } from '../../support/built-page.js';
import { ChromiumPage, LOOKS } from './chromium-page.js';
import { PASTES } from './pastes.js';

/** A response that is blocked, with a server that is recognised; all parts of the page are there. */
const FULL = fragmentOf({ view: 'inspect', values: { paste: EXAMPLES[2]?.text ?? '' } });
const LOOKALIKE = fragmentOf({ view: 'inspect', values: { paste: EXAMPLES[5]?.text ?? '' } });
const WRONG = fragmentOf({ view: 'inspect', values: { url: 'nowhere' } });

describe('the inspector in Chromium', () => {
  let chromium: ChromiumPage;
  let url: string;

  beforeAll(async () => {
    url = pathToFileURL(await buildPage()).href;
    chromium = await ChromiumPage.start();
  }, 120_000);
  afterAll(() => chromium?.close());

  describe.each(LOOKS)('$name', (look) => {
    it.each([
      ['empty', ''],
      ['with an answer', FULL],
      ['with what only looks like CORS', LOOKALIKE],
      ['with something wrong', WRONG],
    ])('has nothing that axe finds: %s', async (_, fragment) => {
      await chromium.open(url + fragment, look);
      const axe = createRequire(join(process.cwd(), 'package.json')).resolve('axe-core');
      await chromium.page.evaluate(await readFile(axe, 'utf8'));
      const violations = await chromium.page.evaluate(async () => {
        const { axe: run } = window as unknown as {
          axe: { run: (options: object) => Promise<{ violations: readonly Found[] }> };
        };
        interface Found {
          readonly id: string;
          readonly nodes: readonly { readonly html: string }[];
        }
        const found = await run.run({ resultTypes: ['violations'] });
        return found.violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html }) => `${id}: ${html}`),
        );
      });
      expect(violations).toEqual([]);
    });

    it('is no wider than the window', async () => {
      await chromium.open(url + FULL, look);
      const width = await chromium.page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(look.width);
    });

    it('shows no word outside the picture', async () => {
      await chromium.open(url + FULL, look);
      const outside = await chromium.page.evaluate(() => {
        const frame = document.querySelector('svg.sequence')?.getBoundingClientRect();
        return [...document.querySelectorAll('svg.sequence text')]
          .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0)
          .filter(
            ({ box }) => frame === undefined || box.left < frame.left || box.right > frame.right,
          )
          .map(({ text }) => text);
      });
      expect(outside).toEqual([]);
    });
  });

  it('takes the theme of the system', async () => {
    expect(await backgroundOf(0)).toBe('rgb(251, 250, 247)');
    expect(await backgroundOf(1)).toBe('rgb(20, 23, 26)');

    async function backgroundOf(index: number): Promise<string> {
      await chromium.open(url, LOOKS[index]);
      return chromium.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    }
  });

  it('requests nothing from anywhere, and breaks no rule of its policy', async () => {
    const { requests, complaints } = chromium;
    requests.length = 0;
    await chromium.open(url + FULL);
    await chromium.page.select('.server select', 'caddy');
    await chromium.settled();
    expect(requests.filter((one) => !one.startsWith('blob:null/'))).toEqual([url + FULL]);
    expect(complaints).toEqual([]);
  });

  it('has a policy that stops what was not built into it', async () => {
    await chromium.open(url);
    chromium.complaints.length = 0;
    await chromium.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<i style="color: red">a</i>');
      await fetch('http://127.0.0.1:9/').catch(() => null);
    });
    const { complaints } = chromium;
    expect(await chromium.page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(
      complaints.filter((one) => /Content Security Policy|violates/.test(one)).length,
    ).toBeGreaterThanOrEqual(3);
    complaints.length = 0;
  });

  it('can be used with the keyboard alone', async () => {
    await chromium.open(url);
    const { page } = chromium;
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: one } = document;
        const label =
          one instanceof HTMLInputElement || one instanceof HTMLSelectElement
            ? one.labels?.[0]?.textContent
            : null;
        return `${one?.tagName.toLowerCase()}: ${one?.getAttribute('aria-label') ?? label ?? one?.textContent}`.trim();
      });
    const tabTo = async (wanted: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        // oxlint-disable-next-line no-await-in-loop
        await page.keyboard.press('Tab');
        // oxlint-disable-next-line no-await-in-loop
        if ((await focused()).includes(wanted)) return;
      }
      throw new Error(`The keyboard never got to ${wanted}`);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^textarea/);
    await page.keyboard.type(
      "curl https://api.example.com/orders -H 'Origin: https://app.example.com'",
    );
    await chromium.settled();
    await tabTo('Method');
    await page.keyboard.type('PUT');
    await tabTo('content-type');
    await page.keyboard.press('Space');
    await tabTo('Not sent');
    await page.keyboard.press('ArrowLeft');
    await tabTo('Chromium');
    await page.keyboard.press('ArrowRight');
    await chromium.settled();
    await tabTo('Server');
    await page.keyboard.type('Caddy');
    await chromium.settled();
    await tabTo('Copy');
    await page.keyboard.press('Enter');
    await tabTo('The command');
    const command = await page.evaluate(() => document.activeElement?.textContent);
    expect(command).toBe(
      "npx nestjs-cors check https://api.example.com/orders \\\n  --origin https://app.example.com \\\n  --method PUT \\\n  --header 'content-type: application/json' \\\n  --credentials \\\n  --browser firefox \\\n  --for caddy",
    );
    await tabTo('Copy a link');
  });

  it('takes a file that is dropped anywhere', async () => {
    await chromium.open(url);
    await chromium.page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'message.txt'));
      const options = { dataTransfer, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent('dragover', options));
      document.body.dispatchEvent(new DragEvent('drop', options));
    }, PASTES[0]?.text ?? '');
    await chromium.settled();
    expect(await chromium.heading()).toBe(PASTES[0]?.heading);
  });

  it('reads 50 MB of HAR beside the page, which goes on', async () => {
    await chromium.open(url);
    const frames = await chromium.page.evaluate(async () => {
      const entry = {
        request: {
          method: 'GET',
          url: 'https://api.example.com/big',
          headers: [{ name: 'origin', value: 'https://app.example.com' }],
        },
        response: { status: 200, headers: [], content: { text: 'x'.repeat(1_000_000) } },
      };
      const parts = Array.from({ length: 50 }, () => JSON.stringify(entry));
      const file = new File(['{"log":{"entries":[', parts.join(','), ']}}'], 'big.har');
      const input = document.querySelector<HTMLInputElement>('input[type=file]');
      const files = new DataTransfer();
      files.items.add(file);
      if (input !== null) input.files = files.files;
      input?.dispatchEvent(new Event('change', { bubbles: true }));
      let seen = 0;
      while (document.querySelector('.verdict') === null) {
        // oxlint-disable-next-line no-await-in-loop
        await new Promise(requestAnimationFrame);
        seen += 1;
      }
      return seen;
    });
    expect(frames).toBeGreaterThan(2);
    expect(await chromium.heading()).toBe('✗ Blocked on the response: ACAO_MISSING');
    expect(await chromium.page.$eval('textarea', ({ value }) => value.length)).toBeLessThan(300);
  }, 60_000);

  it('works where nothing can be remembered, and where there are no workers', async () => {
    const { identifier } = await chromium.page.evaluateOnNewDocument(() => {
      const refuse = () => {
        throw new DOMException('Denied', 'SecurityError');
      };
      Object.defineProperty(window, 'localStorage', { get: refuse });
      Object.assign(window, { Worker: refuse });
      history.replaceState = refuse;
    });
    try {
      await chromium.open(url + FULL);
      expect(await chromium.heading()).toBe('✗ Blocked on the response to the preflight: HEADER');
      await chromium.page.select('.server select', 'caddy');
      await chromium.settled();
      expect(await chromium.page.$eval('.code-head', ({ textContent }) => textContent)).toContain(
        'Written for Caddy',
      );
      expect(chromium.complaints).toEqual([]);
    } finally {
      await chromium.page.removeScriptToEvaluateOnNewDocument(identifier);
    }
  });

  it('moves nothing but what follows when a fact changes', async () => {
    await chromium.open(url + FULL);
    await chromium.page.click('input[value=firefox] + span');
    await chromium.settled();
    const places = () =>
      chromium.page.evaluate(() =>
        [...document.querySelectorAll('.asking *, .verdict, .verdict h2')].map((one) =>
          JSON.stringify(one.getBoundingClientRect()),
        ),
      );
    const before = await places();
    await chromium.page.click('input[value=safari] + span');
    await chromium.settled();
    expect(await places()).toEqual(before);
  });

  it('prints what is said, and no controls', async () => {
    await chromium.open(url + FULL, LOOKS[1]);
    await chromium.page.emulateMediaType('print');
    try {
      const shown = await chromium.page.evaluate(() =>
        [...document.querySelectorAll('button, select, input, .code pre')]
          .filter((one) => one.getBoundingClientRect().width > 0)
          .map(({ tagName }) => tagName),
      );
      expect(new Set(shown)).toEqual(new Set(['PRE']));
      const colour = await chromium.page.evaluate(() => getComputedStyle(document.body).color);
      expect(colour).toBe('rgb(0, 0, 0)');
    } finally {
      await chromium.page.emulateMediaType('screen');
    }
  });

  it('has nothing that blinks or moves by itself', async () => {
    await chromium.open(url + FULL);
    const moving = await chromium.page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });

  it('looks as its picture in the docs', async () => {
    await chromium.open(url + FULL);
    // As far as to the proof.
    const height = await chromium.page.evaluate(
      () => (document.querySelector('.proof')?.getBoundingClientRect().bottom ?? 0) + scrollY + 24,
    );
    const clip = { x: 40, y: 0, width: 1190, height };
    const picture = await chromium.page.screenshot({ clip, type: 'png' });
    expect(picture.length).toBeGreaterThan(10_000);
    if (process.env['UPDATE_DOCS'] !== '1') return;
    const { testPath = '' } = expect.getState();
    await writeFile(join(dirname(testPath), '..', '..', '..', 'docs', 'inspector.png'), picture);
  });
});
