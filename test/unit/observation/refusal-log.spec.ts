import { jest } from '@jest/globals';
import { CorsRefusalLog, diagnosticsMode } from '../../../lib/observation/refusal-log.js';
import type { RefusalWords } from '../../../lib/observation/refusal-words.js';
import type { CrossOriginFacts } from '../../../lib/platform/request-facts.js';
import type { CorsOutcome } from '../../../lib/policy/policy.js';
import { EVIL } from '../policy/policies.js';

interface Given {
  readonly origin?: string;
  readonly method?: string;
  readonly target?: string;
  readonly isProbe?: boolean;
}

const factsOf = ({ origin = EVIL, method = 'GET', target = '/', isProbe = false }: Given) =>
  ({ origin, method, target, isProbe, route: undefined, policyIndex: 0 }) as CrossOriginFacts;

/** A log whose sentences say what they are about. */
function logged({ header = false, failing = '' } = {}) {
  const lines: string[] = [];
  let worded = 0;
  const words = {
    declaredFor: () => undefined,
    hasFailed: (_: unknown, origin: string) => origin === failing,
    ofPreflight: ({ origin }: CrossOriginFacts) => `preflight ${origin}`,
    ofResponse: ({ origin, target }: CrossOriginFacts, outcome: CorsOutcome, of?: string) => {
      worded += 1;
      return `${outcome} ${origin} ${target}${of ?? ''}`;
    },
  } as unknown as RefusalWords;
  const log = new CorsRefusalLog({ log: true, header }, words, (line) => lines.push(line));
  const refuse = (given: Given, outcome: CorsOutcome = 'origin-not-allowed') =>
    log.response(factsOf(given), { outcome, headers: [] } as never);
  return { lines, refuse, log, worded: () => worded };
}

test('a refusal is one line for its origin, method, route and reason, and worded once', () => {
  const { lines, refuse, worded } = logged();
  for (let round = 0; round < 2; round += 1) {
    refuse({});
    refuse({ origin: 'https://other.example' });
    refuse({ target: '/other' });
    refuse({}, 'malformed-origin');
  }
  expect([lines, worded()]).toEqual([
    [
      `origin-not-allowed ${EVIL} /`,
      'origin-not-allowed https://other.example /',
      `origin-not-allowed ${EVIL} /other`,
      `malformed-origin ${EVIL} /`,
    ],
    4,
  ]);
});

test.each<[what: string, given: (index: number) => Given]>([
  ['200 characters of a path', (index) => ({ target: `/${'a'.repeat(199)}${index}` })],
  ['512 characters of an origin', (index) => ({ origin: `${'x'.repeat(512)}${index}` })],
  ['the path, not the query', (index) => ({ target: `/search?q=${index}` })],
])('%s tell refusals apart', (_, given) => {
  const { lines, refuse } = logged();
  refuse(given(1));
  refuse(given(2));
  expect(lines).toHaveLength(1);
});

test.each<[what: string, given: (index: number) => Given]>([
  ['the 200th character of a path', (index) => ({ target: `/${'a'.repeat(198)}${index}` })],
  ['the 512th character of an origin', (index) => ({ origin: `${'x'.repeat(511)}${index}` })],
  ['the method', (index) => ({ method: ['GET', 'PUT', 'POST'][index] ?? '' })],
])('%s tells them apart', (_, given) => {
  const { lines, refuse } = logged();
  refuse(given(1));
  refuse(given(2));
  expect(lines).toHaveLength(2);
});

test('a probe, what is allowed, and a function that failed are no refusals to log', () => {
  const { lines, refuse } = logged({ failing: 'https://failing.example' });
  refuse({ isProbe: true });
  refuse({}, 'allowed');
  refuse({}, 'not-a-cors-request');
  refuse({ origin: 'https://failing.example' });
  // What the function was not asked about.
  refuse({ origin: 'https://failing.example' }, 'cors-disabled');
  expect(lines).toEqual(['cors-disabled https://failing.example /']);
});

test('is reported: what was logged, and everything once the log is full; nothing where a header says it', () => {
  const { refuse, log } = logged();
  const isReported = (given: Given) => log.isReported(factsOf(given), 'origin-not-allowed');
  expect(isReported({})).toBe(false);
  refuse({});
  expect([isReported({}), isReported({ target: '/other' })]).toEqual([true, false]);

  const diagnosing = logged({ header: true });
  const texts = [
    diagnosing.refuse({}),
    diagnosing.refuse({}),
    diagnosing.refuse({ isProbe: true }),
  ];
  const text = `origin-not-allowed; origin-not-allowed ${EVIL} /`;
  expect([texts, diagnosing.lines]).toEqual([[text, text, text], [text.split('; ')[1]]]);
  expect(diagnosing.log.isReported(factsOf({}), 'origin-not-allowed')).toBe(false);
});

test('a header has no letters that it cannot carry', () => {
  const { refuse } = logged({ header: true });
  expect(refuse({ origin: 'https://müller.example', target: '/订单' })).toBe(
    'origin-not-allowed; origin-not-allowed https://m\\u00FCller.example /\\u8BA2\\u5355',
  );
});

test('a preflight and a handshake are refusals as well', () => {
  const decision = { outcome: 'origin-not-allowed', status: 403, headers: [] } as const;
  const { lines, log } = logged();
  for (let round = 0; round < 2; round += 1) {
    expect(log.preflight(factsOf({}), decision)).toBeUndefined();
    log.handshake(factsOf({ target: '/socket' }), 'cors-disabled', ' of chat' as never);
  }
  expect(lines).toEqual([`preflight ${EVIL}`, `cors-disabled ${EVIL} /socket of chat`]);
  expect(logged({ header: true }).log.preflight(factsOf({}), decision)).toBe(
    `origin-not-allowed; preflight ${EVIL}`,
  );
});

test('the log is bounded, and says of what and where all of it is', () => {
  jest.useFakeTimers();
  try {
    const { lines, refuse } = logged();
    for (let minute = 0; minute < 60; minute += 1) {
      for (let index = 0; index < 30; index += 1) refuse({ target: `/${minute}/${index}` });
      jest.advanceTimersByTime(60_000);
    }
    expect([lines.length, lines[20], lines.at(-1)]).toEqual([
      1001,
      '… and 10 more refusals in this minute.',
      'These were 1000 lines about refusals: no more of them are logged until the application restarts. All are published on the diagnostics channel `nestjs-cors:decision`.',
    ]);
  } finally {
    jest.useRealTimers();
  }
});

test.each<
  [option: boolean | undefined, environment: string | undefined, log: boolean, header: boolean]
>([
  [undefined, undefined, true, false],
  [undefined, 'development', true, true],
  [undefined, 'test', true, false],
  [undefined, 'production', false, false],
  [true, 'production', true, true],
  [false, 'development', false, false],
])('diagnostics %j with NODE_ENV %s: log %j, header %j', (option, environment, log, header) => {
  expect(diagnosticsMode(option, environment)).toEqual({ log, header });
});
