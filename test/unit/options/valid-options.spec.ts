import type { CorsPolicy } from '../../../lib/policy/policy.js';
import { compile } from './configuration.js';

const APP = 'https://app.example.com';

/** The policy without its rule, which is a function. */
function valuesOf({ origin, ...values }: CorsPolicy) {
  return { origin: origin.kind, ...values };
}

const DEFAULTS = {
  origin: 'listed',
  credentials: false,
  methods: 'mapped',
  allowedHeaders: 'requested',
  exposedHeaders: [],
  maxAge: 600,
  timingAllowOrigin: false,
};

/** Which origins a value of `origin` allows, of these. */
const ORIGINS = [
  APP,
  'https://shop.example.com',
  'https://a.b.example.com',
  'https://example.com',
  'http://localhost',
  'http://localhost:3000',
  'http://printer.local',
  'https://octocat.github.io',
  'capacitor://localhost',
  'https://xn--mller-kva.example',
  'http://[::1]:3000',
  'null',
];

describe('options that are accepted', () => {
  test.each<[origin: unknown, allowed: readonly string[]]>([
    [APP, [APP]],
    [[APP], [APP]],
    [
      [APP, 'http://printer.local'],
      [APP, 'http://printer.local'],
    ],
    [[APP, APP], [APP]],
    [Object.freeze([APP]), [APP]],
    ['https://*.example.com', [APP, 'https://shop.example.com', 'https://a.b.example.com']],
    ['http://localhost:*', ['http://localhost', 'http://localhost:3000']],
    ['capacitor://localhost', ['capacitor://localhost']],
    ['https://xn--mller-kva.example', ['https://xn--mller-kva.example']],
    ['http://[::1]:3000', ['http://[::1]:3000']],
    ['https://octocat.github.io', ['https://octocat.github.io']],
    [/^https:\/\/(?:app|shop)\.example\.com$/, [APP, 'https://shop.example.com']],
    [
      [/^https:\/\/APP\.example\.com$/i, 'https://example.com'],
      [APP, 'https://example.com'],
    ],
    [
      [
        'https://example.com',
        'https://*.example.com',
        'http://localhost:*',
        /^http:\/\/printer\.local$/,
      ],
      [
        APP,
        'https://shop.example.com',
        'https://a.b.example.com',
        'https://example.com',
        'http://localhost',
        'http://localhost:3000',
        'http://printer.local',
      ],
    ],
    ['https://undefined.example.com', []],
    ['https://nullable.example.com', []],
  ])('origin %p', (origin, allowed) => {
    const rule = compile({ origin }).global.origin;
    if (rule.kind !== 'listed') throw new Error(`It made a rule of kind ${rule.kind}.`);
    expect(ORIGINS.filter(rule.matches)).toEqual(allowed);
  });

  test.each([['*'], [['*']]])('origin %p allows any', (origin) => {
    expect(compile({ origin }).global.origin).toEqual({ kind: 'any' });
  });

  test('origin of a function is called through the guard', () => {
    const origin = (page: string): boolean => page === APP;
    const rule = compile({ origin }).global.origin;
    expect(rule).toEqual({ kind: 'dynamic', allows: origin });
    expect(Object.isFrozen(rule)).toBe(true);
  });

  test.each<[options: Record<string, unknown>, values: Record<string, unknown>]>([
    [{}, {}],
    [{ methods: '*' }, { methods: 'requested' }],
    [{ methods: [] }, { methods: [] }],
    [{ methods: ['GET', 'PATCH'] }, { methods: ['GET', 'PATCH'] }],
    [{ methods: ['PUT', 'put', 'get', 'PUT'] }, { methods: ['PUT', 'GET'] }],
    [{ methods: ['QUERY', 'M-SEARCH'] }, { methods: ['QUERY', 'M-SEARCH'] }],
    [{ methods: undefined }, {}],
    [{ allowedHeaders: '*' }, {}],
    [{ allowedHeaders: [] }, { allowedHeaders: [] }],
    [
      { allowedHeaders: ['Content-Type', 'authorization', 'CONTENT-TYPE'] },
      { allowedHeaders: ['content-type', 'authorization'] },
    ],
    [
      { allowedHeaders: ['X-HTTP-Method-Override'] },
      { allowedHeaders: ['x-http-method-override'] },
    ],
    [{ allowedHeaders: undefined }, {}],
    [{ exposedHeaders: '*' }, { exposedHeaders: ['*'] }],
    [{ exposedHeaders: [] }, {}],
    [{ exposedHeaders: ['ETag', 'X-Total', 'etag'] }, { exposedHeaders: ['etag', 'x-total'] }],
    [{ exposedHeaders: ['content-length'] }, { exposedHeaders: ['content-length'] }],
    [{ exposedHeaders: undefined }, {}],
    [{ credentials: true }, { credentials: true }],
    [{ credentials: false }, {}],
    [{ credentials: undefined }, {}],
    [{ maxAge: 0 }, { maxAge: 0 }],
    [{ maxAge: 1 }, { maxAge: 1 }],
    [{ maxAge: 86400 }, { maxAge: 86400 }],
    [{ maxAge: undefined }, {}],
    [{ timingAllowOrigin: true }, { timingAllowOrigin: true }],
    [{ timingAllowOrigin: false }, {}],
    [{ timingAllowOrigin: undefined }, {}],
    [{ policies: {} }, {}],
    [{ policies: undefined }, {}],
    [{ policies: { public: {} } }, {}],
    [{ dangerouslyAllowInsecureOrigins: true }, {}],
    [{ dangerouslyAllowInsecureOrigins: undefined }, {}],
    [{ dangerouslyAllowPublicSuffixes: false }, {}],
    // What `enableCors()` takes, not written
    [{ preflightContinue: undefined }, {}],
    [{ policy: undefined }, {}],
    // Combinations that look dangerous and are not
    [
      { credentials: true, methods: '*' },
      { credentials: true, methods: 'requested' },
    ],
    [{ credentials: true, allowedHeaders: '*' }, { credentials: true }],
    [{ credentials: true, exposedHeaders: [] }, { credentials: true }],
    [
      { origin: '*', exposedHeaders: '*' },
      { origin: 'any', exposedHeaders: ['*'] },
    ],
    [{ origin: '*', credentials: false }, { origin: 'any' }],
    [{ origin: 'http://printer.local' }, {}],
    [{ origin: 'http://localhost:*', credentials: true }, { credentials: true }],
    [{ origin: 'http://*.localhost', credentials: true }, { credentials: true }],
    [{ origin: 'http://127.0.0.1:8080', credentials: true }, { credentials: true }],
    [{ origin: 'http://[::1]', credentials: true }, { credentials: true }],
    [{ origin: 'capacitor://localhost', credentials: true }, { credentials: true }],
    [{ origin: /^https:\/\/.+$/ }, {}],
    [{ origin: /^https:\/\/.+\.example\.com$/, credentials: true }, { credentials: true }],
    [
      { origin: () => true, credentials: true },
      { origin: 'dynamic', credentials: true },
    ],
    // The switches
    [
      { origin: 'http://printer.local', credentials: true, dangerouslyAllowInsecureOrigins: true },
      { credentials: true },
    ],
    [{ origin: 'https://*.github.io', dangerouslyAllowPublicSuffixes: true }, {}],
  ])('%p', (options, values) => {
    const { global } = compile({ origin: APP, ...options });
    expect(valuesOf(global)).toEqual({ ...DEFAULTS, ...values });
  });

  test('policies are deeply frozen', () => {
    const { global } = compile({
      origin: APP,
      methods: ['GET'],
      allowedHeaders: ['x-a'],
      exposedHeaders: ['x-b'],
    });
    const parts = [
      global,
      global.origin,
      global.methods,
      global.allowedHeaders,
      global.exposedHeaders,
      compile({ origin: '*' }).global.origin,
    ];
    expect(parts.map(Object.isFrozen)).toEqual(parts.map(() => true));
  });

  test('options changed later change nothing', () => {
    const options = { origin: [APP], methods: ['GET'], exposedHeaders: ['x-a'] };
    const { global } = compile(options);
    options.origin.push('https://evil.example');
    options.methods.push('DELETE');
    options.exposedHeaders.push('x-secret');
    expect(valuesOf(global)).toEqual({ ...DEFAULTS, methods: ['GET'], exposedHeaders: ['x-a'] });
    expect(global.origin.kind === 'listed' && global.origin.matches('https://evil.example')).toBe(
      false,
    );
  });
});
