import { isSerializedOrigin } from '../../lib/fetch/origins.js';
import { mergeVary } from '../../lib/policy/merged-lists.js';
import { parseRequestHeaderNames } from '../../lib/policy/request-header-names.js';
import { compile, handlerOf, issuesOf, NONE, summaryOf } from './options/configuration.js';

// Every class of advisory against CORS libraries that has a shape in this code, by its name.

/** Whether a request with this `Origin` is allowed by the value of `origin`. */
function allows(origin: unknown, sent: string): boolean {
  const rule = compile({ origin }).global.origin;
  if (rule.kind !== 'listed') throw new Error(`It made a rule of kind ${rule.kind}.`);
  return isSerializedOrigin(sent) && rule.matches(sent);
}

describe('any origin with credentials', () => {
  test.each([
    'CVE-2018-20744 (rs/cors)',
    'CVE-2024-25124 (fiber)',
    'CVE-2026-54290 (hono)',
    'CVE-2018-8014 (Tomcat)',
    'CVE-2026-89058 (RESTEasy)',
    'CVE-2026-84176 (Camel)',
  ])('%s: `*` with credentials is refused', () => {
    expect(summaryOf({ origin: '*', credentials: true })).toEqual([
      'forRoot().origin wildcard-origin-with-credentials',
    ]);
    expect(
      summaryOf(
        { origin: 'https://a.example', credentials: true },
        handlerOf(NONE, { origin: '*' }),
      ),
    ).toEqual(['@Cors() on OrdersController.update: origin wildcard-origin-with-credentials']);
  });

  test.each([
    'CVE-2017-20146 (gorilla/handlers)',
    'CVE-2021-39185 (http4s)',
    'CVE-2023-49803 (@koa/cors)',
    'GHSA-8gfh-8qhq-hv6f (expressjs/cors)',
  ])('%s: nothing reflects every origin', () => {
    expect(summaryOf({ origin: true, credentials: true })).toEqual([
      'forRoot().origin origin-true',
    ]);
    expect(summaryOf({ origin: /^https?:\/\/.*$/, credentials: true })).toEqual([
      'forRoot().origin strangers-with-credentials',
      'forRoot().origin insecure-origin-with-credentials',
    ]);
  });

  test('CVE-2023-49803 (@koa/cors), CVE-2025-13984 (Drupal): no default opens a server', () => {
    expect(summaryOf({})).toEqual(['forRoot().origin origin-missing']);
  });
});

describe('origins that look like an allowed one', () => {
  const listed = ['https://bar.com', 'https://*.example.com'];

  test.each([
    ['GHSA-vhxv-fg4m-p2w8 (jub0bs/cors): suffix confusion', 'https://barfoo.com'],
    ['GHSA-v84h-653v-4pq9 (jub0bs/fcors): suffix confusion', 'https://foobar.com'],
    ['CVE-2024-27302 (go-zero): HasSuffix', 'https://evilexample.com'],
    ['CVE-2024-27302 (go-zero): HasSuffix', 'https://evil-example.com'],
    ['CVE-2025-50864 (elysia-cors): substring', 'https://a.example.com.evil.example'],
    ['CVE-2025-50864 (elysia-cors): substring', 'https://bar.com.evil.example'],
    ['CVE-2025-50864 (elysia-cors): substring', 'https://xbar.com'],
    ['CVE-2019-25211 (gin-contrib/cors): prefix', 'https://bar.computer'],
    ['CVE-2026-25478 (litestar): the dot is no metacharacter', 'https://barxcom'],
    ['CVE-2026-25478 (litestar): the dot is no metacharacter', 'https://a.examplexcom'],
    ['a host behind a fragment', 'https://evil.example#.example.com'],
    ['a host behind a path', 'https://evil.example/.example.com'],
    ['a host behind a query', 'https://evil.example?.example.com'],
    ['a host behind a backslash', 'https://evil.example\\.example.com'],
    ['a host behind user info', 'https://a.example.com@evil.example'],
    ['a host behind characters that browsers let through', 'https://evil.example!.example.com'],
    ['a host behind characters that browsers let through', 'https://evil.example`.example.com'],
    ['a host behind characters that browsers let through', 'https://evil.example%60.example.com'],
    ['a host behind characters that browsers let through', 'https://evil.example,.example.com'],
    ['the bare domain of a pattern', 'https://example.com'],
    ['another scheme', 'http://bar.com'],
    ['another port', 'https://bar.com:8443'],
    ['two origins', 'https://bar.com https://evil.example'],
    ['two origins', 'https://bar.com, https://evil.example'],
  ])('%s: %s', (_, sent) => {
    expect(allows(listed, sent)).toBe(false);
  });

  test('CVE-2019-25211 (gin-contrib/cors): no trailing wildcard', () => {
    expect(summaryOf({ origin: ['https://bar.*', 'https://bar.com*'] })).toEqual([
      'forRoot().origin[0] origin-wildcard-position',
      'forRoot().origin[1] origin-wildcard-position',
    ]);
  });
});

describe('RegExps', () => {
  test.each([
    ['CVE-2017-11173 (rack-cors)', /https:\/\/app\.example\.com/],
    ['CVE-2026-40110 (jupyter-server)', /^https:\/\/app\.example\.com/],
    ['the README of expressjs/cors', /example\.com$/],
    ['the README of @fastify/cors', /^https:\/\/a\.example|https:\/\/b\.example$/],
  ])('%s: without anchors it is refused', (_, origin) => {
    expect(summaryOf({ origin })).toEqual(['forRoot().origin origin-regexp-unanchored']);
  });

  test('the README of @fastify/cors: `m` makes no anchors', () => {
    expect(summaryOf({ origin: /^localhost$/m })).toEqual([
      'forRoot().origin origin-regexp-multiline',
    ]);
  });

  test('expressjs/cors: `g` makes it alternate between matching and not matching', () => {
    const regexp = /^https:\/\/a\.example$/g;
    expect([1, 2, 3].map(() => regexp.test('https://a.example'))).toEqual([true, false, true]);
    expect(summaryOf({ origin: regexp })).toEqual(['forRoot().origin origin-regexp-stateful']);
  });

  test('CVE-2026-25478 (litestar): an unescaped dot is refused', () => {
    expect(summaryOf({ origin: /^https:\/\/a.example$/ })).toEqual([
      'forRoot().origin origin-regexp-unescaped-dot',
    ]);
  });

  test('CVE-2026-69207 (hono), the README of @fastify/cors: no RegExp that takes exponential time', () => {
    // It is matched by an automaton, one step a character; V8 would take years to refuse this.
    const origin = /^https:\/\/([a-z]+)+\.example$/;
    expect(allows([origin], `https://${'a'.repeat(500)}`)).toBe(false);
    expect(allows([origin], 'https://aa.example')).toBe(true);
  });
});

describe('null', () => {
  test('CVE-2021-39185 (http4s): it is never allowed', () => {
    expect(summaryOf({ origin: ['https://a.example', 'null'] })).toEqual([
      'forRoot().origin[1] origin-null',
    ]);
    expect(summaryOf({ origin: /^(?:null|https:\/\/a\.example)$/ })).toEqual([
      'forRoot().origin origin-regexp-matches-null',
    ]);
    expect(allows(['https://a.example', /^[a-z:/]+\.example$/], 'null')).toBe(false);
  });
});

describe('Access-Control-Request-Headers', () => {
  test.each([
    ['GO-2024-2883 (rs/cors): 15 kB of commas', ','.repeat(15_000)],
    ['go-chi/cors#36: 8 kB of commas', ','.repeat(8000)],
    ['GO-2024-2883 (rs/cors): 4000 names', Array(4000).fill('a').join()],
    ['GO-2024-2883 (rs/cors): one long name', 'a'.repeat(10_000)],
    ['CVE-2026-69207 (hono): white space', `a${' '.repeat(10_000)}b`],
    ['CVE-2026-69207 (hono): white space within the bound', `a${' '.repeat(8000)}b`],
    ['rs/cors#184: commas on many lines', Array(1000).fill(',')],
  ])('%s', (_, lines) => {
    expect(parseRequestHeaderNames(lines)).toBeNull();
  });

  test('rs/cors#184: lines split by a gateway are all read', () => {
    expect(parseRequestHeaderNames(['content-type', 'x-a'])).toEqual(['content-type', 'x-a']);
  });
});

describe('Vary', () => {
  test('CVE-2017-7674 (Tomcat): the value of the application is kept, and `Origin` added', () => {
    expect(mergeVary('Accept-Encoding', ['Origin'])).toBe('Accept-Encoding, Origin');
  });

  test('CVE-2025-71381 (hono): only names given by the server get in', () => {
    expect(mergeVary(undefined, ['Origin'])).toBe('Origin');
  });
});

describe('logs', () => {
  test('CVE-2024-1681 (flask-cors): no line of its own for a value', () => {
    const [issue] = issuesOf({ origin: 'https://a.example\nERROR forged line\u001b[2J' });
    expect(issue?.message).toBe(
      "Expected `origin` to have no spaces or control characters, got `'https://a.example\\u{a}ERROR forged line\\u{1b}[2J'` (string). Several origins are a list.",
    );
  });

  test('no secret of an origin with a password', () => {
    const issues = issuesOf({ origin: 'https://user:secret@a.example' });
    expect(JSON.stringify(issues).includes('secret')).toBe(false);
    expect(issues.map(({ reason }) => reason)).toEqual(['origin-user-info']);
  });
});

describe('private network access', () => {
  test('CVE-2024-6221 (flask-cors): there is no such option', () => {
    expect(summaryOf({ origin: 'https://a.example', allowPrivateNetwork: true })).toEqual([
      'forRoot().allowPrivateNetwork unknown-option',
    ]);
  });
});

describe('forgotten environment variables', () => {
  test.each([
    ['expressjs/cors: CORS silently off', undefined, 'origin-undefined'],
    ['expressjs/cors#323: a list as JSON', '["https://a.example"]', 'origin-json-string'],
    ['@fastify/cors: 500 on every request', '', 'origin-empty'],
    ['a template', 'https://undefined', 'origin-undefined'],
  ])('%s', (_, origin, reason) => {
    expect(summaryOf({ origin })).toEqual([`forRoot().origin ${reason}`]);
  });
});

describe('shared state', () => {
  test('rs/cors#198, jub0bs/cors#14: a list changed later changes no policy', () => {
    const origin = ['https://a.example'];
    const allowedHeaders = ['x-a'];
    const { global } = compile({ origin, allowedHeaders });
    origin.push('https://evil.example');
    allowedHeaders.push('x-evil');
    expect(global.origin.kind === 'listed' && global.origin.matches('https://evil.example')).toBe(
      false,
    );
    expect(global.allowedHeaders).toEqual(['x-a']);
  });
});
