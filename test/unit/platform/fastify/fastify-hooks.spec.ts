import {
  type Before,
  type HookableAdapter,
  hookRequests,
  wrapFrameworkErrors,
} from '../../../../lib/platform/fastify/fastify-hooks.js';

const REQUEST = { id: 1 };
const broken = new Error('No list of proxies.');
const refused = new Error('Not allowed.');
const later = (outcome: Awaited<Before>): Before => Promise.resolve(outcome);
const rejected = (): Before => Promise.reject(broken);
const fails = () => {
  throw broken;
};

/** A reply that notes what happens to it, and an observer that notes what is reported. */
function noting() {
  const heard: unknown[] = [];
  const raw = { headersSent: false, destroy: () => void heard.push('destroyed') };
  const reply = { raw, send: (payload: unknown) => void heard.push(['sent', payload]) };
  const observer = { servingFailed: (error: unknown) => void heard.push(['failed', error]) };
  return { heard, raw, reply, observer: observer as never };
}
type Reply = ReturnType<typeof noting>['reply'];
type Adapter = HookableAdapter<typeof REQUEST, Reply>;
type Hook = Parameters<Adapter['setOnRequestHook']>[0];

/** Enough turns for every promise in these tests. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

describe('the request hook of an adapter', () => {
  /** What is heard of one request, where `before` says what became of it. */
  async function request(before: Before, own?: Hook, headersSent = false) {
    const { heard, raw, reply, observer } = noting();
    const slot: { hook?: Hook } = {};
    const adapter: Adapter = { setOnRequestHook: (hook) => (slot.hook = hook) };
    hookRequests(adapter, observer, (...args) => {
      expect(args).toEqual([REQUEST, reply]);
      return before;
    });
    if (own !== undefined) {
      adapter.setOnRequestHook(function (this: unknown, ...args) {
        expect([this, args[0], args[1]]).toEqual([adapter, REQUEST, reply]);
        heard.push('own');
        return own.apply(this, args);
      });
    }
    raw.headersSent = headersSent;
    const done = (error?: Error) => void heard.push(['done', error]);
    heard.push(slot.hook?.call(undefined, REQUEST, reply, done));
    await settled();
    return heard;
  }

  const callsBack: Hook = (_request, _reply, done) => done();
  const DONE = ['done', undefined];

  it.each<[what: string, before: Before, own: Hook | undefined, ...heard: unknown[]]>([
    ['goes on where there is no other', undefined, undefined, DONE, undefined],
    ["runs the application's own", undefined, callsBack, 'own', DONE, undefined],
    ['goes no further once answered', 'answered', callsBack, undefined],
    ["fails ahead of the application's own", refused, callsBack, ['done', refused], undefined],
  ])('%s', async (_, before, own, ...heard) => {
    expect(await request(before, own)).toEqual(heard);
  });

  it("gives back what the application's own does", async () => {
    expect(await request(undefined, () => 'a promise')).toEqual(['own', 'a promise']);
  });

  it.each<[what: string, before: Before, own: Hook | undefined, ...heard: unknown[]]>([
    ['goes on where there is no other', later(undefined), undefined, DONE],
    ["runs the application's own", later(undefined), callsBack, 'own', DONE],
    ['goes no further once answered', later('answered'), callsBack],
    ["fails ahead of the application's own", later(refused), callsBack, ['done', refused]],
    ['fails where there is no other', later(refused), undefined, ['done', refused]],
    [
      'takes one that returns a promise',
      later(undefined),
      () => Promise.resolve('a value'),
      'own',
      DONE,
    ],
    [
      'goes on once with one that calls back and returns a promise',
      later(undefined),
      (_request, _reply, done) => {
        done();
        done(refused);
        return Promise.reject(broken);
      },
      'own',
      DONE,
    ],
    ['fails with one that rejects', later(undefined), rejected, 'own', ['done', broken]],
    ['fails with one that throws', later(undefined), fails, 'own', ['done', broken]],
    ['waits for one that does neither', later(undefined), () => 'a value', 'own'],
  ])('late: %s', async (_, before, own, ...heard) => {
    // Nothing is returned: the adapter would go on by itself.
    expect(await request(before, own)).toEqual([undefined, ...heard]);
  });

  it('late: fails where the decision itself does', async () => {
    expect(await request(rejected(), callsBack)).toEqual([undefined, ['done', broken]]);
  });

  it('late: leaves a response alone that somebody has begun', async () => {
    expect(await request(later(undefined), callsBack, true)).toEqual([undefined]);
    expect(await request(later(refused), callsBack, true)).toEqual([undefined]);
  });

  it('keeps the hook that the adapter had before', async () => {
    const { heard, reply, observer } = noting();
    const slot: { hook?: Hook } = {};
    const adapter: Adapter = {
      setOnRequestHook: (hook) => (slot.hook = hook),
      onRequestHook: () => void heard.push('own'),
    };
    hookRequests(adapter, observer, () => undefined);
    await slot.hook?.call(undefined, REQUEST, reply, fails);
    expect(heard).toEqual(['own']);
  });
});

describe("an error of Fastify's router", () => {
  type Handler = (error: unknown, request: unknown, reply: Reply) => unknown;
  const MALFORMED = new Error("'/%zz' is not a valid url component");

  /** What is heard of one error, where `before` says what became of the request. */
  async function routerError(
    before: Before,
    { own, headersSent = false }: { own?: unknown; headersSent?: boolean } = {},
  ) {
    const { heard, raw, reply, observer } = noting();
    const options: { frameworkErrors?: unknown } = { frameworkErrors: own };
    wrapFrameworkErrors(
      { [Symbol('fastify.options')]: options },
      observer,
      (request: unknown, of: Reply) => {
        expect([request, of]).toEqual([REQUEST, reply]);
        return before;
      },
    );
    raw.headersSent = headersSent;
    const handler = options.frameworkErrors as Handler;
    let result: unknown;
    try {
      result = await handler(MALFORMED, REQUEST, reply);
    } catch (error) {
      heard.push(['thrown', error]);
    }
    return [...heard, result];
  }

  const own: Handler = (error, request, reply) => {
    expect([error, request]).toEqual([MALFORMED, REQUEST]);
    return reply.send('own');
  };
  const SENT = ['sent', MALFORMED];

  it.each<[what: string, before: Before, ...heard: unknown[]]>([
    ['is sent', undefined, SENT],
    ['is sent in place of a refusal', refused, SENT],
    ['is not sent where the request is answered', 'answered'],
    ['is sent late', later(undefined), SENT],
    ['is sent late in place of a refusal', later(refused), SENT],
    ['is not sent where the request is answered late', later('answered')],
  ])('%s', async (_, before, ...heard) => {
    expect(await routerError(before)).toEqual([...heard, undefined]);
  });

  it('is sent where the decision fails', async () => {
    expect(await routerError(rejected())).toEqual([SENT, undefined]);
  });

  it.each<[what: string, before: Before]>([
    ['at once', undefined],
    ['late', later(undefined)],
  ])("goes to the application's own handler, %s", async (_, before) => {
    expect(await routerError(before, { own })).toEqual([['sent', 'own'], undefined]);
  });

  it("gives back what the application's own handler does, such as a promise", async () => {
    expect(await routerError(undefined, { own: () => Promise.resolve('done') })).toEqual(['done']);
  });

  it('is sent where the option is something else', async () => {
    expect(await routerError(undefined, { own: 'handler' })).toEqual([SENT, undefined]);
  });

  it('is not sent again where somebody has responded meanwhile', async () => {
    expect(await routerError(later(undefined), { headersSent: true })).toEqual([undefined]);
    expect(await routerError(rejected(), { headersSent: true })).toEqual([undefined]);
  });

  it('whose handler throws: at once that is its own, late the connection is closed', async () => {
    expect(await routerError(undefined, { own: fails })).toEqual([['thrown', broken], undefined]);
    const late = [['failed', broken], 'destroyed', undefined];
    expect(await routerError(later(undefined), { own: fails })).toEqual(late);
    expect(await routerError(rejected(), { own: fails })).toEqual(late);
  });

  it('is left to Fastify where its options are frozen, or not to be found', () => {
    const frozen = Object.freeze({ frameworkErrors: own });
    const plain = { options: { frameworkErrors: own } };
    for (const instance of [{ [Symbol('fastify.options')]: frozen }, plain]) {
      wrapFrameworkErrors(instance, noting().observer, () => undefined);
    }
    expect([frozen.frameworkErrors, plain.options.frameworkErrors]).toEqual([own, own]);
  });
});
