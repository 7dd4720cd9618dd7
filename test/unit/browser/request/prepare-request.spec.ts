import { Journal } from '../../../../lib/browser/journal.js';
import { prepareRequest } from '../../../../lib/browser/request/prepare-request.js';
import type { SimulateOptions } from '../../../../lib/browser/simulate-options.js';

function prepare(options: Partial<SimulateOptions> = {}) {
  return prepareRequest(
    {
      pageOrigin: 'https://app.example.com',
      url: 'https://api.example.com/x',
      send: () => Promise.reject(new Error('not sent')),
      ...options,
    },
    { dialect: 'chromium', journal: new Journal() },
  );
}

describe('prepareRequest', () => {
  it('has the defaults of fetch()', () => {
    expect(prepare()).toEqual({
      request: {
        pageOrigin: 'https://app.example.com',
        url: new URL('https://api.example.com/x'),
        mode: 'cors',
        method: 'GET',
        headers: [],
        redirect: 'follow',
        credentials: 'same-origin',
        forcePreflight: false,
        visited: [],
        tainting: 'basic',
      },
      refusal: null,
    });
  });

  it.each([
    ['get', 'GET'],
    ['oPtIoNs', 'OPTIONS'],
    ['patch', 'patch'],
    ['query', 'query'],
    ['chicken', 'chicken'],
  ])('normalises the method %s to %s', (method, normalised) => {
    expect(prepare({ method }).request.method).toBe(normalised);
  });

  it.each([
    [true, 'include'],
    [false, 'same-origin'],
    ['omit', 'omit'],
    ['include', 'include'],
  ] as const)('reads credentials: %s as %s', (credentials, mode) => {
    expect(prepare({ credentials }).request.credentials).toBe(mode);
  });

  it('resolves URLs at the page and drops fragments', () => {
    expect(prepare({ url: '/orders?a=b#c' }).request.url.href).toBe(
      'https://app.example.com/orders?a=b',
    );
  });

  it.each([
    [{ method: 'TRACE' }, 'browsers never send `TRACE` for a page'],
    [{ method: 'connect' }, 'browsers never send `connect` for a page'],
    [{ method: 'a b' }, '`a b` is no method'],
    [{ method: '' }, '`` is no method'],
    [
      { method: 'PUT', mode: 'no-cors' },
      "`mode: 'no-cors'` takes GET, HEAD and POST only, not `PUT`",
    ],
    [{ headers: { 'a b': '' } }, '`a b` is no header name'],
    [
      { url: 'https://user@api.example.com/' },
      'the URL of a request must not contain a user name or password',
    ],
    [
      { url: 'https://:pass@api.example.com/' },
      'the URL of a request must not contain a user name or password',
    ],
  ] as const)('refuses %j', (options, refusal) => {
    expect(prepare(options).refusal).toBe(refusal);
  });

  it.each(['https://app.example.com/', 'app.example.com', 'HTTPS://app.example.com', '*', ''])(
    'throws for the page origin %j',
    (pageOrigin) => {
      expect(() => prepare({ pageOrigin })).toThrow(
        new TypeError(
          `Expected \`pageOrigin\` to be a serialised origin, got \`${pageOrigin}\`. Write it as the browser sends it, such as \`https://app.example.com\`: lower case, no path, no slash at the end, no default port; or \`null\` for an opaque origin (files, sandboxed frames).`,
        ),
      );
    },
  );

  it('throws nothing unescaped', () => {
    expect(() => prepare({ pageOrigin: '\u001b' })).toThrow('got `\\u001B`.');
    expect(() => prepare({ url: 'https://\u001b' })).toThrow('got `https://\\u001B`.');
    expect(prepare({ method: '\u001b' }).refusal).toBe('`\\u001B` is no method');
  });

  it('throws for a URL that is none', () => {
    const error = new TypeError(
      'Expected `url` to be an absolute URL, or one relative to the page, got `/x`. Write it with its scheme, such as `https://api.example.com/orders`.',
    );
    expect(() => prepare({ pageOrigin: 'null', url: '/x' })).toThrow(error);
  });
});
