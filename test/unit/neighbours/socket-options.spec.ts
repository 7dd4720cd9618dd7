import type { IncomingMessage } from 'node:http';
import {
  admitsHandshake,
  answerPolling,
  type SocketCorsOptions,
  type SocketParts,
} from '../../../lib/neighbours/socket-options.js';
import { RequestFacts } from '../../../lib/platform/request-facts.js';
import type { CorsPolicy, CorsRequest } from '../../../lib/policy/policy.js';
import { ANY, APP, EVIL, policy } from '../policy/policies.js';

const OWN = 'https://api.example.com';

class SocketFacts extends RequestFacts<IncomingMessage> {
  toCorsRequest(): CorsRequest {
    return { origin: this.origin ?? '', method: 'GET', url: '/', hostname: '', protocol: 'http' };
  }
  isSameOrigin(): boolean {
    return this.origin === OWN;
  }
}

interface Given {
  readonly origin?: string;
  readonly cookie?: string;
  readonly policy?: CorsPolicy | false;
  readonly parts?: Partial<SocketParts>;
}

function ask({ origin, cookie, policy: current = policy(), parts }: Given) {
  const heard: unknown[] = [];
  const headers = {
    ...(origin !== undefined && { origin }),
    ...(cookie !== undefined && { cookie }),
  };
  const request = { headers } as IncomingMessage;
  const all: SocketParts = {
    policy: () => current,
    factsOf: (raw) => new SocketFacts(raw, 'GET', '/', raw.headers.origin),
    onRefused: (facts, outcome) => void heard.push(['refused', facts.origin, outcome]),
    onProblem: (...problem) => void heard.push(problem),
    ...parts,
  };
  return { all, request, heard };
}

async function handshake(given: Given) {
  const { all, request, heard } = ask(given);
  const isAdmitted = await admitsHandshake(all, request);
  return { isAdmitted, heard, cookie: request.headers.cookie };
}

async function polling(given: Given) {
  const { all, request, heard } = ask(given);
  const answers: [Error | null, SocketCorsOptions | undefined][] = [];
  await answerPolling(all, request, (...answer) => void answers.push([answer[0], answer[1]]));
  return { answers, heard, cookie: request.headers.cookie };
}

const broken = new Error('No list of proxies.');
const fails = () => {
  throw broken;
};
const cookie = 'sid=1';
const credentials = policy({ credentials: true });

describe('a handshake', () => {
  test.each<
    [what: string, given: Given, isAdmitted: boolean, seen: string | undefined, ...heard: unknown[]]
  >([
    ['of a client without an origin', { cookie }, true, cookie],
    ['of a client without an origin, under CORS off', { cookie, policy: false }, true, cookie],
    ["of the application's own page", { origin: OWN, cookie }, true, cookie],
    [
      'of its own page, under any origin',
      { origin: OWN, cookie, policy: policy({ origin: ANY }) },
      true,
      cookie,
    ],
    ['of a page that is allowed', { origin: APP, cookie, policy: credentials }, true, cookie],
    [
      'of one that is allowed without credentials',
      { origin: APP, cookie },
      true,
      undefined,
      ['cookies-removed'],
    ],
    ['of one that has no cookies', { origin: APP }, true, undefined],
    [
      'of one that is not allowed',
      { origin: EVIL, cookie },
      false,
      cookie,
      ['refused', EVIL, 'origin-not-allowed'],
    ],
    [
      'under CORS off',
      { origin: APP, policy: false },
      false,
      undefined,
      ['refused', APP, 'cors-disabled'],
    ],
    [
      'under any origin',
      { origin: APP, policy: policy({ origin: ANY }) },
      false,
      undefined,
      ['any-origin'],
    ],
    [
      'that no platform reads',
      { origin: APP, parts: { factsOf: () => undefined } },
      false,
      undefined,
      ['unreadable'],
    ],
    [
      'in reading which something throws',
      { origin: APP, parts: { factsOf: fails } },
      false,
      undefined,
      ['unreadable', broken],
    ],
    [
      'whose refusal cannot be logged',
      { origin: EVIL, parts: { onRefused: fails } },
      false,
      undefined,
      ['unreadable', broken],
    ],
  ])('%s', async (_, given, isAdmitted, seen, ...heard) => {
    expect(await handshake(given)).toEqual({ isAdmitted, heard, cookie: seen });
  });

  test('without credentials by an update after it was decided has no cookies either', async () => {
    let current: CorsPolicy | false = policy({
      credentials: true,
      origin: { kind: 'dynamic', allows: () => Promise.resolve(true) },
    });
    const admitting = handshake({ origin: APP, cookie, parts: { policy: () => current } });
    current = policy();
    expect(await admitting).toEqual({
      isAdmitted: true,
      heard: [['cookies-removed']],
      cookie: undefined,
    });
  });
});

describe('a request of long-polling', () => {
  const NOTHING: SocketCorsOptions = {
    origin: false,
    credentials: false,
    methods: ['GET', 'POST'],
    maxAge: 0,
    exposedHeaders: [],
  };
  const full = policy({
    credentials: true,
    maxAge: 5,
    exposedHeaders: ['etag'],
    allowedHeaders: ['x-a'],
  });

  test.each<[what: string, given: Given, answer: SocketCorsOptions, ...heard: unknown[]]>([
    [
      'of a page that is allowed',
      { origin: APP, policy: full },
      {
        origin: APP,
        credentials: true,
        methods: ['GET', 'POST'],
        maxAge: 5,
        exposedHeaders: ['etag'],
        allowedHeaders: ['x-a'],
      },
    ],
    [
      'where headers are allowed as they are asked for',
      { origin: APP },
      {
        origin: APP,
        credentials: false,
        methods: ['GET', 'POST'],
        maxAge: 600,
        exposedHeaders: [],
      },
    ],
    ['of a page that is not allowed', { origin: EVIL, policy: full }, NOTHING],
    ["of the application's own page", { origin: OWN, policy: full }, NOTHING],
    ['of a client without an origin', { policy: full }, NOTHING],
    ['under CORS off', { origin: APP, policy: false }, NOTHING],
    ['under any origin', { origin: APP, policy: policy({ origin: ANY }) }, NOTHING, ['any-origin']],
    [
      'in reading which something throws',
      { origin: APP, policy: full, parts: { factsOf: fails } },
      NOTHING,
      ['unreadable', broken],
    ],
  ])('%s', async (_, given, answer, ...heard) => {
    expect(await polling({ ...given, cookie })).toEqual({
      answers: [[null, answer]],
      heard,
      // Only a handshake carries cookies that a page did not ask to send.
      cookie,
    });
  });

  test('under CORS off by an update after it was decided grants nothing', async () => {
    let current: CorsPolicy | false = policy({
      origin: { kind: 'dynamic', allows: () => Promise.resolve(true) },
    });
    const answering = polling({ origin: APP, parts: { policy: () => current } });
    current = false;
    expect((await answering).answers).toEqual([[null, NOTHING]]);
  });
});
