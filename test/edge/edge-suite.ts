import type { INestApplication, Type } from '@nestjs/common';
import { CorsService } from 'nestjs-cors';
import type { EdgeMode, EdgeTarget } from '../../lib/edge/edge-target.js';
import { matcherOf } from '../../lib/edge/expression.js';
import type { EdgePlan } from '../../lib/edge/plan/plan-edge.js';
import type { CorsPolicyFile } from '../../lib/policy-file/policy-file.js';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { fc } from '../support/fast-check.js';
import { generatedModule, GLOBAL_ORIGIN } from '../support/generated-app.js';
import { application, registeredRoutes, startGenerated } from '../support/generated-requests.js';
import { type Platform, PLATFORMS, startApp } from '../support/platforms.js';
import { policyFile } from '../support/policy-files.js';
import { send } from '../support/send.js';
import type { StartedApp } from '../support/start-on.js';
import { decidesOn, type EdgeEngine, forwardedBy } from './engines.js';
import { describeAnyFile } from './file-suite.js';
import { hostileModules, hostilePolicy } from './hostile-policies.js';
import { HostileNamesModule, PlainHostileNamesModule } from './hostile-names.js';
import type { Mutant } from './mutants.js';
import {
  answersOf,
  ask,
  describeDifferences,
  type Expected,
  isPreflight,
  looserIn,
  replay,
  type ReplayedRequest,
} from './replay.js';
import { describeForwardedPaths } from './path-suite.js';
import { planFor } from './plan-for.js';
import {
  documentedRequests,
  HOST,
  randomAsks,
  randomRequests,
  tableOf,
  unsentRequests,
} from './requests.js';
import { PlainShopModule, ShopModule } from './shop.js';
import { type GeneratedFile, startEdge } from './start-edge.js';
import { TableReader } from '../support/edge-tables.js';
import { downPort, HOSTILE, LINES, startDropping, withHostileCors } from './upstreams.js';

/** How many applications are generated on each platform. */
const APPS = Number(process.env['CORS_EDGE_APPS'] ?? 5);
const MOST_REQUESTS = 2000;

/** What is under test: a server, and what writes for it. */
export interface EdgeSubject {
  readonly engine: EdgeEngine;
  readonly target: EdgeTarget;
  readonly mutants: readonly Mutant[];
}

/** An application, its policy file, and the requests that are made from it. */
interface Subject {
  readonly own: StartedApp;
  readonly file: CorsPolicyFile;
  readonly requests: readonly ReplayedRequest[];
}

/** A server with generated files answers as the application does, and its own errors can be read. */
export function describeEdge({ engine, target, mutants }: EdgeSubject): void {
  const planOf = (file: CorsPolicyFile, basePath = '') => planFor(target, file, basePath);
  const filesOf = async (file: CorsPolicyFile, mode: EdgeMode) =>
    target.files(await planOf(file), mode);

  const isServed = ({ target: path }: ReplayedRequest) => decidesOn(engine, path);
  /** As the application gets it. */
  const forwarded = (request: ReplayedRequest): ReplayedRequest => ({
    ...request,
    target: forwardedBy(engine, request.target),
  });

  /** Starts the server, replays, and gives the differences in words. */
  const differencesAt = async (
    { requests }: Pick<Subject, 'requests'>,
    files: readonly GeneratedFile[],
    upstream: number,
    expected: Expected,
  ): Promise<string> => {
    const edge = await startEdge(engine, files, upstream);
    try {
      const due: Expected = (request, agent) => expected(forwarded(request), agent);
      return describeDifferences(await replay(requests, due, edge.port), requests);
    } finally {
      await edge.stop();
    }
  };

  describe.each(PLATFORMS)(`${engine.name} before an application on $platform`, ({ platform }) => {
    let subject: Subject;
    let plan: EdgePlan;
    /** Of paths that servers read in several ways, as no browser sends them: they may be refused. */
    let oddRequests: readonly ReplayedRequest[];
    let isDelegated: (request: ReplayedRequest) => boolean;
    beforeAll(async () => {
      subject = await startSubject(platform, ShopModule);
      plan = await planOf(subject.file);
      isDelegated = delegationIn(plan);
      const isOdd = oddIn(plan);
      oddRequests = subject.requests.filter((request) => isOdd(forwarded(request)));
      subject = {
        ...subject,
        requests: subject.requests.filter((one) => !oddRequests.includes(one)),
      };
    });
    afterAll(() => subject.own.app.close());

    /** What the application answers; what is left to it, comes from the upstream. */
    const due =
      (upstream: number): Expected =>
      (request, agent) =>
        ask(isDelegated(request) ? upstream : subject.own.port, request, agent);

    it('answers each request as the application does, in its place', async () => {
      const upstream = await startApp(platform, PlainShopModule);
      try {
        const files = target.files(plan, 'answer');
        expect(await differencesAt(subject, files, upstream.port, due(upstream.port))).toBe('');
        expect(subject.requests.length).toBeGreaterThan(1000);
        expect(subject.requests.filter(isDelegated).length * 10).toBeLessThan(
          subject.requests.length,
        );
      } finally {
        await upstream.app.close();
      }
    });

    it('answers for it below a path', async () => {
      const upstream = await startApp(platform, PlainShopModule);
      try {
        const requests = subject.requests
          .filter(({ target: path }, index) => index % 2 === 0 && !path.startsWith('//'))
          .map((request) => ({ ...request, target: `/api.v1${request.target}` }));
        const expected: Expected = (request, agent) => {
          const below = { ...request, target: request.target.replace('/api.v1', '') };
          return due(upstream.port)(below, agent);
        };
        const files = target.files(await planOf(subject.file, '/api.v1'), 'answer');
        expect(await differencesAt({ requests }, files, upstream.port, expected)).toBe('');
      } finally {
        await upstream.app.close();
      }
    });

    it('allows nothing more where a path can be read in several ways', async () => {
      const upstream = await startApp(platform, PlainShopModule);
      try {
        const edge = await startEdge(engine, target.files(plan, 'answer'), upstream.port);
        try {
          const header = 'access-control-allow-origin';
          const looser: unknown[] = [];
          for (const request of oddRequests) {
            const [own, came] = [
              await due(upstream.port)(forwarded(request)),
              await ask(edge.port, request),
            ];
            if (came[header] !== undefined && came[header] !== own[header])
              looser.push(request, came);
          }
          expect(looser).toEqual([]);
          expect(oddRequests.length).toBeGreaterThan(5);
        } finally {
          await edge.stop();
        }
      } finally {
        await upstream.app.close();
      }
    });

    it.each(Object.keys(HOSTILE))(
      'lets no header of an upstream through that allows %s',
      async (kind) => {
        const upstream = await startApp(platform, PlainShopModule, {
          configure: withHostileCors(kind),
        });
        try {
          const files = target.files(plan, 'answer');
          // Resource timing, and what caches are told besides, stay the upstream's.
          const merged: Expected = async (request, agent) => {
            const [own, theirs] = await Promise.all([
              due(upstream.port)(request, agent),
              ask(upstream.port, request, agent),
            ]);
            return isPreflight(request) && !isDelegated(request) ? own : withKept(own, theirs);
          };
          // What is left to the application may be known by its first lines alone.
          const isWhole = (request: ReplayedRequest) =>
            engine.readsFirstLine !== true || kind !== LINES || !isDelegated(request);
          const requests = subject.requests.filter(isWhole);
          expect(await differencesAt({ requests }, files, upstream.port, merged)).toBe('');
        } finally {
          await upstream.app.close();
        }
      },
    );

    it('leaves what an upstream answers as it is, where it only fills gaps', async () => {
      const kind = 'any origin, with credentials';
      const upstream = await startApp(platform, PlainShopModule, {
        configure: withHostileCors(kind),
      });
      try {
        const files = target.files(plan, 'fill');
        const found = await differencesAt(subject, files, upstream.port, answersOf(upstream.port));
        expect(found).toBe('');
      } finally {
        await upstream.app.close();
      }
    });

    it.each<[EdgeMode, 'is down' | 'drops connections']>([
      ['fill', 'is down'],
      ['answer', 'is down'],
      ['fill', 'drops connections'],
    ])(
      'has the headers of the application on its own errors: %s, the upstream %s',
      async (mode, state) => {
        const dropping = state === 'is down' ? undefined : await startDropping();
        try {
          const upstream = dropping?.port ?? (await downPort());
          const edge = await startEdge(engine, target.files(plan, mode), upstream);
          try {
            const { status: error = '' } = await ask(edge.port, ANY);
            expect(['502', '503']).toContain(error);
            const requests = subject.requests.filter((_request, index) => index % 3 === 0);
            const expected: Expected = async (sent) => {
              const request = forwarded(sent);
              if (isDelegated(request)) return { status: error };
              const own = await ask(subject.own.port, request);
              if (!isPreflight(request)) return { ...own, status: error };
              return mode === 'answer' ? own : { status: error };
            };
            // A server may end a connection that has served before, as if nothing had been sent.
            const found = await replay(requests, expected, edge.port, { keepAlive: false });
            expect(describeDifferences(found, requests)).toBe('');
          } finally {
            await edge.stop();
          }
        } finally {
          dropping?.server.close();
        }
      },
    );
  });

  describe(`${engine.name}, with files of generated applications`, () => {
    it.each(PLATFORMS)(
      'answers as each of them does on $platform',
      async ({ platform }) => {
        let booted = 0;
        await fc.assert(
          fc.asyncProperty(application(platform), async ({ controllers, ...settings }) => {
            const { module: own, plain, origins } = generatedModule(controllers);
            const started = await startGenerated(platform, own, settings);
            if (started === undefined) return;
            const upstream = await startGenerated(platform, plain, settings);
            try {
              if (upstream === undefined)
                throw new Error('The application starts with CORS alone.');
              booted += 1;
              const file = fileOf(started.app);
              const routes = registeredRoutes(controllers, settings.prefix);
              const all = [GLOBAL_ORIGIN, ...origins.values()].filter((origin) => origin !== false);
              const model = await PolicyModel.of(file);
              const requests = [
                ...tableOf(file, model, 150),
                ...randomRequests(routes, [...new Set(all)], 150),
              ].filter(isServed);
              const plan = await planOf(file);
              const isDelegated = delegationIn(plan);
              const isOdd = oddIn(plan);
              const found = await differencesAt(
                { requests: requests.filter((request) => !isOdd(forwarded(request))) },
                target.files(plan, 'answer'),
                upstream.port,
                (request, agent) =>
                  ask(isDelegated(request) ? upstream.port : started.port, request, agent),
              );
              expect(found).toBe('');
            } finally {
              await started.app.close();
              await upstream?.app.close();
            }
          }),
          { numRuns: APPS, endOnFailure: true },
        );
        expect(booted > APPS / 4).toBe(true);
      },
      600_000,
    );
  });

  describe(`${engine.name}, with an unusual policy`, () => {
    it('announces the requested method behind those that are named', async () => {
      const made = policyFile({ routes: { 'PUT /both': 'forRoot()', 'ALL /both': 'forRoot()' } });
      const edge = await startEdge(engine, await filesOf(made, 'answer'), await downPort());
      try {
        const headers = { host: HOST, origin: 'https://app.example.com' };
        const asking = (method: string): ReplayedRequest => ({
          method: 'OPTIONS',
          target: '/both',
          headers: { ...headers, 'access-control-request-method': method },
        });
        const answers = await Promise.all(
          ['DELETE', 'X-$1', '*'].map((method) => ask(edge.port, asking(method))),
        );
        expect(answers.map((answer) => answer['access-control-allow-methods'])).toEqual([
          'DELETE, PUT',
          'PUT, X-$1',
          'PUT',
        ]);
      } finally {
        await edge.stop();
      }
    });

    it('takes paths of as many parameters as are said', async () => {
      const paths = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((_, index, names) =>
        names
          .slice(0, index + 1)
          .map((name) => `/:${name}`)
          .join(''),
      );
      const own = { origin: ['https://shop.example.com'] };
      const made = policyFile({
        policies: { 'forRoot()': {}, own },
        routes: Object.fromEntries(paths.map((path) => [`GET ${path}/end`, 'own'])),
        rest: { platform: { name: 'fastify', router: {} } },
      });
      const edge = await startEdge(engine, await filesOf(made, 'answer'), await downPort());
      try {
        const origin = own.origin[0] ?? '';
        const asked = ['/1/2/end', '/1/2/3/4/end', `/1/2/3/${'x'.repeat(101)}/end`];
        const answers = await Promise.all(
          asked.map((sent) =>
            ask(edge.port, { method: 'GET', target: sent, headers: { host: HOST, origin } }),
          ),
        );
        expect(answers.map((answer) => answer['access-control-allow-origin'])).toEqual([
          origin,
          origin,
          undefined,
        ]);
      } finally {
        await edge.stop();
      }
    });

    it('sends names and origins of unusual characters as they are written', async () => {
      const subject = await startSubject('express', HostileNamesModule);
      const upstream = await startApp('express', PlainHostileNamesModule);
      try {
        const files = await filesOf(subject.file, 'answer');
        const requests = subject.requests.filter(isServed);
        const found = await differencesAt({ requests }, files, upstream.port, (request, agent) =>
          ask(subject.own.port, request, agent),
        );
        expect(requests.length).toBeGreaterThan(1000);
        expect(found).toBe('');
      } finally {
        await subject.own.app.close();
        await upstream.app.close();
      }
    });
  });

  describe(`${engine.name}, with names and origins at random`, () => {
    it.each(PLATFORMS)(
      'reads each of them back on $platform',
      async ({ platform }) => {
        let booted = 0;
        await fc.assert(
          fc.asyncProperty(hostilePolicy, async (policy) => {
            const { module, plain } = hostileModules(policy);
            const settings = { prefix: undefined, versions: false, specificity: false };
            const own = await startGenerated(platform, module, settings);
            if (own === undefined) return;
            const upstream = await startGenerated(platform, plain, settings);
            try {
              if (upstream === undefined) throw new Error('It starts with CORS alone.');
              booted += 1;
              const file = fileOf(own.app);
              const plan = await planOf(file);
              const isDelegated = delegationIn(plan);
              const isOdd = oddIn(plan);
              const requests = [
                ...tableOf(file, await PolicyModel.of(file), 100),
                ...randomAsks(policy, 60),
              ].filter((request) => isServed(request) && !isOdd(forwarded(request)));
              const found = await differencesAt(
                { requests },
                target.files(plan, 'answer'),
                upstream.port,
                (request, agent) =>
                  ask(isDelegated(request) ? upstream.port : own.port, request, agent),
              );
              expect(found).toBe('');
            } finally {
              await own.app.close();
              await upstream?.app.close();
            }
          }),
          { numRuns: APPS, endOnFailure: true },
        );
        // What the module refuses says nothing.
        expect(booted * 2 >= APPS).toBe(true);
      },
      600_000,
    );
  });

  describeForwardedPaths({ engine, target, mutants });
  describeAnyFile({ engine, target, mutants });

  describe(`${engine.name}, where something is wrong`, () => {
    let subject: Subject;
    let upstream: StartedApp;
    beforeAll(async () => {
      subject = await startSubject('express', ShopModule);
      upstream = await startApp('express', PlainShopModule);
    });
    afterAll(async () => {
      await subject.own.app.close();
      await upstream.app.close();
    });

    const firstDifference = async (files: Awaited<ReturnType<typeof filesOf>>) => {
      const edge = await startEdge(engine, files, upstream.port);
      try {
        return await replay(subject.requests, answersOf(subject.own.port), edge.port, {
          atMost: 1,
        });
      } finally {
        await edge.stop();
      }
    };

    it.each(mutants)('the requests tell where $name', async ({ change }) => {
      const files = await filesOf(subject.file, 'answer');
      const changed = files.map(({ path, text }) => ({ path, text: change(text, path) }));
      expect(changed).not.toEqual(files);
      expect(await firstDifference(changed)).not.toEqual([]);
    });

    it('the requests tell where it only fills gaps', async () => {
      const files = await filesOf(subject.file, 'fill');
      expect(await firstDifference(files)).not.toEqual([]);
    });

    it('allows nothing to two lines of `Origin`, or to an empty one', async () => {
      const edge = await startEdge(engine, await filesOf(subject.file, 'answer'), upstream.port);
      try {
        const requests = documentedRequests('/orders', 'https://app.example.com');
        const views = await Promise.all(requests.map((request) => ask(edge.port, request)));
        const [two, empty] = views.map((view) => view['access-control-allow-origin']);
        const isSeen = engine.readsFirstLine !== true;
        expect([isSeen ? two : undefined, empty]).toEqual([undefined, undefined]);
      } finally {
        await edge.stop();
      }
    });

    it.each([
      ['/orders', 'POST', 'https://app.example.com'],
      ['/reports', 'GET', 'https://app.example.com'],
      ['/orders/feed', 'GET', 'https://app.example.com'],
      ['/labels', 'PUT', 'https://app-1.example.com'],
    ])('allows no more to %s than the application, of what no browser sends', async (...place) => {
      const edge = await startEdge(engine, await filesOf(subject.file, 'answer'), upstream.port);
      try {
        const looser: unknown[] = [];
        const answered = new Set<string>();
        for (const { hasLines, ...request } of unsentRequests(...place)) {
          if (hasLines && engine.readsFirstLine === true) continue;
          const own = await ask(subject.own.port, request);
          const came = await ask(edge.port, request);
          const names = looserIn(own, came);
          if (names.length > 0) looser.push({ request, names, own, came });
          answered.add(came['status'] ?? '');
        }
        expect(looser).toEqual([]);
        expect([...answered]).toEqual(expect.arrayContaining(['204', '403']));
      } finally {
        await edge.stop();
      }
    });

    const { limitBody } = engine;
    if (limitBody !== undefined) {
      it.each<EdgeMode>(['fill', 'answer'])(
        'lets a page read that a body is too large: %s',
        async (mode) => {
          const files = (await filesOf(subject.file, mode)).map(({ path, text }) => ({
            path,
            text: path.startsWith('example/') ? limitBody(text) : text,
          }));
          const edge = await startEdge(engine, files, upstream.port);
          try {
            const { status, cors } = await send(
              edge.port,
              'POST',
              '/orders',
              { host: HOST, origin: 'https://app.example.com', 'transfer-encoding': 'chunked' },
              'x'.repeat(100),
            );
            expect([status, cors]).toEqual([
              413,
              {
                'access-control-allow-origin': 'https://app.example.com',
                'access-control-allow-credentials': 'true',
                'access-control-expose-headers': 'x-request-id',
                vary: 'Origin',
              },
            ]);
          } finally {
            await edge.stop();
          }
        },
      );
    }
  });
}

const ANY: ReplayedRequest = { method: 'GET', target: '/orders', headers: { host: HOST } };

async function startSubject(platform: Platform, type: Type): Promise<Subject> {
  const own = await startApp(platform, type);
  const file = fileOf(own.app);
  const requests = tableOf(file, await PolicyModel.of(file), MOST_REQUESTS);
  return { own, file, requests };
}

function fileOf(app: INestApplication): CorsPolicyFile {
  return readPolicyFile(JSON.stringify(app.get(CorsService).policy()), 'the file');
}

/** Whether a path may be read in several ways: as no browser sends it, an edge may refuse it. */
function oddIn({ tables }: EdgePlan): (request: ReplayedRequest) => boolean {
  const { odd, guards, reading } = tables;
  const isOdd = odd === undefined ? () => false : matcherOf(odd);
  const refused = guards.map(({ path }) => matcherOf(path));
  const rest = new RegExp(`[${reading.delimiters}].*`);
  return ({ target }) => {
    const path = target.replace(rest, '');
    return isOdd(path) || refused.some((matches) => matches(path));
  };
}

/** Whether the edge leaves a request to the application. */
function delegationIn({ tables }: EdgePlan): (request: ReplayedRequest) => boolean {
  const reader = new TableReader(tables);
  return (request) => {
    const { target, headers } = request;
    const origin = String(headers['origin'] ?? '');
    const asked = String(headers['access-control-request-method'] ?? '');
    const answer = isPreflight(request)
      ? reader.preflight({ method: asked, target, origin })
      : reader.response({ method: request.method, target, origin });
    return answer === 'untouched';
  };
}

/** What stays of the upstream's headers where the policy has none of its own. */
function withKept(own: Record<string, string>, theirs: Record<string, string>) {
  const kept = Object.entries(theirs).filter(([name]) => name === 'timing-allow-origin');
  const vary = [own['vary'], theirs['vary']].flatMap((list) => list?.split(', ') ?? []);
  const merged = [...new Set(vary)].toSorted().join(', ');
  return { ...Object.fromEntries(kept), ...own, ...(merged !== '' && { vary: merged }) };
}
