import {
  fastifyOptions,
  fastifyRouterOptions,
  ownSymbol,
  readRouterSettings,
} from '../../../../lib/platform/fastify/fastify-options.js';
import {
  FastifyRequestFacts,
  hasTimedOut,
} from '../../../../lib/platform/fastify/fastify-request.js';

const withOptions = (options: unknown, more: object = {}) => ({
  [Symbol('other')]: 'other',
  [Symbol('fastify.options')]: options,
  ...more,
});

describe('the options of an instance of Fastify', () => {
  it('lie behind a symbol', () => {
    const options = { caseSensitive: false };
    const instance = withOptions(options);
    expect([fastifyOptions(instance), ownSymbol(instance, 'other')]).toEqual([options, 'other']);
    expect([fastifyOptions({}), ownSymbol({ undefined: 1 }, 'other')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  const written = { caseSensitive: false, maxParamLength: 50 };

  it.each<[what: string, instance: object, options: object]>([
    ["the router's, merged", withOptions({ routerOptions: { strict: 1 } }), { strict: 1 }],
    ['those written at the top', withOptions({}, { initialConfig: written }), written],
    [
      "those written as the router's, which count for more",
      { initialConfig: { ...written, routerOptions: { caseSensitive: true } } },
      { ...written, routerOptions: { caseSensitive: true }, caseSensitive: true },
    ],
    [
      'those written, where the merged ones are null',
      withOptions({ routerOptions: null }, { initialConfig: written }),
      written,
    ],
    [
      'those written, where the merged ones are no object',
      withOptions({ routerOptions: 'a' }, { initialConfig: written }),
      written,
    ],
    ['none where there are none', {}, {}],
  ])('of the router: %s', (_, instance, options) => {
    expect(fastifyRouterOptions(instance)).toEqual(options);
  });

  it('are read as far as paths depend on them, and only those that are set', () => {
    const all = {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 50,
      allowUnsafeRegex: true,
      useSemicolonDelimiter: true,
    };
    const read = (routerOptions: object) => {
      const settings = readRouterSettings(withOptions({ routerOptions }));
      return [settings, Object.keys(settings).length];
    };
    expect([read({ ...all, onBadUrl: 1 }), read({ caseSensitive: undefined }), read({})]).toEqual([
      [all, 6],
      [{}, 0],
      [{}, 0],
    ]);
  });
});

describe('a request of Fastify', () => {
  const limit = { routeOptions: { handlerTimeout: 20 } };
  const coded = (code: string) => Object.assign(new Error('Too late.'), { code });
  const ended = (reason: unknown) => ({ ...limit, signal: AbortSignal.abort(reason) });

  it.each<[what: string, request: object, isUp: boolean]>([
    ['by its limit', ended(coded('FST_ERR_HANDLER_TIMEOUT')), true],
    ['by its client', ended(coded('ECONNRESET')), false],
    ['by an error without a code', ended(new Error('aborted')), false],
    ['by what is no error', ended({ code: 'FST_ERR_HANDLER_TIMEOUT' }), false],
    ['not yet', { ...limit, signal: new AbortController().signal }, false],
    ['not at all', limit, false],
    ['not by a limit that it has not', {}, false],
  ])('is ended %s', (_, request, isUp) => {
    expect(hasTimedOut(request as never)).toBe(isUp);
  });

  it('without a limit has no signal read: that would make one', () => {
    const request = {
      routeOptions: { handlerTimeout: 0 },
      get signal(): AbortSignal {
        throw new Error('Not to be read.');
      },
    };
    expect(hasTimedOut(request as never)).toBe(false);
  });

  it('is read as Fastify reads it', () => {
    const raw = { url: '/a?b' };
    const headers = { origin: 'https://a.example:8080', host: 'internal' };
    const own = { hostname: 'a.example', host: 'a.example:8080', protocol: 'https' };
    const facts = new FastifyRequestFacts({ method: 'OPTIONS', raw, headers, ...own }, 'PUT');
    expect([facts.hostname(), facts.isSameOrigin(), facts.toCorsRequest()]).toEqual([
      'a.example',
      true,
      {
        origin: 'https://a.example:8080',
        method: 'PUT',
        url: '/a?b',
        hostname: 'a.example',
        protocol: 'https',
      },
    ]);
    const bare = new FastifyRequestFacts({ method: 'GET', raw: {}, headers: {}, ...own }, 'GET');
    expect([bare.target, bare.toCorsRequest().origin]).toEqual(['/', '']);
  });
});
