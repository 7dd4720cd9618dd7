import { failedPreflightCheck } from '../../../../lib/browser/fetch/preflight-checks.js';
import type { PreflightQuery } from '../../../../lib/browser/fetch/preflight-query.js';
import { HeaderList } from '../../../../lib/browser/http/header-list.js';
import type { BrowserName } from '../../../../lib/browser/index.js';
import { response } from '../network.js';

const query: PreflightQuery = {
  url: 'https://api.example.com/x',
  origin: 'https://app.example.com',
  method: 'PUT',
  unsafeNames: ['x-a', 'x-b'],
  writtenNames: ['X-B', 'X-A'],
  credentialed: false,
  forced: false,
  repeated: false,
};
const granted = {
  'access-control-allow-origin': 'https://app.example.com',
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'PUT',
  'access-control-allow-headers': 'X-A, x-b',
};

function failed(
  changes: Readonly<Record<string, string>> = {},
  {
    status = 204,
    browser = 'chromium',
    ...requested
  }: Partial<PreflightQuery> & { readonly status?: number; readonly browser?: BrowserName } = {},
) {
  const headers = new HeaderList(response(status, { ...granted, ...changes }).headers);
  return failedPreflightCheck({ query: { ...query, ...requested }, status, headers, browser });
}

function order(
  status: number,
  headers: Readonly<Record<string, string>>,
  browser: BrowserName,
): string | undefined {
  const list = new HeaderList(response(status, headers).headers);
  return failedPreflightCheck({ query, status, headers: list, browser })?.check;
}

describe('failedPreflightCheck', () => {
  it.each(['chromium', 'firefox', 'safari'] as const)('%s: passes what is granted', (browser) => {
    expect(failed({}, { browser })).toBeNull();
    expect(failed({}, { browser, credentialed: true, status: 299 })).toBeNull();
  });

  it('requires a status from 200 to 299', () => {
    expect(failed({}, { status: 199 })).toEqual({
      check: 'PREFLIGHT_STATUS',
      details: { status: 199 },
    });
    expect(failed({}, { status: 300 })?.check).toBe('PREFLIGHT_STATUS');
    expect(failed({ location: '/y' }, { status: 300 })?.check).toBe('PREFLIGHT_STATUS');
  });

  it('is a redirect only with a Location', () => {
    expect(failed({ location: '/y' }, { status: 308 })).toEqual({
      check: 'PREFLIGHT_REDIRECT',
      details: { status: 308, location: '/y' },
    });
    expect(failed({}, { status: 308 })?.check).toBe('PREFLIGHT_STATUS');
    expect(failed({ location: '/y' }, { status: 308, browser: 'safari' })).toEqual({
      check: 'PREFLIGHT_STATUS',
      details: { status: 308, location: '/y' },
    });
  });

  it('makes the CORS check with the credentials mode of the actual request', () => {
    const changes = { 'access-control-allow-credentials': 'no' };
    expect(failed(changes)).toBeNull();
    expect(failed(changes, { credentialed: true })?.check).toBe('ACAC_NOT_TRUE');
  });

  it.each([
    ['access-control-allow-methods', 'ACAM_PARSE', 'PUT, a/b', 'a/b'],
    ['access-control-allow-headers', 'ACAH_PARSE', 'x-a x-b', 'x-a x-b'],
  ])('rejects a bad %s, even where it is not needed', (name, check, value, member) => {
    const needsNothing = { method: 'GET', unsafeNames: [], forced: true };
    expect(failed({ [name]: value }, needsNothing)).toEqual({ check, details: { member, value } });
  });

  it.each([
    ['PUT', 'PUT', false, true],
    ['PUT', 'put', false, false],
    ['patch', 'PATCH', false, false],
    ['PUT', '*', false, true],
    ['PUT', '*', true, false],
    ['*', '*', true, true],
    ['GET', '', false, true],
    ['HEAD', 'PUT', true, true],
    ['POST', 'put', true, true],
    ['QUERY', 'GET', false, false],
  ])('method %s, listed %s, credentialed %s → %s', (method, listed, credentialed, passes) => {
    const failure = failed({ 'access-control-allow-methods': listed }, { method, credentialed });
    expect(failure).toEqual(
      passes
        ? null
        : { check: 'METHOD', details: { method, listed: listed.split(',').filter(Boolean) } },
    );
  });

  it('lets an absent method list stand for the method when the preflight was forced', () => {
    const headers = new HeaderList([
      ['access-control-allow-origin', '*'],
      ['access-control-allow-headers', '*'],
    ]);
    const check = (forced: boolean) =>
      failedPreflightCheck({
        query: { ...query, forced },
        status: 200,
        headers,
        browser: 'chromium',
      });
    expect(check(true)).toBeNull();
    expect(check(false)?.check).toBe('METHOD');
  });

  it('collects all headers that are not allowed, and names the first', () => {
    const changes = { 'access-control-allow-headers': '' };
    const details = { names: ['x-a', 'x-b'], listed: [], header: 'x-a' };
    expect(failed(changes)).toEqual({ check: 'HEADER', details });
    expect(failed(changes, { browser: 'firefox' })).toEqual({ check: 'HEADER', details });
  });

  it('names the header as Safari does: as written, in the order of the page', () => {
    const failure = failed({ 'access-control-allow-headers': '' }, { browser: 'safari' });
    expect(failure?.details.header).toBe('X-B');
  });

  it('reads * as every header, but not with credentials', () => {
    const changes = { 'access-control-allow-headers': '*' };
    expect(failed(changes)).toBeNull();
    expect(failed(changes, { credentialed: true })?.details.names).toEqual(['x-a', 'x-b']);
    expect(failed(changes, { credentialed: true, unsafeNames: ['*'] })).toBeNull();
  });

  it('requires Authorization to be named', () => {
    const requested = { unsafeNames: ['authorization', 'x-a'] };
    expect(failed({ 'access-control-allow-headers': '*' }, requested)).toEqual({
      check: 'AUTHORIZATION_WILDCARD',
      details: { names: ['authorization'], listed: ['*'], header: 'authorization' },
    });
    expect(failed({ 'access-control-allow-headers': '*, AUTHORIZATION' }, requested)).toBeNull();
    expect(failed({ 'access-control-allow-headers': 'x-a' }, requested)?.check).toBe('HEADER');
  });
});

describe('the order of checks', () => {
  const origin = { 'access-control-allow-origin': '*' };

  it.each([
    [404, {}, 'ACAO_MISSING', 'ACAO_MISSING', 'PREFLIGHT_STATUS'],
    [302, { location: '/y' }, 'PREFLIGHT_REDIRECT', 'PREFLIGHT_REDIRECT', 'PREFLIGHT_STATUS'],
    [404, origin, 'PREFLIGHT_STATUS', 'PREFLIGHT_STATUS', 'PREFLIGHT_STATUS'],
    [
      200,
      { ...origin, 'access-control-allow-headers': 'a b' },
      'ACAH_PARSE',
      'METHOD',
      'ACAH_PARSE',
    ],
    [
      200,
      { 'access-control-allow-methods': 'a b' },
      'ACAO_MISSING',
      'ACAO_MISSING',
      'ACAO_MISSING',
    ],
    [200, origin, 'METHOD', 'METHOD', 'METHOD'],
  ])('%i %j', (status, headers, chromium, firefox, safari) => {
    expect({
      chromium: order(status, headers, 'chromium'),
      firefox: order(status, headers, 'firefox'),
      safari: order(status, headers, 'safari'),
    }).toEqual({ chromium, firefox, safari });
  });
});
