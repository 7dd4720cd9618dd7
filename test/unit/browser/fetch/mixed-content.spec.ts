import { BROWSER_NAMES } from '../../../../lib/browser/simulation.js';
import { network, response, visit } from '../network.js';

const open = response(200, { 'access-control-allow-origin': '*' });

type Options = Parameters<typeof visit>[0];

/** What becomes of an http URL: blocked, or which URL is requested. */
async function sentFor(url: string, options: Partial<Options> = {}): Promise<string> {
  const { send, sent } = network(open, open);
  const { failedCheck } = await visit({ url, ...options, send });
  return failedCheck ?? sent.at(-1)?.url ?? '';
}

async function inEach(url: string, options: Partial<Options> = {}): Promise<readonly string[]> {
  return Promise.all(BROWSER_NAMES.map((browser) => sentFor(url, { ...options, browser })));
}

const BLOCKED = 'MIXED_CONTENT';

describe('an http URL in an https page', () => {
  it.each([
    ['http://api.example.com/', [BLOCKED, BLOCKED, BLOCKED]],
    ['http://93.184.216.34/', [BLOCKED, BLOCKED, BLOCKED]],
    ['http://127.evil.test/', [BLOCKED, BLOCKED, BLOCKED]],
    ['http://192.168.0.1/', ['http://192.168.0.1/', BLOCKED, BLOCKED]],
    ['http://printer.local/', ['http://printer.local/', BLOCKED, BLOCKED]],
    ['http://localhost/', ['http://localhost/', 'http://localhost/', BLOCKED]],
    ['http://a.localhost/', ['http://a.localhost/', 'http://a.localhost/', BLOCKED]],
    ['http://[::1]/', ['http://[::1]/', 'http://[::1]/', BLOCKED]],
  ])('fetch %s → Chromium, Firefox, Safari: %j', async (url, outcomes) => {
    expect(await inEach(url)).toEqual(outcomes);
  });

  it.each(['image', 'audio', 'video'] as const)(
    'is requested over https for %s',
    async (destination) => {
      const options = { destination, mode: 'no-cors' } as const;
      expect(await inEach('http://api.example.com:8080/x', options)).toEqual([
        'https://api.example.com:8080/x',
        'https://api.example.com:8080/x',
        'https://api.example.com:8080/x',
      ]);
      // No certificate is for an address, and this computer is no stranger.
      expect(await inEach('http://93.184.216.34/x', options)).toEqual([BLOCKED, BLOCKED, BLOCKED]);
      expect(await inEach('http://localhost/x', options)).toEqual([
        'http://localhost/x',
        'http://localhost/x',
        'http://localhost/x',
      ]);
    },
  );

  it.each(['script', 'style', 'font', 'track'] as const)(
    'is blocked for %s',
    async (destination) => {
      const mode = destination === 'font' ? 'cors' : 'no-cors';
      expect(await inEach('http://api.example.com/x', { destination, mode })).toEqual([
        BLOCKED,
        BLOCKED,
        BLOCKED,
      ]);
    },
  );

  it('is let through by Chromium where the page says that the server is a local one', async () => {
    const options = { targetAddressSpace: 'local' } as const;
    expect(await inEach('http://api.example.com/', options)).toEqual([
      'http://api.example.com/',
      BLOCKED,
      BLOCKED,
    ]);
  });

  it('is blocked where a redirect leads to it, whatever the page says of the first server', async () => {
    const away = response(302, {
      'access-control-allow-origin': '*',
      location: 'http://b.test/',
    });
    const { send, sent } = network(away, open);
    const { failedCheck, blockedAt } = await visit({ targetAddressSpace: 'local', send });
    expect([failedCheck, blockedAt, sent.length]).toEqual([BLOCKED, 'redirect', 1]);
  });

  it.each([
    ['http://192.168.0.1/', {}, 'Chromium lets an https page request http://192.168.0.1/'],
    [
      'http://api.example.com/',
      { destination: 'image', mode: 'no-cors' },
      'Chromium requests https://api.example.com/ instead of http://api.example.com/',
    ],
  ] as const)('is mentioned where it is not blocked: %s %j', async (url, options, sentence) => {
    const { findings } = await visit({ url, ...options, send: network(open).send });
    expect(findings.map(({ kind, sentence: text }) => [kind, text.includes(sentence)])).toEqual([
      ['MIXED_CONTENT', true],
    ]);
  });
});

it('is nothing to a page over http, or of an opaque origin', async () => {
  for (const pageOrigin of ['http://app.example.com', 'null']) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await inEach('http://api.example.com/', { pageOrigin })).toEqual([
      'http://api.example.com/',
      'http://api.example.com/',
      'http://api.example.com/',
    ]);
  }
});
