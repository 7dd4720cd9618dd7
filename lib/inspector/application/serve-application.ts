import type { IncomingMessage, ServerResponse } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { CorsRuntime } from '../../cors.runtime.js';
import type { CorsService } from '../../cors.service.js';
import type { CorsPolicyFile, PolicyReference } from '../../policy-file/policy-file.js';
import type { CorsPolicy } from '../../policy/policy.js';
import { GLOBAL_POLICY } from '../../routing/route-entry.js';
import { blankSecrets } from '../../text/secrets.js';
import type {
  ApplicationAnswer,
  DoorCalls,
  ExplainAnswer,
  OriginAnswer,
  OriginState,
  RefusalsAnswer,
} from '../doors.js';
import {
  readExplainQuestion,
  readOriginQuestion,
  readSendQuestion,
} from '../serving/read-question.js';
import { readBody, Refused, sendJson, sendPage, serving } from '../serving/respond.js';
import { authorityOf, troubleWith } from '../serving/visitor.js';
import { MOST_KEPT, type SeenRefusals } from './seen-refusals.js';
import { addressOf, addressText, tryRequest } from './try-request.js';

/** What the inspector knows of its application. */
export interface ServedApplication {
  readonly app: INestApplication;
  /** Where the inspector is. */
  readonly path: () => string;
  readonly runtime: CorsRuntime;
  readonly service: CorsService;
  readonly refusals: SeenRefusals;
  readonly hosts: ReadonlySet<string>;
  /** What goes wrong in the inspector itself; never throws. */
  readonly onError: (error: unknown) => void;
  /** What was read of the policies, until they are replaced. */
  reading?: Reading;
  /** How many requests it is sending itself. */
  trying: number;
}

interface Reading {
  readonly of: unknown;
  readonly revision: number;
  readonly policy: CorsPolicyFile;
  readonly inForce: ReadonlyMap<PolicyReference, CorsPolicy | false>;
}

type Answers = {
  readonly [Name in keyof DoorCalls]: (
    body: unknown,
  ) => DoorCalls[Name]['answer'] | Promise<DoorCalls[Name]['answer']>;
};

/** How many requests the application sends itself at a time. */
const MOST_AT_ONCE = 4;

/**
 * Serves the page and its calls.
 *
 * @param rest the path below that of the inspector
 */
export async function serveApplication(
  served: ServedApplication,
  request: IncomingMessage,
  response: ServerResponse,
  rest: string,
): Promise<void> {
  const isPage = !rest.startsWith('/api/');
  const serve = async () => {
    const trouble = troubleWith(request, visitorsOf(served), isPage);
    if (trouble !== undefined) throw new Refused(403, trouble);
    if (isPage) {
      const { method = '' } = request;
      if (method === 'GET' || method === 'HEAD') return sendPage(response, 'application');
      throw new Refused(405, `Expected GET, got ${method}.`, { Allow: 'GET, HEAD' });
    }
    const name = rest.slice('/api/'.length);
    const answers = answersOf(served, request);
    if (!isCall(name, answers)) throw new Refused(404, 'There is no such call.');
    const answer = await answers[name](await readBody(request));
    // Whoever closes the application waits for its connections.
    if (addressOf(served.app.getHttpServer()) === undefined) response.shouldKeepAlive = false;
    sendJson(response, 200, answer);
  };
  await serving(response, isPage, serve, served.onError);
}

function isCall(name: string, answers: Answers): name is keyof DoorCalls {
  return Object.hasOwn(answers, name);
}

function visitorsOf({ hosts, runtime }: ServedApplication) {
  return {
    hosts,
    remedy: (host: string) =>
      host === ''
        ? ''
        : `If it is yours, add it: \`CorsInspector.setup(path, app, { hosts: ['${host}'] })\`.`,
    // With the platform's own trust-proxy setting.
    isSameOrigin: (request: IncomingMessage) => runtime.isSameOrigin(request),
  };
}

function answersOf(served: ServedApplication, request: IncomingMessage): Answers {
  const { app, service, refusals } = served;
  const address = () => addressOf(app.getHttpServer());
  return {
    application: (): ApplicationAnswer => {
      const own = address();
      return {
        policy: readingOf(served).policy,
        address: own === undefined ? null : addressText(own),
        path: served.path(),
      };
    },
    origin: (body): OriginAnswer => {
      const { origin } = readOriginQuestion(body);
      const { policy, inForce } = readingOf(served);
      const states = Object.keys(policy.policies).map((name) =>
        stateOf(inForce.get(name) ?? false, origin),
      );
      return { states };
    },
    explain: async (body): Promise<ExplainAnswer> => {
      const { policy: _, ...explanation } = await service.explain(readExplainQuestion(body));
      return explanation;
    },
    refusals: (): RefusalsAnswer => ({
      refusals: refusals.list().map(({ sentence, ...refusal }) => ({
        ...refusal,
        sentence: blankSecrets(sentence),
      })),
      limit: MOST_KEPT,
    }),
    send: async (body) => {
      // With the page's own scheme, as the model of a browser has it: TLS is in front.
      const base = (origin: string) =>
        `${origin.startsWith('https:') ? 'https' : 'http'}://${authorityOf(request)}`;
      const question = readSendQuestion(body, base);
      if (served.trying === MOST_AT_ONCE) {
        throw new Refused(
          429,
          `Expected at most ${MOST_AT_ONCE} requests at a time. Wait for one to end.`,
        );
      }
      served.trying += 1;
      try {
        return await tryRequest(question, address());
      } finally {
        served.trying -= 1;
      }
    },
  };
}

/** Written down once for each generation of policies: somebody types, and there may be 10,000 routes. */
function readingOf(served: ServedApplication): Reading {
  const { policies, routes } = served.runtime;
  const [of, revision] = [policies.current, routes.revision];
  const known = served.reading;
  if (known?.of === of && known.revision === revision) return known;
  const policy = served.service.policy();
  const reading = { of, revision, policy, inForce: policiesInForce(policy, served.runtime) };
  served.reading = reading;
  return reading;
}

/** What requests are decided with, by the names that the file has for it. */
function policiesInForce(
  file: CorsPolicyFile,
  { policies, routes }: CorsRuntime,
): ReadonlyMap<PolicyReference, CorsPolicy | false> {
  const at = (index: number) => policies.current[index]?.policy ?? false;
  const entries = Array.from(routes.entries);
  const paths = Array.from(policies.paths.indexes.values());
  return new Map<PolicyReference, CorsPolicy | false>([
    ...Object.entries(file.named).map(
      ([name, reference]) => [reference, policies.named.get(name)?.policy ?? false] as const,
    ),
    ...Object.values(file.paths).map(
      (reference, index) => [reference, at(paths[index] ?? GLOBAL_POLICY)] as const,
    ),
    ...file.routes.map((route, index) => {
      const entry = entries[index];
      return [route.policy, at(policies.indexFor(entry, route.path))] as const;
    }),
    [file.global, at(GLOBAL_POLICY)],
  ]);
}

function stateOf(policy: CorsPolicy | false, origin: string): OriginState {
  if (policy === false) return 'refused';
  const { origin: rule, credentials } = policy;
  switch (rule.kind) {
    case 'any':
      return 'allowed';
    case 'dynamic':
      return 'run-time';
    case 'listed':
      if (!rule.exact.has(origin) && !rule.matches(origin)) return 'refused';
      return credentials ? 'credentials' : 'allowed';
  }
}
