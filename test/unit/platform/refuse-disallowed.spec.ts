import { refusalAhead, refusalOf } from '../../../lib/platform/refuse-disallowed.js';
import type { RequestFacts } from '../../../lib/platform/request-facts.js';
import { serveLate } from '../../../lib/platform/serve-late.js';
import type { CorsOutcome } from '../../../lib/policy/policy.js';
import { EVIL } from '../policy/policies.js';

type Parts = Parameters<typeof refusalAhead>[0];

/** A route, as far as a refusal depends on it. */
interface Route {
  readonly policy: number;
  readonly versioned?: boolean;
}

interface Given {
  readonly rejects?: boolean;
  readonly outcome?: CorsOutcome;
  readonly origin?: string | undefined;
  readonly sameOrigin?: () => boolean;
  /** Whether the host that the route is bound to is that of the request. */
  readonly host?: boolean;
  readonly route?: object;
  readonly candidates?: () => readonly Route[];
  readonly policyIndex?: number;
}

/** Policies 1 and 2 are one object; 0, the global one, is another, and so is 3. */
const SAME = {};
const GENERATION = [{}, SAME, SAME, {}];

function refusal(given: Given) {
  const {
    rejects = true,
    outcome = 'origin-not-allowed',
    host,
    route = host === undefined ? undefined : { host: { serves: () => host } },
    sameOrigin = () => false,
    candidates = () => [],
    policyIndex = 0,
  } = given;
  const failures: unknown[] = [];
  const parts = {
    policies: {
      rejectsDisallowed: rejects,
      indexFor: (entry: Route | undefined) => entry?.policy ?? 0,
    },
    routes: { candidates },
    observer: { servingFailed: (error: unknown) => void failures.push(error) },
  } as unknown as Parts;
  const facts = {
    origin: 'origin' in given ? given.origin : EVIL,
    decision: { outcome },
    policies: GENERATION,
    policyIndex,
    target: '/',
    isSameOrigin: sameOrigin,
    hostname: () => 'a.example',
    route,
  } as unknown as RequestFacts;
  const messages = [
    refusalOf(parts, facts),
    refusalAhead(parts, facts, true),
    refusalAhead(parts, facts, false),
  ].map((error) => error?.message);
  return { messages, failures };
}

const REFUSED = 'The origin of this request is not allowed.';
const ALL = [REFUSED, REFUSED, REFUSED];
const NONE = [undefined, undefined, undefined];
/** Only where the router has chosen. */
const LATER = [REFUSED, REFUSED, undefined];

const broken = new Error('No list of proxies.');
const fails = () => {
  throw broken;
};

describe('what rejectDisallowed refuses: by the handler, behind the router, ahead of it', () => {
  test.each<[what: string, given: Given, messages: readonly unknown[]]>([
    ['an origin that is not allowed', {}, ALL],
    ['an origin that is none', { outcome: 'malformed-origin' }, ALL],
    ['a path that reads in two ways', { outcome: 'ambiguous-path' }, ALL],
    ['what is not decided', { outcome: 'undecided' }, ALL],
    ['nothing that is allowed', { outcome: 'allowed' }, NONE],
    ['nothing where CORS is off', { outcome: 'cors-disabled' }, NONE],
    ['nothing where CORS passes through', { outcome: 'passed-through' }, NONE],
    ['nothing where it is not set', { rejects: false }, NONE],
    ['nothing without an origin', { origin: undefined }, NONE],
    ["nothing of the application's own pages", { sameOrigin: () => true }, NONE],
    ['nothing that a route of another host will pass on', { host: false }, NONE],
    ['what a route of this host serves', { host: true }, ALL],
    [
      'versions of one policy',
      { candidates: () => [{ policy: 1 }, { policy: 2 }], policyIndex: 1 },
      ALL,
    ],
    [
      'versions of two, by their handlers',
      { candidates: () => [{ policy: 1 }, { policy: 3 }], policyIndex: 1 },
      LATER,
    ],
    [
      'versions that may all not hold, by their handlers',
      {
        candidates: () => [
          { policy: 1, versioned: true },
          { policy: 2, versioned: true },
        ],
        policyIndex: 1,
      },
      LATER,
    ],
    [
      'versions of the global policy, which holds where none does',
      { candidates: () => [{ policy: 0, versioned: true }] },
      ALL,
    ],
    [
      'a version beside a route of any version',
      { candidates: () => [{ policy: 1, versioned: true }, { policy: 2 }], policyIndex: 1 },
      ALL,
    ],
    [
      'versions beside a route of any version',
      {
        candidates: () => [
          { policy: 1, versioned: true },
          { policy: 2, versioned: true },
          { policy: 2 },
        ],
        policyIndex: 1,
      },
      ALL,
    ],
    ['what a route of any host serves', { route: {} }, ALL],
    [
      'a path of its own policy where nothing serves',
      { candidates: () => [], policyIndex: 1 },
      LATER,
    ],
  ])('%s', (_, given, messages) => {
    expect(refusal(given)).toEqual({ messages, failures: [] });
  });

  test('nothing of which no more is known, and nothing is read for it', () => {
    const parts = { policies: { rejectsDisallowed: true } } as Parts;
    const undecided = { origin: EVIL, decision: undefined } as RequestFacts;
    const found = [undefined, undecided].flatMap((facts) => [
      refusalOf(parts, facts),
      refusalAhead(parts, facts, false),
    ]);
    expect(found).toEqual([undefined, undefined, undefined, undefined]);
    expect(refusal({ outcome: 'allowed', candidates: fails }).failures).toEqual([]);
  });

  test('what cannot be read is refused, and reported', () => {
    expect(refusal({ sameOrigin: fails })).toEqual({
      messages: ALL,
      failures: [broken, broken, broken],
    });
    expect(refusal({ candidates: fails })).toEqual({ messages: ALL, failures: [broken] });
  });
});

describe('a request whose decision took its time', () => {
  const serve = (headersSent: boolean, handler: () => unknown) => {
    const heard: unknown[] = [];
    const response = { headersSent, destroy: () => void heard.push('destroyed') };
    const observer = { servingFailed: (error: unknown) => void heard.push(error) };
    serveLate(response, observer as never, () => {
      heard.push('served');
      handler();
    });
    return heard;
  };

  test.each<[what: string, headersSent: boolean, handler: () => unknown, ...heard: unknown[]]>([
    ['is served', false, () => undefined, 'served'],
    ['is not served where somebody has responded', true, () => undefined],
    ['is closed where serving throws', false, fails, 'served', broken, 'destroyed'],
  ])('%s', (_, headersSent, handler, ...heard) => {
    expect(serve(headersSent, handler)).toEqual(heard);
  });
});
