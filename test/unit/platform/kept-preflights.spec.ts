import { KeptPreflights } from '../../../lib/platform/kept-preflights.js';
import type { CrossOriginFacts } from '../../../lib/platform/request-facts.js';
import type { PreflightDecision } from '../../../lib/policy/decide-preflight.js';
import type { OriginRule } from '../../../lib/policy/policy.js';
import type { PolicyGeneration } from '../../../lib/routing/policy-registry.js';
import { APP, policy } from '../policy/policies.js';

const HEADERS = ['Access-Control-Allow-Origin', APP, 'Vary', 'Origin'];
const ALLOWED: PreflightDecision = { outcome: 'allowed', status: 204, headers: HEADERS };
const DYNAMIC: OriginRule = { kind: 'dynamic', allows: () => true };

const generation = (...policies: unknown[]) =>
  policies.map((one) => ({ policy: one })) as unknown as PolicyGeneration;

type Key = {
  readonly [K in 'target' | 'method' | 'origin' | 'requestHeaders']?: string | undefined;
};

function keeping(readsHost = false) {
  const routes = { revision: 0, readsHost };
  const kept = new KeptPreflights(routes as never);
  const given = { policies: generation(policy()) };
  /** As the pipeline asks: what is kept, or else a decision, which may be kept. */
  const ask = (key: Key = {}, decision = ALLOWED) => {
    const facts = { target: '/', method: 'PUT', origin: APP, ...key } as CrossOriginFacts;
    const found = kept.find(facts, given.policies);
    if (found === undefined) kept.keep(facts, decision);
    return found;
  };
  const isKept = (key?: Key, decision?: PreflightDecision) =>
    [1, 2, 3].map(() => ask(key, decision) !== undefined);
  return { routes, kept, given, ask, isKept };
}

test('a decision is kept when it is made for the second time, with headers of its own for each', () => {
  const { ask, kept } = keeping();
  expect([ask(), ask()]).toEqual([undefined, undefined]);
  const [third, fourth] = [ask(), ask()];
  expect([third, fourth, kept.size]).toEqual([ALLOWED, ALLOWED, 1]);
  expect([third?.headers === fourth?.headers, third?.headers === HEADERS]).toEqual([false, false]);
});

test('what is written into the headers of one answer is in no other', () => {
  const { ask, kept } = keeping();
  const headers = [...HEADERS];
  for (const _ of 'two') ask({}, { ...ALLOWED, headers });
  headers.push('x-late', '1');
  expect([ask()?.headers, kept.size]).toEqual([HEADERS, 1]);
});

test.each<[what: string, key: Key]>([
  ['another target', { target: '/other' }],
  ['another target of the same end', { target: '/a/12345678' }],
  ['another method', { method: 'POST' }],
  ['a method of the same length and start', { method: 'PAT' }],
  ['another origin', { origin: 'https://app.example.net' }],
  ['an origin of the same length and end', { origin: 'https://abc.example.com' }],
  ['other headers', { requestHeaders: 'x-b' }],
  ['no headers', { requestHeaders: undefined }],
])('%s: nothing that was kept for another preflight', (_, key) => {
  const { ask } = keeping();
  const first = { target: '/b/12345678', requestHeaders: 'x-a' };
  for (let round = 0; round < 4; round += 1) ask(first);
  expect([ask(first), ask({ ...first, ...key })]).toEqual([ALLOWED, undefined]);
});

const long = (length: number) => 'x'.repeat(length);
const KEEPS = [false, false, true];
const NEVER = [false, false, false];

test.each(['target', 'method', 'origin', 'requestHeaders'])(
  'a %s of 257 characters is not kept',
  (part) => {
    expect([256, 257].map((length) => keeping().isKept({ [part]: long(length) }))).toEqual([
      KEEPS,
      NEVER,
    ]);
  },
);

test('refusals are not kept: any number of origins may have one', () => {
  const refused = { ...ALLOWED, outcome: 'origin-not-allowed', status: 403 } as const;
  expect(keeping().isKept({}, refused)).toEqual(NEVER);
});

test.each<[what: string, policies: PolicyGeneration, kept: boolean[]]>([
  ['lists', generation(policy(), policy()), KEEPS],
  ['CORS off', generation(policy(), false), KEEPS],
  ['an origin function', generation(policy({ origin: DYNAMIC })), NEVER],
  ['an origin function somewhere', generation(policy(), policy({ origin: DYNAMIC })), NEVER],
])('with policies of %s', (_, policies, expected) => {
  const { given, isKept } = keeping();
  given.policies = policies;
  expect(isKept()).toEqual(expected);
});

test('none is kept where a host decides', () => {
  expect(keeping(true).isKept()).toEqual(NEVER);
});

test.each<[what: string, change: (of: ReturnType<typeof keeping>) => void]>([
  ['policies are replaced', ({ given }) => void (given.policies = generation(policy()))],
  ['a route is added', ({ routes }) => void (routes.revision += 1)],
])('all are dropped when %s', (_, change) => {
  const all = keeping();
  all.isKept();
  change(all);
  expect(all.isKept()).toEqual(KEEPS);
});

test('at most 1,024 are kept, and paths that differ at their ends rarely stand in the way of each other', () => {
  const { ask, kept } = keeping();
  const askAll = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const key = { target: `/api/v1/items/${index}` };
      for (const _ of 'two') ask(key);
    }
  };
  askAll(500);
  expect(kept.size).toBeGreaterThan(250);
  askAll(20_000);
  expect(kept.size).toBeLessThanOrEqual(1024);
  expect(kept.size).toBeGreaterThan(900);
});
