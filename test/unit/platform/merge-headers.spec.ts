import { OutgoingMessage } from 'node:http';
import {
  type HeaderRecord,
  type HeadersArgument,
  mergeHeaders,
} from '../../../lib/platform/merge-headers.js';
import type { CorsDecision } from '../../../lib/policy/decide-response.js';
import type { CorsOutcome } from '../../../lib/policy/policy.js';

const APP = 'https://app.example.com';
const ORIGIN = ['Access-Control-Allow-Origin', APP];
const CREDENTIALS = ['Access-Control-Allow-Credentials', 'true'];
const EXPOSE = (names: string) => ['Access-Control-Expose-Headers', names];
const TIMING = ['Timing-Allow-Origin', APP];
const VARY = ['Vary', 'Origin'];

const decision = (headers: string[], outcome: CorsOutcome = 'allowed'): CorsDecision => ({
  outcome,
  headers,
  varyByOrigin: true,
});
const ALLOWED = decision([...ORIGIN, ...CREDENTIALS, ...EXPOSE('ETag')]);
const PLAIN = decision(ORIGIN);
const TIMED = decision([...ORIGIN, ...TIMING]);
const OPEN = { ...decision(['Access-Control-Allow-Origin', '*']), varyByOrigin: false };
const REFUSED = decision([], 'origin-not-allowed');
const WITHOUT_ORIGIN = decision([], 'not-a-cors-request');
const OFF = { ...decision([], 'cors-disabled'), varyByOrigin: false };

/** What is passed on to `writeHead`, what the response has then, and what was replaced. */
function merge(
  of: CorsDecision,
  own: HeaderRecord,
  argument?: HeadersArgument,
  takesList = false,
): readonly unknown[] {
  const response = new OutgoingMessage();
  for (const [name, value] of Object.entries(own)) response.setHeader(name, value ?? '');
  const replaced: (readonly string[])[] = [];
  const passed = mergeHeaders(
    response,
    of,
    argument === undefined ? undefined : Object.freeze(argument),
    takesList,
    (names) => replaced.push([...names]),
  );
  return [passed, { ...response.getHeaders() }, ...replaced];
}

const onResponse = (headers: readonly string[]) =>
  Object.fromEntries(
    Array.from({ length: headers.length / 2 }, (_, index) => [
      String(headers[2 * index]).toLowerCase(),
      headers[2 * index + 1],
    ]),
  );
const inRecord = (headers: readonly string[]) =>
  Object.fromEntries(
    Array.from({ length: headers.length / 2 }, (_, index) => [
      headers[2 * index],
      headers[2 * index + 1],
    ]),
  );

it('where nothing is decided, nothing is touched', () => {
  const argument = { 'access-control-allow-origin': 'x', vary: 'Accept' };
  const own = { 'access-control-allow-credentials': 'x', vary: 'Cookie' };
  const [passed, ...rest] = merge(OFF, own, argument, true);
  expect(passed).toBe(argument);
  expect(rest).toEqual([own]);
});

describe('the headers of the response itself', () => {
  it.each<
    [why: string, decision: CorsDecision, own: HeaderRecord, then: object, ...replaced: string[][]]
  >([
    ['none', ALLOWED, {}, onResponse([...ALLOWED.headers, ...VARY])],
    [
      'others',
      PLAIN,
      { etag: '"1"', date: 'x' },
      { ...onResponse([...ORIGIN, ...VARY]), etag: '"1"', date: 'x' },
    ],
    [
      'none, any origin',
      OPEN,
      { vary: 'Accept' },
      { ...onResponse([...OPEN.headers]), vary: 'Accept' },
    ],
    ['Vary', PLAIN, { vary: 'Accept' }, { ...onResponse(ORIGIN), vary: 'Accept, Origin' }],
    [
      'Vary, in several lines',
      PLAIN,
      { vary: ['Accept', 'origin'] },
      { ...onResponse(ORIGIN), vary: 'Accept, origin' },
    ],
    [
      'what is granted',
      PLAIN,
      { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' },
      onResponse([...ORIGIN, ...VARY]),
      ['access-control-allow-origin', 'access-control-allow-credentials'],
    ],
    [
      'timing, where the policy says nothing of it',
      PLAIN,
      { 'timing-allow-origin': '*' },
      { ...onResponse([...ORIGIN, ...VARY]), 'timing-allow-origin': '*' },
    ],
    [
      'timing, where it does',
      TIMED,
      { 'timing-allow-origin': '*' },
      onResponse([...TIMED.headers, ...VARY]),
    ],
    [
      'what is exposed',
      ALLOWED,
      { 'access-control-expose-headers': ['Location', 'etag, *'] },
      onResponse([...ORIGIN, ...CREDENTIALS, ...EXPOSE('ETag, Location'), ...VARY]),
    ],
    [
      'what is exposed, where the policy exposes nothing',
      PLAIN,
      { 'access-control-expose-headers': 'Location' },
      onResponse([...ORIGIN, ...EXPOSE('Location'), ...VARY]),
    ],
    [
      'everything, exposed without credentials',
      PLAIN,
      { 'access-control-expose-headers': '*' },
      onResponse([...ORIGIN, ...EXPOSE('*'), ...VARY]),
    ],
    [
      'nothing that can be exposed',
      PLAIN,
      { 'access-control-expose-headers': 'a b' },
      onResponse([...ORIGIN, ...VARY]),
    ],
    [
      'what is exposed to an origin that is not allowed',
      REFUSED,
      { 'access-control-expose-headers': 'Location', 'timing-allow-origin': '*' },
      { vary: 'Origin', 'timing-allow-origin': '*' },
    ],
    [
      'what is granted where there is no origin',
      WITHOUT_ORIGIN,
      { 'access-control-allow-origin': '*' },
      { 'access-control-allow-origin': '*', vary: 'Origin' },
    ],
  ])('%s', (_, of, own, then, ...replaced) => {
    const expected = [undefined, then, ...replaced];
    expect([false, true].map((takesList) => merge(of, own, undefined, takesList))).toStrictEqual([
      expected,
      expected,
    ]);
  });

  it.each<CorsOutcome>(['origin-not-allowed', 'malformed-origin', 'ambiguous-path', 'undecided'])(
    'grants that the application makes itself are taken back: %s',
    (outcome) => {
      expect(merge(decision([], outcome), { 'access-control-allow-origin': '*' })).toEqual([
        undefined,
        { vary: 'Origin' },
        ['access-control-allow-origin'],
      ]);
    },
  );
});

describe('a record', () => {
  it.each<
    [
      why: string,
      decision: CorsDecision,
      argument: HeaderRecord,
      passed: object,
      ...replaced: string[][],
    ]
  >([
    [
      'of others',
      PLAIN,
      { 'content-length': 5, etag: 'x', 'x-long-name-of-a-header': 'y' },
      {
        'content-length': 5,
        etag: 'x',
        'x-long-name-of-a-header': 'y',
        ...inRecord([...ORIGIN, ...VARY]),
      },
    ],
    [
      'with Vary',
      PLAIN,
      { VARY: ['Accept', 'Cookie'] },
      inRecord([...ORIGIN, 'Vary', 'Accept, Cookie, Origin']),
    ],
    ['with Vary, undefined', PLAIN, { vary: undefined }, inRecord([...ORIGIN, ...VARY])],
    [
      'with Vary, any origin',
      OPEN,
      { vary: 'Accept' },
      { vary: 'Accept', ...inRecord([...OPEN.headers]) },
    ],
    [
      'with what is granted, in any case',
      PLAIN,
      { 'ACCESS-control-allow-origin': '*', 'Access-Control-Allow-Credentials': 'true' },
      inRecord([...ORIGIN, ...VARY]),
      ['access-control-allow-origin', 'access-control-allow-credentials'],
    ],
    [
      'with what is exposed',
      ALLOWED,
      { 'Access-Control-Expose-Headers': 'Location' },
      inRecord([...ORIGIN, ...CREDENTIALS, ...EXPOSE('ETag, Location'), ...VARY]),
    ],
    [
      'with what is exposed, undefined',
      ALLOWED,
      { 'Access-Control-Expose-Headers': undefined },
      inRecord([...ALLOWED.headers, ...VARY]),
    ],
    [
      'with timing, which is not owned',
      PLAIN,
      { 'Timing-Allow-Origin': '*' },
      { 'Timing-Allow-Origin': '*', ...inRecord([...ORIGIN, ...VARY]) },
    ],
    [
      'with timing, which is',
      TIMED,
      { 'Timing-Allow-Origin': '*' },
      inRecord([...TIMED.headers, ...VARY]),
    ],
    [
      'of a request without an origin',
      WITHOUT_ORIGIN,
      { 'Access-Control-Allow-Origin': 'x' },
      { 'Access-Control-Allow-Origin': 'x', ...inRecord(VARY) },
    ],
  ])('%s', (_, of, argument, passed, ...replaced) => {
    expect(merge(of, {}, argument)).toStrictEqual([passed, {}, ...replaced]);
    // What may give way is never made a list.
    const asList = merge(of, {}, argument, true);
    expect(Array.isArray(asList[0]) ? 'a list' : asList).toEqual(
      Object.keys(argument).some((name) => /^(?:vary|access-|timing-)/i.test(name))
        ? [passed, {}, ...replaced]
        : 'a list',
    );
  });

  it('gets what the response has of its own', () => {
    const own = { vary: 'Accept', 'access-control-expose-headers': 'Location' };
    const passed = inRecord([
      ...ORIGIN,
      ...EXPOSE('Location, ETag'),
      'Vary',
      'Accept, Cookie, Origin',
    ]);
    const argument = { vary: 'Cookie', 'access-control-expose-headers': 'ETag' };
    // Node writes those of the argument in place of those of the response.
    expect(merge(PLAIN, own, argument)).toEqual([passed, { vary: 'Accept' }]);
    expect(merge(PLAIN, { 'x-a': '1' }, { etag: 'x' }, true)).toEqual([
      { etag: 'x', ...inRecord([...ORIGIN, ...VARY]) },
      { 'x-a': '1' },
    ]);
  });

  it('becomes a list where that is taken', () => {
    const argument = {
      'Content-Length': 5,
      'x-long-name-of-a-header': 'y',
      'set-cookie': ['a', 'b'],
    };
    const list = ['Content-Length', 5, 'x-long-name-of-a-header', 'y', 'set-cookie', ['a', 'b']];
    expect(merge(PLAIN, {}, argument, true)).toEqual([[...list, ...ORIGIN, ...VARY], {}]);
    expect(merge(OPEN, {}, argument, true)).toEqual([[...list, ...OPEN.headers], {}]);
  });
});

describe('a list', () => {
  it.each<
    [
      why: string,
      decision: CorsDecision,
      argument: HeadersArgument,
      passed: unknown[],
      ...replaced: string[][],
    ]
  >([
    [
      'of names and values',
      PLAIN,
      ['X-A', '1', 'vary', 'Accept', 'X-A', '2'],
      ['X-A', '1', 'X-A', '2', ...ORIGIN, 'Vary', 'Accept, Origin'],
    ],
    [
      'of pairs',
      PLAIN,
      [
        ['X-A', '1'],
        ['Vary', 'Accept'],
        ['X-B', 2],
      ],
      ['X-A', '1', 'X-B', 2, ...ORIGIN, 'Vary', 'Accept, Origin'],
    ],
    ['of nothing', PLAIN, [], [...ORIGIN, ...VARY]],
    ['with a name too many', PLAIN, ['X-A', '1', 'X-B'], ['X-A', '1', ...ORIGIN, ...VARY]],
    ['with a value that is undefined', PLAIN, ['X-A', undefined], ['X-A', '', ...ORIGIN, ...VARY]],
    [
      'with what is granted',
      PLAIN,
      ['Access-Control-Allow-Origin', '*', 'X-A', '1'],
      ['X-A', '1', ...ORIGIN, ...VARY],
      ['access-control-allow-origin'],
    ],
    ['where any origin is allowed', OPEN, ['Vary', 'Accept'], ['Vary', 'Accept', ...OPEN.headers]],
    ['with timing', TIMED, ['Timing-Allow-Origin', '*'], [...TIMED.headers, ...VARY]],
    [
      'with timing, which is not owned',
      PLAIN,
      ['Timing-Allow-Origin', '*'],
      ['Timing-Allow-Origin', '*', ...ORIGIN, ...VARY],
    ],
  ])('%s', (_, of, argument, passed, ...replaced) => {
    const expected = [passed, {}, ...replaced];
    expect([false, true].map((takesList) => merge(of, {}, argument, takesList))).toEqual([
      expected,
      expected,
    ]);
  });
});
