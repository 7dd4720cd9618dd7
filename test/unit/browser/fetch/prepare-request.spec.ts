import type { RequestMode } from '../../../../lib/browser/fetch/fetch-request.js';
import {
  pageHeaders,
  prepareRequest,
  type SimulateOptions,
} from '../../../../lib/browser/fetch/prepare-request.js';
import { Journal } from '../../../../lib/browser/fetch/user-agent.js';
import type { BrowserName } from '../../../../lib/browser/simulation.js';

function prepare(options: Partial<SimulateOptions> = {}) {
  return prepareRequest(
    {
      pageOrigin: 'https://app.example.com',
      url: 'https://api.example.com/x',
      send: () => Promise.reject(new Error('not sent')),
      ...options,
    },
    { browser: 'chromium', journal: new Journal() },
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
        firstHeaders: [],
        redirect: 'follow',
        destination: '',
        embedderPolicy: 'unsafe-none',
        targetSpace: null,
        credentials: 'same-origin',
        forcePreflight: false,
        visited: [],
        tainting: 'basic',
        preflighted: false,
        beganWithOrigin: false,
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
    [{ method: 'a b' }, '`a b` is not a method'],
    [{ method: '' }, '`` is not a method'],
    [
      { method: 'PUT', mode: 'no-cors' },
      "`mode: 'no-cors'` allows only GET, HEAD and POST, not `PUT`",
    ],
    [{ headers: { 'a b': '' } }, '`a b` is not a header name'],
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
          `Expected \`pageOrigin\` to be a serialised origin, got \`${pageOrigin}\`. Write it as the browser sends it, such as \`https://app.example.com\`: lower case, no path, no trailing slash, no default port; or \`null\` for an opaque origin (files, sandboxed frames).`,
        ),
      );
    },
  );

  it('throws nothing unescaped', () => {
    expect(() => prepare({ pageOrigin: '\u001b' })).toThrow('got `\\u001B`.');
    expect(() => prepare({ url: 'https://\u001b' })).toThrow('got `https://\\u001B`.');
    expect(prepare({ method: '\u001b' }).refusal).toBe('`\\u001B` is not a method');
  });

  it('throws for an invalid URL', () => {
    const error = new TypeError(
      'Expected `url` to be an absolute URL, or one relative to the page, got `/x`. Write it with its scheme, such as `https://api.example.com/orders`.',
    );
    expect(() => prepare({ pageOrigin: 'null', url: '/x' })).toThrow(error);
  });
});

function read(
  headers: NonNullable<SimulateOptions['headers']>,
  mode: RequestMode = 'cors',
  browser: BrowserName = 'chromium',
) {
  const journal = new Journal();
  return { ...pageHeaders(headers, mode, { browser, journal }), findings: journal.findings };
}

describe('pageHeaders', () => {
  it('accepts pairs and objects, and joins several values', () => {
    const lines = [
      ['X-A', '1, 2'],
      ['x-b', '3'],
    ];
    expect(
      read([
        ['X-A', '1'],
        ['x-b', ' 3\t'],
        ['x-a', '2'],
      ]).lines,
    ).toEqual(lines);
    expect(read({ 'X-A': ['1', '2'], 'x-b': '3' }).lines).toEqual(lines);
  });

  it('drops User-Agent only in Chromium', () => {
    expect(read({ 'User-Agent': 'x', 'x-a': '1' })).toEqual({
      lines: [['x-a', '1']],
      refusal: null,
      findings: [
        {
          kind: 'HEADER_DROPPED',
          sentence:
            'Chromium drops `User-Agent` and sends its own; other browsers let a page set it, and send a preflight for it.',
          names: ['User-Agent'],
        },
      ],
    });
    expect(read({ 'User-Agent': 'x' }, 'cors', 'firefox').lines).toEqual([['User-Agent', 'x']]);
  });

  it('drops forbidden headers, and says so', () => {
    expect(read({ Cookie: 'a=b', 'x-a': '1' })).toEqual({
      lines: [['x-a', '1']],
      refusal: null,
      findings: [
        {
          kind: 'HEADER_DROPPED',
          sentence:
            'Browsers drop `Cookie`: a page may not set it, so no server needs to allow it.',
          names: ['Cookie'],
        },
      ],
    });
  });

  it('keeps safelisted headers only in mode no-cors, and of these not Range', () => {
    const { lines, findings } = read(
      { accept: 'a', RANGE: 'bytes=0-', 'content-type': 'application/json', 'x-a': '1' },
      'no-cors',
    );
    expect(lines).toEqual([['accept', 'a']]);
    expect(findings.map(({ kind, names }) => [kind, ...names])).toEqual([
      ['HEADER_DROPPED', 'RANGE'],
      ['HEADER_DROPPED', 'content-type'],
      ['HEADER_DROPPED', 'x-a'],
    ]);
  });

  it.each([
    [{ 'x a': '1' }, '`x a` is not a header name'],
    [{ '': '1' }, '`` is not a header name'],
    [{ 'x\u001b': '1' }, '`x\\u001B` is not a header name'],
    [{ 'x-a': 'a\nb' }, 'the value of `x-a` contains `\\u000A`'],
    [{ 'x-a': 'a\rb' }, 'the value of `x-a` contains `\\u000D`'],
    [{ 'x-a': 'a\u0000b' }, 'the value of `x-a` contains `\\u0000`'],
    [{ 'x-a': 'a\u0100b' }, 'the value of `x-a` contains `\\u0100`'],
  ])('refuses %j, as fetch() does', (headers, refusal) => {
    expect(read(headers)).toEqual({ lines: [], refusal, findings: [] });
  });

  it('accepts any other byte', () => {
    expect(read({ 'x-a': 'a\u0001\u00ffb' }).lines).toEqual([['x-a', 'a\u0001\u00ffb']]);
  });
});
