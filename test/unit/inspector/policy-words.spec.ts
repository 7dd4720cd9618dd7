import {
  consoleSnippet,
  originWords,
  samplePath,
  standingOf,
  withoutPreflight,
} from '../../../lib/inspector/page/application/policy-words.js';
import type {
  CorsPolicyFile,
  PolicyFileOptions,
  PolicyFileOrigins,
} from '../../../lib/policy-file/policy-file.js';

function optionsWith(origin: PolicyFileOrigins): PolicyFileOptions {
  const at = <T>(value: T) => ({ value, declaredAt: 'default' });
  return {
    origin: at(origin),
    methods: at('mapped'),
    allowedHeaders: at('*'),
    exposedHeaders: at([]),
    credentials: at(false),
    maxAge: at(600),
    timingAllowOrigin: at(false),
  };
}

const file = (rejectDisallowed: boolean): CorsPolicyFile => ({
  $schema: 'nestjs-cors/policy.schema.json',
  schemaVersion: 1,
  platform: null,
  application: {
    rejectDisallowed,
    dangerouslyAllowInsecureOrigins: false,
    dangerouslyAllowPublicSuffixes: false,
  },
  global: 'listed',
  named: {},
  paths: {},
  routes: [],
  policies: {
    listed: optionsWith(['https://app.example.com']),
    any: optionsWith('*'),
    off: optionsWith(false),
  },
  lists: { long: ['https://a.example', 'https://b.example', 'https://c.example'] },
});

it.each([
  ['*', 'any origin'],
  [false, 'none'],
  [['https://app.example.com'], 'https://app.example.com'],
  [
    [{ source: '^https:', flags: 'i' }, 'https://*.example.com'],
    '/^https:/i, https://*.example.com',
  ],
  [{ list: 'long' }, 'https://a.example, https://b.example and 1 more'],
  [{ function: 'isPartner' }, 'isPartner decides'],
  [{ function: null }, 'a function decides'],
  [{ class: 'Tenants' }, 'Tenants decides'],
] satisfies [PolicyFileOrigins, string][])('%j is put as %s', (origins, words) => {
  expect(originWords(origins, file(false).lists)).toBe(words);
});

it.each([
  ['GET', 'listed', 'any page: GET', 'allowed pages: GET'],
  ['POST', 'listed', 'any page: forms and text', 'allowed pages: forms and text'],
  ['POST', 'any', 'any page: forms and text', 'any page: forms and text'],
  ['POST', 'off', 'any page: forms and text', 'any page: forms and text'],
  ['POST', false, 'any page: forms and text', 'any page: forms and text'],
  [
    'ALL',
    'pass-through',
    'any page: GET, HEAD, forms and text',
    'any page: GET, HEAD, forms and text',
  ],
  ['PUT', 'any', null, null],
  ['OPTIONS', 'any', null, null],
] satisfies [string, string | false, string | null, string | null][])(
  'without a preflight, %s under the policy %p may be called by %p; with rejectDisallowed by %p',
  (method, policy, words, strict) => {
    const route = { method, policy };
    expect([withoutPreflight(route, file(false)), withoutPreflight(route, file(true))]).toEqual([
      words,
      strict,
    ]);
  },
);

it.each([
  ['listed', 'credentials'],
  ['any', 'unknown'],
  ['off', 'off'],
  [false, 'off'],
  ['pass-through', 'passed-through'],
] satisfies [string | false, string][])('a route under the policy %p is %s', (policy, standing) => {
  expect(standingOf(policy, file(false), new Map([['listed', 'credentials']]))).toBe(standing);
});

it.each([
  ['/orders', '/orders'],
  ['/orders/:id', '/orders/1'],
  ['/orders/:id(\\d+)/items/:item', '/orders/1/items/1'],
  ['/files/*path', '/files/file'],
  ['/files/*', '/files/file'],
  ['/files{/:name}', '/files/1'],
])('%s is tried at %s', (path, sample) => {
  expect(samplePath(path)).toBe(sample);
});

it('writes a call for the console, with what was typed as text', () => {
  const snippet = consoleSnippet({
    url: 'http://localhost:3000/it%27s',
    method: 'PUT',
    headers: [['x-note', `it's \\ </script>`]],
    credentials: true,
  });
  expect(snippet).toBe(`fetch('http://localhost:3000/it%27s', {
  method: 'PUT',
  headers: {
    'x-note': 'it\\'s \\\\ </script>',
  },
  credentials: 'include',
}).then(
  async (response) => console.log(response.status, await response.text()),
  (error) => console.error(error),
);`);
});

it('writes a call that needs no options without any', () => {
  const call = { url: 'http://localhost:3000/', method: 'GET', headers: [], credentials: false };
  expect(consoleSnippet(call)).toMatch(/^fetch\('http:\/\/localhost:3000\/'\)\.then\(/);
});
