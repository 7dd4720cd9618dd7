import {
  factsOf,
  isSameOrigin,
  keepFacts,
  requestedMethod,
  RequestFacts,
  type RawRequest,
  type TrackedResponse,
} from '../../../lib/platform/request-facts.js';
import type { CorsRequest } from '../../../lib/policy/policy.js';

class Facts extends RequestFacts {
  constructor(headers: RawRequest['headers'] = {}, origin = headers.origin) {
    super({ headers }, 'GET', '/', origin);
  }
  toCorsRequest(): CorsRequest {
    return { origin: '', method: 'GET', url: '/', hostname: 'a.example', protocol: 'http' };
  }
  isSameOrigin(): boolean {
    return false;
  }
}

function factsBy(decider: object | undefined): Facts {
  const facts = new Facts();
  facts.decider = decider as Facts['decider'];
  return facts;
}

describe('the facts of a request on a response that several applications share', () => {
  const [first, second, third] = [{}, {}, {}];

  test('each application finds its own, and nobody those of another', () => {
    const response: TrackedResponse = {};
    const kept = [first, second, third].map((decider) => factsBy(decider));
    for (const facts of kept) keepFacts(response, facts);
    const found = [first, second, third, {}].map((decider) => factsOf(response, decider));
    expect(found.map((facts) => facts && kept.indexOf(facts as Facts))).toEqual([
      0,
      1,
      2,
      undefined,
    ]);
  });

  test('a later request of the same application replaces the earlier one', () => {
    const response: TrackedResponse = {};
    const later = factsBy(first);
    keepFacts(response, factsBy(first));
    keepFacts(response, later);
    expect([factsOf(response, first) === later, later.ofEach]).toEqual([true, undefined]);
    keepFacts(response, factsBy(second));
    expect([factsOf(response, first) === later, factsOf(response, {})]).toEqual([true, undefined]);
    const last = factsBy(first);
    keepFacts(response, last);
    expect([factsOf(response, first) === last, last.ofEach?.length]).toEqual([true, 2]);
  });

  test("those of a preflight that is left to the application are nobody's", () => {
    const response: TrackedResponse = {};
    const own = factsBy(first);
    keepFacts(response, factsBy(undefined));
    keepFacts(response, own);
    expect([factsOf(response, first) === own, own.ofEach]).toEqual([true, undefined]);
    expect(factsOf(response, second)).toBeUndefined();
  });

  test('none are found where nothing was kept', () => {
    expect(factsOf({}, first)).toBeUndefined();
  });
});

test.each<[headers: Record<string, string>, host: string | undefined]>([
  [{ host: 'a.example:80' }, 'a.example:80'],
  [{ host: 'a.example', ':authority': 'b.example' }, 'a.example'],
  [{ host: '', ':authority': 'b.example' }, 'b.example'],
  [{ ':authority': 'b.example' }, 'b.example'],
  [{}, undefined],
])('the host of %j is %s', (headers, host) => {
  expect(new Facts(headers).hostHeader()).toBe(host);
});

test.each<
  [headers: Record<string, string>, protocol: string, host: string | undefined, same: boolean]
>([
  [{ origin: 'https://a.example' }, 'https', 'a.example', true],
  [{ origin: 'https://a.example' }, 'https', 'A.Example', true],
  [{ origin: 'https://a.example:8080' }, 'https', 'a.example:8080', true],
  [{ origin: 'https://a.example' }, 'http', 'a.example', false],
  [{ origin: 'https://a.example' }, 'https', 'b.example', false],
  [{ origin: 'https://undefined' }, 'https', undefined, false],
  // What the browser says counts for more than what a proxy has changed.
  [{ origin: 'https://a.example', 'sec-fetch-site': 'cross-site' }, 'https', 'a.example', false],
  [{ origin: 'https://a.example', 'sec-fetch-site': 'same-site' }, 'https', 'a.example', false],
  [{ origin: 'https://a.example', 'sec-fetch-site': 'same-origin' }, 'http', 'b.example', true],
  [{ origin: 'https://a.example', 'sec-fetch-site': 'none' }, 'http', 'b.example', true],
])('%j over %s to %s is of the same origin: %j', (headers, protocol, host, same) => {
  expect(isSameOrigin(headers, protocol, host)).toBe(same);
});

const ASKING = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };

test.each<[method: string, headers: Record<string, string>, asked: string | undefined]>([
  ['OPTIONS', ASKING, 'PUT'],
  ['GET', ASKING, undefined],
  ['OPTIONS', { origin: ASKING.origin }, undefined],
  ['OPTIONS', { 'access-control-request-method': 'PUT' }, undefined],
])('%s with %j asks about %s', (method, headers, asked) => {
  expect(requestedMethod({ method, headers })).toBe(asked);
});

test.each<[origin: string | undefined, headers: Record<string, string>, isProbe: boolean]>([
  ['https://a.example', {}, false],
  ['https://nestjs-cors-check.invalid', {}, true],
  ['https://nestjs-cors-check.invalid.example', {}, false],
  ['https://a.example', { 'sec-nestjs-cors-probe': '1' }, true],
  [undefined, { 'sec-nestjs-cors-probe': '' }, true],
  [undefined, {}, false],
])('%s with %j is a probe of our own: %j', (origin, headers, isProbe) => {
  expect(new Facts(headers, origin).isProbe).toBe(isProbe);
});
