import { ForbiddenException } from '@nestjs/common';
import {
  RequestFacts,
  type TrackedResponse,
  REQUEST_FACTS,
} from '../../../lib/platform/request-facts.js';
import { RequestPipeline } from '../../../lib/platform/request-pipeline.js';
import { prepareResponses, UNDECIDED } from '../../../lib/policy/decide-response.js';
import type { CorsPolicy, CorsRequest, OriginRule } from '../../../lib/policy/policy.js';
import { APP, EVIL, listed, policy } from '../policy/policies.js';

const broken = new Error('No table of routes.');
const fails = () => {
  throw broken;
};

class Facts extends RequestFacts {
  constructor(origin: string | undefined, target = '/') {
    super({ headers: origin === undefined ? {} : { origin } }, 'GET', target, origin);
  }
  toCorsRequest(): CorsRequest {
    return { origin: APP, method: 'GET', url: '/', hostname: 'a.example', protocol: 'http' };
  }
  isSameOrigin(): boolean {
    return false;
  }
}

interface Route {
  readonly policyIndex: number;
  readonly handler: string;
  readonly versioned?: boolean;
}
const route = (policyIndex: number): Route => ({ policyIndex, handler: `handler ${policyIndex}` });

/** An origin function that waits for the test. */
function pending() {
  const asked: string[] = [];
  const waiting: { resolve: (yes: boolean) => void; reject: (error: Error) => void }[] = [];
  const rule: OriginRule = {
    kind: 'dynamic',
    allows: (origin) => {
      asked.push(origin);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
  return { rule, asked, waiting };
}

/** A pipeline over policies by index, whose routes and look-ups are the test's. */
function pipelineOf(
  policies: readonly (CorsPolicy | false)[],
  changes: {
    readonly rejects?: boolean;
    readonly candidates?: () => readonly Route[];
    readonly indexFor?: (entry: Route | undefined) => number;
    readonly isActive?: boolean;
    readonly diagnosis?: string;
    readonly passing?: number;
  } = {},
) {
  const prepared = policies.map((one, index) =>
    changes.passing === index ? prepareResponses(false, 'passed-through') : prepareResponses(one),
  );
  const heard: unknown[] = [];
  const located: string[] = [];
  const state = { seesPermissions: false, candidates: changes.candidates ?? (() => []) };
  const observer = {
    isActive: changes.isActive ?? false,
    get seesPermissions() {
      return state.seesPermissions;
    },
    preflightDecided: (_: unknown, { outcome }: { outcome: string }) => void heard.push(outcome),
    preflightRefused: () => {
      heard.push('refused');
      return changes.diagnosis;
    },
    servingFailed: (error: unknown) => void heard.push(error),
  };
  const registry = {
    current: prepared,
    rejectsDisallowed: changes.rejects ?? false,
    ambiguous: -2,
    indexFor: changes.indexFor ?? ((entry: Route | undefined) => entry?.policyIndex ?? 0),
    declaredOptionsOf: () => ({}),
  };
  const routes = {
    revision: 0,
    readsHost: false,
    candidates: () => state.candidates(),
    preflightTarget: ({ target }: Facts) => {
      located.push(target);
      const serving = state.candidates();
      const policyIndex = serving[0]?.policyIndex ?? 0;
      const one = policies[policyIndex] ?? false;
      return {
        policies: [one],
        mapped: [{ method: 'GET', policies: [one] }],
        unnamed: (method: string) => ({ method, policies: [one] }),
        takesMethod: true,
        isAmbiguous: false,
        serving,
        policyIndex,
        unserved: 0,
      };
    },
  };
  const pipeline = new RequestPipeline(registry as never, routes as never, observer as never);
  return { pipeline, heard, located, state, prepared };
}

type Response = TrackedResponse & { headersSent: boolean };
const responseOf = (): Response & Record<string, unknown> => ({
  headersSent: false,
  writeHead: () => undefined,
  getHeaderNames: () => [],
});

/** A request that has arrived, with its facts. */
function arrived(pipeline: RequestPipeline, origin: string | undefined) {
  const response = responseOf();
  const facts = new Facts(origin);
  const decided = pipeline.onRequest(response as never, facts);
  return { response, facts, decided };
}

const outcomeOf = ({ decision }: RequestFacts) => decision?.outcome;

describe('a preflight', () => {
  const ask = (
    pipeline: RequestPipeline,
    origin: string | undefined = APP,
    response = responseOf(),
  ) => pipeline.onPreflight(response as never, new Facts(origin));
  const statusOf = async (decision: ReturnType<typeof ask>) => (await decision)?.status;

  it('without an origin is none, and nothing is looked up', () => {
    const { pipeline, located } = pipelineOf([policy()]);
    const decision = pipeline.onPreflight(responseOf() as never, new Facts(undefined));
    expect([decision, located]).toEqual([undefined, []]);
  });

  it('that is repeated is looked up twice, and answered alike', () => {
    const { pipeline, located } = pipelineOf([policy()]);
    const [first, second, third, fourth] = [1, 2, 3, 4].map(() => ask(pipeline));
    expect([first, first, first]).toEqual([second, third, fourth]);
    expect([first, located]).toEqual([expect.objectContaining({ status: 204 }), ['/', '/']]);
  });

  it('is looked up each time where somebody sees permissions, and none of these is kept', () => {
    const { pipeline, located, state } = pipelineOf([policy()]);
    state.seesPermissions = true;
    for (let round = 0; round < 3; round += 1) void ask(pipeline);
    state.seesPermissions = false;
    for (let round = 0; round < 3; round += 1) void ask(pipeline);
    expect(located.length).toBe(5);
  });

  it('that was decided for somebody who sees permissions counts for nothing afterwards', () => {
    const { pipeline, located, state } = pipelineOf([policy()]);
    for (const sees of [false, true, false]) {
      state.seesPermissions = sees;
      void ask(pipeline);
    }
    expect(located.length).toBe(3);
  });

  it('that is kept is not answered so where somebody sees permissions by now', () => {
    const { pipeline, located, state } = pipelineOf([policy()]);
    for (let round = 0; round < 3; round += 1) void ask(pipeline);
    state.seesPermissions = true;
    void ask(pipeline);
    expect(located.length).toBe(3);
  });

  it('of which the handler passes CORS through is left to the application', () => {
    const { pipeline, state } = pipelineOf([policy(), policy()], { passing: 1 });
    state.candidates = () => [route(1)];
    expect(ask(pipeline)).toBeUndefined();
  });

  it('whose decision rejects is refused, and that is reported', async () => {
    const { rule, waiting } = pending();
    const { pipeline, heard } = pipelineOf([policy({ origin: rule })]);
    const decision = ask(pipeline);
    waiting[0]?.reject(broken);
    expect([await decision, heard]).toEqual([
      { outcome: 'undecided', status: 403, headers: ['Vary', 'Origin', 'Content-Length', '0'] },
      [broken],
    ]);
  });

  it('whose routes cannot be read is refused, and that is reported', async () => {
    const { pipeline, heard } = pipelineOf([policy()], { candidates: fails });
    expect([await statusOf(ask(pipeline)), heard]).toEqual([403, [broken]]);
  });

  it('is observed once it is decided late, unless somebody has responded meanwhile', async () => {
    for (const headersSent of [false, true]) {
      const { rule, waiting } = pending();
      const { pipeline, heard } = pipelineOf([policy({ origin: rule })], { isActive: true });
      const response = responseOf();
      const decision = ask(pipeline, APP, response);
      // Whoever else responds grants nothing.
      expect(response[REQUEST_FACTS]?.decision).toBe(UNDECIDED);
      response.headersSent = headersSent;
      waiting[0]?.resolve(true);
      expect([await statusOf(decision), heard]).toEqual([204, headersSent ? [] : ['allowed']]);
    }
  });

  it.each<[what: string, origin: string, changes: object, heard: string[], diagnosis: unknown]>([
    ['nobody', EVIL, { diagnosis: 'why' }, [], undefined],
    [
      'somebody, who has no more to say',
      EVIL,
      { isActive: true },
      ['origin-not-allowed', 'refused'],
      undefined,
    ],
    [
      'somebody, who says why',
      EVIL,
      { isActive: true, diagnosis: 'why' },
      ['origin-not-allowed', 'refused'],
      ['Cors-Diagnosis', 'why'],
    ],
    ['somebody: it is allowed', APP, { isActive: true, diagnosis: 'why' }, ['allowed'], undefined],
  ])('is observed by %s', async (_, origin, changes, heard, diagnosis) => {
    const { pipeline, heard: all } = pipelineOf([policy()], changes);
    const { headers = [] } = (await ask(pipeline, origin)) ?? {};
    const at = headers.indexOf('Cors-Diagnosis');
    expect([all, at === -1 ? undefined : headers.slice(at)]).toEqual([heard, diagnosis]);
  });
});

describe('a request', () => {
  it('is decided as its head is written, by what is known then', () => {
    const { pipeline, state } = pipelineOf([policy(), policy({ origin: listed(EVIL) })]);
    const { facts, decided } = arrived(pipeline, EVIL);
    state.candidates = () => [route(1)];
    expect([decided, facts.decision, facts.policyIndex]).toEqual([undefined, undefined, -1]);
    expect([pipeline.decideNow(facts).outcome, facts.policyIndex, facts.route]).toEqual([
      'allowed',
      1,
      route(1),
    ]);
  });

  it('that is routed is not decided either until then', () => {
    const { pipeline } = pipelineOf([policy(), policy({ origin: listed(EVIL) })]);
    const { facts, response } = arrived(pipeline, EVIL);
    const routed = pipeline.onRoute(response, route(1) as never);
    expect([routed, facts.decision, facts.policyIndex]).toEqual([undefined, undefined, 1]);
  });

  it('that is located already is not located again', () => {
    const { pipeline, state, heard } = pipelineOf([policy(), policy({ origin: listed(EVIL) })]);
    const { facts, response } = arrived(pipeline, EVIL);
    void pipeline.onRoute(response, route(1) as never);
    state.candidates = fails;
    expect([pipeline.decideNow(facts).outcome, facts.policyIndex, heard]).toEqual([
      'allowed',
      1,
      [],
    ]);
  });

  it('whose routes cannot be read as its head is written is granted nothing, also afterwards', () => {
    const { pipeline, heard } = pipelineOf([policy()], { candidates: fails });
    const { facts } = arrived(pipeline, APP);
    const decision = pipeline.decideNow(facts);
    expect([decision, facts.decision, facts.policyIndex, heard]).toEqual([
      UNDECIDED,
      UNDECIDED,
      0,
      [broken],
    ]);
  });

  it('whose policy cannot be read keeps the one that it has', () => {
    const { pipeline, heard } = pipelineOf([policy()]);
    const { facts } = arrived(pipeline, APP);
    facts.policyIndex = 7;
    facts.policies = [];
    expect([pipeline.decideNow(facts), facts.policyIndex, heard]).toEqual([
      UNDECIDED,
      7,
      [new Error('A policy registry without a global policy.')],
    ]);
  });

  it('whose routes cannot be read as it arrives is granted nothing, and goes on', () => {
    const { rule } = pending();
    const { pipeline, heard } = pipelineOf([policy({ origin: rule })], { candidates: fails });
    const { facts, decided } = arrived(pipeline, APP);
    expect([decided, facts.decision, heard]).toEqual([undefined, UNDECIDED, [broken]]);
  });

  it('whose late decision rejects is granted nothing, and goes on', async () => {
    const { rule, waiting } = pending();
    const { pipeline, heard } = pipelineOf([policy({ origin: rule })]);
    const { facts, decided } = arrived(pipeline, APP);
    expect(facts.decision).toBe(UNDECIDED);
    waiting[0]?.reject(broken);
    expect([await decided, facts.decision, heard]).toEqual([undefined, UNDECIDED, [broken]]);
  });

  it('keeps what a later policy says, though the earlier one decides last', async () => {
    const slow = pending();
    const { pipeline } = pipelineOf([policy({ origin: slow.rule }), policy({ origin: listed() })]);
    const { facts, response, decided } = arrived(pipeline, APP);
    void pipeline.onRoute(response, route(1) as never);
    expect(outcomeOf(facts)).toBe('origin-not-allowed');
    slow.waiting[0]?.resolve(true);
    await decided;
    expect(outcomeOf(facts)).toBe('origin-not-allowed');
  });

  it('takes what a late decision says where no other policy has come', async () => {
    const slow = pending();
    const { pipeline } = pipelineOf([policy({ origin: slow.rule })]);
    const { facts, decided } = arrived(pipeline, APP);
    slow.waiting[0]?.resolve(true);
    await decided;
    expect(outcomeOf(facts)).toBe('allowed');
  });

  it('is decided again only where its handler has another policy', () => {
    const { rule, asked } = pending();
    const same = policy({ origin: rule });
    const all = pipelineOf([same, same, same]);
    // Equal policies are one object.
    const { pipeline, prepared } = all;
    prepared[1] = prepared[0] ?? fails();
    const { response } = arrived(pipeline, APP);
    const counts = [0, 1, 2].map((index) => {
      void pipeline.onRoute(response, route(index) as never);
      return asked.length;
    });
    expect(counts).toEqual([1, 1, 2]);
  });

  it('whose handler cannot be looked up is granted nothing, and goes on', () => {
    const { rule } = pending();
    const state = { fails: false };
    const { pipeline, heard } = pipelineOf([policy({ origin: rule })], {
      indexFor: () => (state.fails ? fails() : 0),
    });
    const { facts, response } = arrived(pipeline, undefined);
    expect(outcomeOf(facts)).toBe('not-a-cors-request');
    state.fails = true;
    const routed = pipeline.onRoute(response, route(0) as never);
    expect([routed, facts.decision, heard]).toEqual([undefined, UNDECIDED, [broken]]);
  });

  it('that nobody has seen has no policy to replace', () => {
    const { pipeline, heard } = pipelineOf([policy()], { candidates: fails, indexFor: fails });
    const response = responseOf();
    const results = [pipeline.onRoute(response, undefined), pipeline.onHandler(response, 1)];
    expect([results, response[REQUEST_FACTS], heard]).toEqual([
      [undefined, undefined],
      undefined,
      [],
    ]);
  });
});

describe('a handler that is known by its policy alone', () => {
  const OTHER = policy({ origin: listed(EVIL) });

  it('has that policy, and is the route of that policy', () => {
    const { pipeline, state } = pipelineOf([policy(), OTHER, OTHER], { rejects: true });
    const { facts, response } = arrived(pipeline, EVIL);
    state.candidates = () => [route(1), route(2)];
    expect([pipeline.onHandler(response, 2), outcomeOf(facts), facts.route]).toEqual([
      undefined,
      'allowed',
      route(2),
    ]);
  });

  it('is looked for only where another policy applied before', () => {
    const { pipeline, state, heard } = pipelineOf([policy(), OTHER], { rejects: true });
    const { facts, response } = arrived(pipeline, EVIL);
    state.candidates = fails;
    void pipeline.onHandler(response, 0);
    expect([outcomeOf(facts), facts.route, heard]).toEqual(['origin-not-allowed', undefined, []]);
  });

  it('that no route has leaves the route unknown', () => {
    const { pipeline, state } = pipelineOf([policy(), OTHER], { rejects: true });
    const { facts, response } = arrived(pipeline, EVIL);
    state.candidates = () => [route(0)];
    void pipeline.onHandler(response, 1);
    expect([outcomeOf(facts), facts.route]).toEqual(['allowed', undefined]);
  });

  it('that cannot be looked up: nothing is granted, and the request goes on', () => {
    const { pipeline, state, heard } = pipelineOf([policy(), OTHER], { rejects: true });
    const { facts, response } = arrived(pipeline, APP);
    expect(outcomeOf(facts)).toBe('allowed');
    state.candidates = fails;
    expect([pipeline.onHandler(response, 1), facts.decision, heard]).toEqual([
      undefined,
      UNDECIDED,
      [broken],
    ]);
  });
});

describe('a preflight that is left to the application', () => {
  /** What its own response says, where the preflight found the policy at an index. */
  function left(policyIndex: number) {
    const { pipeline, heard } = pipelineOf([policy(), policy(), policy({ origin: listed(EVIL) })], {
      passing: 1,
      indexFor: () => 0,
    });
    const facts = new Facts(APP);
    const preflight = new Facts(APP);
    preflight.policyIndex = policyIndex;
    const response = responseOf();
    void pipeline.onRequest(response as never, facts, preflight);
    const before = outcomeOf(facts);
    void pipeline.onRoute(response, route(0) as never);
    return [before, outcomeOf(facts), facts.policyIndex, facts.isSettled, heard];
  }

  it('passes through where the handler that it asks about does, whoever responds', () => {
    expect(left(1)).toEqual(['passed-through', 'passed-through', 1, true, []]);
  });

  it('has the policy of whoever responds where that does not', () => {
    expect(left(2)).toEqual(['allowed', 'allowed', 0, false, []]);
  });

  it('has it also where its policy is not known', () => {
    expect(left(-1)).toEqual(['allowed', 'allowed', 0, false, []]);
  });
});

describe('a request that its handler passes on', () => {
  it('has the policy of no handler', () => {
    const { pipeline } = pipelineOf([policy(), policy({ origin: listed(EVIL) })], {
      rejects: true,
      candidates: () => [route(1)],
    });
    const { facts, response } = arrived(pipeline, EVIL);
    const before = outcomeOf(facts);
    expect([before, pipeline.onPassed(response), outcomeOf(facts), facts.route]).toEqual([
      'allowed',
      undefined,
      'origin-not-allowed',
      undefined,
    ]);
  });
});

describe('what is refused', () => {
  const REFUSED = new ForbiddenException('The origin of this request is not allowed.');

  it('is a request of an origin that is not allowed, ahead of its handler and by it', () => {
    const { pipeline } = pipelineOf([policy()], { rejects: true });
    const refusals = [EVIL, APP].flatMap((origin) => {
      const { response } = arrived(pipeline, origin);
      return [pipeline.refusalOf(response), pipeline.refusalAhead(response, true)];
    });
    expect(refusals).toEqual([REFUSED, REFUSED, undefined, undefined]);
  });

  it('is none that another application on the instance serves', () => {
    const first = pipelineOf([policy()], { rejects: true }).pipeline;
    const second = pipelineOf([policy()], { rejects: true }).pipeline;
    const { response } = arrived(first, EVIL);
    void second.onRequest(response as never, new Facts(EVIL));
    const ahead = () => [first.refusalAhead(response, true), second.refusalAhead(response, true)];
    expect(ahead()).toEqual([undefined, REFUSED]);
    // By its handler it is, once that runs.
    expect(first.refusalOf(response)).toEqual(REFUSED);
    void first.onRoute(response, undefined);
    expect(ahead()).toEqual([REFUSED, undefined]);
  });

  it('is no response that nobody has seen', () => {
    const { pipeline } = pipelineOf([policy()], { rejects: true });
    const response = responseOf();
    expect([pipeline.refusalOf(response), pipeline.refusalAhead(response, false)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

it('an application whose handler does not run leaves the response to the one that has seen it', () => {
  const [first, second] = [pipelineOf([policy()]).pipeline, pipelineOf([policy()]).pipeline];
  const { facts, response } = arrived(first, APP);
  void second.onRoute(response, route(0) as never);
  expect(response[REQUEST_FACTS]).toBe(facts);
});

describe('what would be answered, asked by explain()', () => {
  it('is the same for a preflight, which nobody observes', () => {
    const { pipeline, heard } = pipelineOf([policy(), policy()], {
      candidates: () => [route(1)],
      isActive: true,
    });
    const facts = new Facts(APP);
    const decision = pipeline.askPreflight(facts as never);
    expect([decision, facts.route, facts.policyIndex, heard]).toEqual([
      expect.objectContaining({ outcome: 'allowed', status: 204 }),
      route(1),
      1,
      [],
    ]);
  });

  it('is the same for a response', () => {
    const { pipeline, prepared, heard } = pipelineOf([policy(), policy({ origin: listed(EVIL) })], {
      candidates: () => [route(1), route(0)],
      isActive: true,
    });
    const facts = new Facts(EVIL);
    expect([pipeline.askResponse(facts), facts.route, facts.policyIndex, heard]).toEqual([
      expect.objectContaining({ outcome: 'allowed' }),
      route(1),
      1,
      [],
    ]);
    expect(facts.policies).toBe(prepared);
  });
});
