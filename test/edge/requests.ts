import type { CorsPolicyFile } from '../../lib/policy-file/policy-file.js';
import type { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { planRequests } from '../../lib/review/verify/plan-requests.js';
import { fc } from '../support/fast-check.js';
import { aimed, request } from '../support/generated-requests.js';
import type { HostilePolicy } from './hostile-policies.js';
import type { ReplayedRequest } from './replay.js';

/** No route of a generated application is bound to it. */
export const HOST = 'api.example.com';

/**
 * The requests that prove an edge equal, made from the policy file alone: each route, each key of `paths`
 * and what no controller serves × methods × the origins of its policy, their near misses, and strangers.
 */
export function tableOf(file: CorsPolicyFile, model: PolicyModel, limit: number) {
  const { requests } = planRequests(file, model, {
    host: HOST,
    params: new Map(),
    unsafe: true,
    limit,
  });
  const places = new Map(requests.map(({ target, method }) => [target, method]));
  const planned = requests.map(
    ({ method, target, isPreflight, origin, requestHeaders }): ReplayedRequest => ({
      method: isPreflight ? 'OPTIONS' : method,
      target,
      headers: {
        host: HOST,
        ...(origin !== undefined && { origin }),
        ...(isPreflight && { 'access-control-request-method': method }),
        ...(requestHeaders !== undefined && { 'access-control-request-headers': requestHeaders }),
      },
    }),
  );
  const odd = [...places].flatMap(([target, method]) => oddRequests(target, method, requests));
  const origins = new Map(
    requests.map(({ origin, target, method }) => [origin, { target, method }]),
  );
  const near = Array.from(origins, ([origin, place]) =>
    origin === undefined ? [] : nearRequests(origin, place),
  ).flat();
  return [...planned, ...odd, ...near];
}

/** What differs from an origin by a character, at a place where that origin is asked about. */
function nearRequests(
  origin: string,
  { target, method }: { readonly target: string; readonly method: string },
): ReplayedRequest[] {
  const host = origin.replace(/:\d+$/, '');
  const dots = Array.from(origin.matchAll(/\./g), ({ index }) => index);
  const near = [
    ...dots.map((index) => `${origin.slice(0, index)}x${origin.slice(index + 1)}`),
    `${host}:80`,
    `${host}:443`,
    `${host}:65536`,
    `${origin}x`,
    `x${origin}`,
    `${origin}, ${origin}`,
    origin.toUpperCase(),
    `https://${'a'.repeat(64)}.${host.replace(/^[a-z]+:\/\//, '')}`,
    `https://${'a.'.repeat(127)}${host.replace(/^[a-z]+:\/\//, '')}`,
  ];
  return near.map((one) => ({ method, target, headers: { host: HOST, origin: one } }));
}

/** What people send by hand, and what only some of the headers of a preflight make of a request. */
function oddRequests(
  target: string,
  method: string,
  planned: readonly { readonly origin?: string }[],
): ReplayedRequest[] {
  const origin = planned.find((one) => one.origin !== undefined)?.origin ?? 'https://app.example';
  const at = (asked: string, headers: Record<string, string>): ReplayedRequest => ({
    method: asked,
    target,
    headers: { host: HOST, ...headers },
  });
  const preflight = (asked: string, requestHeaders?: string) =>
    at('OPTIONS', {
      origin,
      'access-control-request-method': asked,
      ...(requestHeaders !== undefined && { 'access-control-request-headers': requestHeaders }),
    });
  return [
    ...[target.toUpperCase(), `${target}/`, `${target}//`, `/${target}`, `${target}?a=/b`].map(
      (spelled) => ({ ...at(method, { origin }), target: spelled }),
    ),
    at('HEAD', { origin }),
    at('PROPFIND', { origin }),
    at('OPTIONS', { origin }),
    at('OPTIONS', {}),
    at('OPTIONS', { 'access-control-request-method': method }),
    ...['get', 'PROPFIND', '*', 'TRACE', 'track', 'a b'].map((asked) => preflight(asked)),
    ...[
      '*',
      'a,*',
      '*,x-b',
      'a b',
      'a,,b',
      ', ,',
      'X-A, x-a,X-b',
      'é',
      'a'.repeat(8192),
      'a'.repeat(8193),
      Array.from({ length: 128 }, (_, index) => `h${index}`).join(),
      Array.from({ length: 129 }, (_, index) => `h${index}`).join(),
      `a${','.repeat(16)}b`,
      `a${','.repeat(18)}b`,
    ].map((names) => preflight(method, names)),
  ];
}

const TARGET_SUFFIXES = ['/', '//', '?x=%', '?'];

/** Requests at random: most of them are made from a registered path, some are odd. */
export function randomRequests(
  routes: Parameters<typeof aimed>[1],
  origins: readonly string[],
  count: number,
): ReplayedRequest[] {
  const one = fc.record({
    request,
    origin: fc.constantFrom(...origins, 'https://evil.example', 'null', undefined),
    isPreflight: fc.boolean(),
    names: fc.constantFrom(undefined, 'content-type', 'Content-Type, X-Id', 'x-a,*'),
    suffix: fc.oneof(
      { weight: 9, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom(...TARGET_SUFFIXES) },
    ),
  });
  const seed = Number(process.env['CORS_SEED'] ?? 20_261_121);
  return fc.sample(one, { numRuns: count, seed }).map((drawn): ReplayedRequest => {
    const { method, target } = aimed(drawn.request, routes);
    const asks = drawn.isPreflight && drawn.origin !== undefined;
    return {
      method: asks ? 'OPTIONS' : method,
      target: target.includes('?') || target.includes('#') ? target : target + drawn.suffix,
      headers: {
        host: HOST,
        ...(drawn.origin !== undefined && { origin: drawn.origin }),
        ...(asks && { 'access-control-request-method': method }),
        ...(asks && drawn.names !== undefined && { 'access-control-request-headers': drawn.names }),
      },
    };
  });
}

/** What an edge may answer in another way, since no browser sends it: nothing may be looser all the same. */
export function documentedRequests(target: string, origin: string): ReplayedRequest[] {
  return [[origin, origin], ['']].map((lines) => ({
    method: 'GET',
    target,
    headers: { host: HOST, origin: lines },
  }));
}

/** A request that no browser sends. */
export interface UnsentRequest extends ReplayedRequest {
  /** Whether a header of it has several lines. */
  readonly hasLines: boolean;
}

/**
 * What no browser sends: preflights whose headers have several lines, members that stand for all names,
 * more than can be read; origins that are nearly allowed.
 */
export function unsentRequests(
  target: string,
  method: string,
  origin: string,
): readonly UnsentRequest[] {
  const of = (headers: ReplayedRequest['headers'], sent = 'OPTIONS'): UnsentRequest => ({
    method: sent,
    target,
    headers: { host: HOST, ...headers },
    hasLines: Object.values(headers).some((value) => typeof value !== 'string'),
  });
  const asking = (names: string | readonly string[]) =>
    of({
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': names,
    });
  const host = origin.replace('https://', '');
  const lists: readonly (string | readonly string[])[] = [
    ['x-a', 'x-b'],
    ['a b', 'x-a'],
    ['x-a', 'a b'],
    ['x-a', 'x-b', 'x-c'],
    ['*', '*'],
    ['x-a', '*'],
    [NAMES.slice(0, 100).join(), NAMES.slice(100).join()],
    '*,*',
    '*,*,*',
    '*,*,*,*',
    'x-a,*,x-b,*',
    '*,x-a,*,x-b,*',
    ' * , * ,x-a, * ',
    '*,x-a,,*',
    '!',
    '<',
    '"x"',
    'x-a;x-b',
    'x:a',
    'x-b,x-a,x-b',
    `${'a,'.repeat(4000)}a`,
    `${'a,'.repeat(4000)}a b`,
    ','.repeat(8192),
    `a${' '.repeat(8000)}b`,
    `${' '.repeat(8000)}b`,
    NAMES.slice(0, 128).join(),
    NAMES.join(),
    NAMES.map((name) => name.padEnd(62, 'x')).join(),
    `${'a'.repeat(8190)} b`,
  ];
  const methods: readonly (string | readonly string[])[] = [
    ['GET', 'PUT'],
    ['PUT', 'GET'],
    ['GET', 'GET'],
    '*',
    'GET:',
    'GET,PUT',
    'PATCh',
    'x'.repeat(4000),
  ];
  const origins = [
    `${origin}.`,
    `${origin}:443`,
    `${origin}:0443`,
    `${origin}/`,
    `${origin}?`,
    `${origin}@evil.example`,
    `${origin} x`,
    `${origin},${origin}`,
    `https://evil.example ${origin}`,
    `HTTPS://${host}`,
    `https://${host.toUpperCase()}`,
    `https://x${host}`,
    `https://user@${host}`,
    `https://${host}\u00e9`,
    `https://${'a'.repeat(600)}.${host}`,
    `https://${'a.'.repeat(300)}${host}`,
    'null',
    'NULL',
    'file://',
    'https://',
    '*',
    'x',
  ];
  return [
    ...lists.map(asking),
    ...methods.map((asked) => of({ origin, 'access-control-request-method': asked })),
    of({ 'access-control-request-method': 'GET:x' }),
    of({ origin: '', 'access-control-request-method': 'GET:x' }),
    of({ origin: [origin, 'https://evil.example'], 'access-control-request-method': method }),
    ...origins.flatMap((one) => [
      of({ origin: one, 'access-control-request-method': method }),
      of({ origin: one }, method),
    ]),
  ];
}

const NAMES = Array.from({ length: 129 }, (_, index) => `h${String(index).padStart(3, '0')}`);

/** Preflights that ask for the names of a policy, with others among them, and for its methods. */
export function randomAsks(
  { allowedHeaders, exposedHeaders, methods, origins, paths }: HostilePolicy,
  count: number,
): readonly ReplayedRequest[] {
  const exact = origins.flatMap((origin) => (typeof origin === 'string' ? origin : []));
  const name = fc.constantFrom(...allowedHeaders, ...exposedHeaders, 'x-a', 'X-B', '!');
  const one = fc.record({
    target: fc.constantFrom(...paths.map((path) => `/${path}`), '/x', '/y'),
    origin: fc.constantFrom(...exact, 'https://evil.example'),
    method: fc.constantFrom(...methods, 'GET', 'PUT', 'DELETE'),
    names: fc.uniqueArray(name, { maxLength: 6, selector: (text) => text.toLowerCase() }),
    isActual: fc.boolean(),
  });
  const seed = Number(process.env['CORS_SEED'] ?? 20_261_121);
  return fc
    .sample(one, { numRuns: count, seed })
    .map(({ target, origin, method, names, isActual }) => ({
      method: isActual ? 'GET' : 'OPTIONS',
      target,
      headers: {
        host: HOST,
        origin,
        ...(!isActual && {
          'access-control-request-method': method,
          'access-control-request-headers': names.join(),
        }),
      },
    }));
}
