import { REQUEST_FACTS } from '../../../lib/platform/request-facts.js';
import { holdWriteHead } from '../../../lib/platform/write-head.js';
import type { CorsDecision } from '../../../lib/policy/decide-response.js';
import { APP } from '../policy/policies.js';

const ALLOWED: CorsDecision = {
  outcome: 'allowed',
  headers: ['Access-Control-Allow-Origin', APP],
  varyByOrigin: true,
};
const GRANTED = { 'Access-Control-Allow-Origin': APP, Vary: 'Origin' };
/** As under `@Cors(false)`. */
const DISABLED: CorsDecision = { outcome: 'cors-disabled', headers: [], varyByOrigin: false };
const broken = new Error('The socket is gone.');

/** A response of the test's, whose base notes what it is called with. */
class Raw {
  readonly calls: unknown[][] = [];
  readonly headers = new Map<string, unknown>();
  headersSent = false;
  [REQUEST_FACTS]: unknown = undefined;

  writeHead(...args: unknown[]): unknown {
    this.calls.push(args);
    return 'written';
  }
  getHeaderNames(): string[] {
    return [...this.headers.keys()];
  }
  getHeader(name: string): unknown {
    return this.headers.get(name.toLowerCase());
  }
  hasHeader(name: string): boolean {
    return this.headers.has(name.toLowerCase());
  }
  setHeader(name: string, value: unknown): void {
    this.headers.set(name.toLowerCase(), value);
  }
  removeHeader(name: string): void {
    this.headers.delete(name.toLowerCase());
  }
}

function held<R extends Raw>(response: R, facts?: object): R {
  holdWriteHead(response as never);
  response[REQUEST_FACTS] = facts;
  return response;
}

describe('the head of a response', () => {
  it.each<[what: string, args: unknown[], untouched: unknown[], decided: unknown[]]>([
    ['a status', [200], [200, undefined, undefined], [200]],
    [
      'headers',
      [200, { etag: 'a' }],
      [200, { etag: 'a' }, undefined],
      [200, { etag: 'a', ...GRANTED }],
    ],
    ['a reason', [200, 'Fine'], [200, 'Fine', undefined], [200, 'Fine', undefined]],
    [
      'a reason and headers',
      [200, 'Fine', { etag: 'a' }],
      [200, 'Fine', { etag: 'a' }],
      [200, 'Fine', { etag: 'a', ...GRANTED }],
    ],
    [
      'no reason, but headers',
      [200, undefined, { etag: 'a' }],
      [200, undefined, { etag: 'a' }],
      [200, { etag: 'a', ...GRANTED }],
    ],
    ['null for both', [200, null, null], [200, undefined, undefined], [200]],
    ['null for headers', [200, 'Fine', null], [200, 'Fine', undefined], [200, 'Fine', undefined]],
  ])('with %s', (_, args, untouched, decided) => {
    const write = (response: Raw) => {
      const result: unknown = Reflect.apply(response.writeHead, response, args);
      return [result, ...response.calls];
    };
    const facts = { origin: APP, decision: ALLOWED };
    const sent = held(new Raw(), facts);
    sent.headersSent = true;
    // Of nobody, and where another head is on its way: Node's own error stands.
    expect([write(held(new Raw())), write(sent)]).toEqual([
      ['written', untouched],
      ['written', untouched],
    ]);
    const own = held(new Raw(), facts);
    expect(write(own)).toEqual(['written', decided]);
    // Without an argument to put them in, they are set before.
    const isSet = decided.length === 1 || decided.at(-1) === undefined;
    expect(Object.fromEntries(own.headers)).toEqual(
      isSet ? { 'access-control-allow-origin': APP, vary: 'Origin' } : {},
    );
  });

  it('is held once: what was there before is called once', () => {
    const response = new Raw();
    holdWriteHead(response as never);
    held(response, { decision: ALLOWED }).writeHead(200, {});
    expect(response.calls).toEqual([[200, GRANTED]]);
  });

  it('is written by what the response had of its own, otherwise by its latest prototype', () => {
    const heard: unknown[] = [];
    const own = new Raw();
    own.writeHead = (...args) => heard.push('own', ...args);
    const [first, second] = [
      held(own, { decision: ALLOWED }),
      held(new Raw(), { decision: ALLOWED }),
    ];
    // As an inner Express application does.
    class Other extends Raw {
      override writeHead(...args: unknown[]): unknown {
        return heard.push('other', ...args);
      }
    }
    for (const response of [first, second]) {
      Object.setPrototypeOf(response, Other.prototype);
      response.writeHead(200, {});
    }
    expect(heard).toEqual(['own', 200, GRANTED, 'other', 200, GRANTED]);
  });

  it('is written once by an object that inherits from the response', () => {
    const response = held(new Raw(), { decision: ALLOWED });
    const below = Object.create(Object.create(response) as object) as Raw;
    below.writeHead(200, {});
    expect(response.calls).toEqual([[200, GRANTED]]);
  });

  it('is decided as it is written where that could wait, and grants nothing where nobody decides', () => {
    const asked: unknown[] = [];
    const decideNow = (facts: unknown) => {
      asked.push(facts);
      return ALLOWED;
    };
    const late = { origin: APP, decider: { decideNow, observer: { isActive: false } } };
    const heads = [late, { origin: APP }].map((facts) => {
      const response = held(new Raw(), facts);
      response.writeHead(200, {});
      return response.calls;
    });
    expect([heads, asked]).toEqual([[[[200, GRANTED]], [[200, { Vary: 'Origin' }]]], [late]]);
  });
});

describe('what is heard of a response as its head is written', () => {
  function written(
    given: {
      readonly isActive?: boolean;
      readonly decision?: CorsDecision;
      readonly diagnosis?: string;
      readonly set?: Record<string, string>;
    },
    headers: object = {},
  ) {
    const { isActive = true, decision = DISABLED, diagnosis, set = {} } = given;
    const heard: unknown[] = [];
    const observer = {
      isActive,
      responseDecided: (_: unknown, { outcome }: CorsDecision) => heard.push(outcome),
      isReported: () => heard.push('asked') === 0,
      responseRefused: () => {
        heard.push('refused');
        return diagnosis;
      },
      foreignHeadersReplaced: (facts: { origin: string }, names: string[]) =>
        heard.push('replaced', facts.origin, ...names),
    };
    const facts = { origin: APP, decision, decider: { observer }, isSameOrigin: () => false };
    const response = held(new Raw(), facts);
    for (const [name, value] of Object.entries(set)) response.setHeader(name, value);
    response.writeHead(200, headers);
    const { headers: all } = response;
    return all.has('cors-diagnosis') ? [heard, all.get('cors-diagnosis')] : [heard];
  }
  const NOT_ALLOWED = ['cors-disabled', 'asked', 'refused'];

  it('nothing, where nobody listens', () => {
    expect(written({ isActive: false })).toEqual([[]]);
  });

  it('that it is allowed, and nothing more', () => {
    expect(written({ decision: ALLOWED })).toEqual([['allowed']]);
  });

  it('that it is not allowed, with a diagnosis where there is one', () => {
    // Strictly: none is set, not even an undefined one.
    expect([written({}), written({ diagnosis: 'why' })]).toStrictEqual([
      [NOT_ALLOWED],
      [NOT_ALLOWED, 'why'],
    ]);
  });

  it("which of the application's own headers gave way, though nobody else listens", () => {
    const set = { 'Access-Control-Allow-Origin': '*' };
    expect(written({ decision: ALLOWED, isActive: false, set })).toEqual([
      ['replaced', APP, 'access-control-allow-origin'],
    ]);
  });

  it.each<[where: string, set: Record<string, string>, headers: object]>([
    ['set before', { 'Access-Control-Allow-Origin': APP }, {}],
    ['in a record', {}, { 'access-control-allow-origin': APP }],
    ['in a list', {}, ['Access-Control-Allow-Origin', APP]],
    ['in a list of pairs', {}, [['Access-Control-Allow-Origin', APP]]],
  ])('no refusal where CORS is off and a handler grants by itself, %s', (_, set, headers) => {
    expect(written({ set, diagnosis: 'why' }, headers)).toEqual([['cors-disabled', 'asked']]);
  });
});

describe('a stream of HTTP/2, on which a response can begin as well', () => {
  type Respond = (...args: unknown[]) => unknown;
  type Stream = Record<'respond' | 'respondWithFD' | 'respondWithFile', Respond>;

  function streaming(facts: object | undefined = { decision: ALLOWED }) {
    const calls: unknown[] = [];
    const note =
      (name: string): Respond =>
      (...args) => {
        calls.push([name, ...args]);
        return name;
      };
    const stream: Stream = {
      respond: note('respond'),
      respondWithFD: note('respondWithFD'),
      respondWithFile: note('respondWithFile'),
    };
    const response = held(Object.assign(new Raw(), { stream }), facts);
    return { response, stream, calls };
  }

  it('gets the headers of the policy however it begins', () => {
    const { stream, calls } = streaming();
    const results = [
      stream.respond({ ':status': 200 }, { endStream: true }),
      stream.respondWithFD(3, { ':status': 200 }),
      stream.respondWithFile('/a', { ':status': 200 }, { offset: 1 }),
      stream.respond(),
    ];
    const headers = { ':status': 200, ...GRANTED };
    expect([results, calls]).toEqual([
      ['respond', 'respondWithFD', 'respondWithFile', 'respond'],
      [
        ['respond', headers, { endStream: true }],
        ['respondWithFD', 3, headers],
        ['respondWithFile', '/a', headers, { offset: 1 }],
        ['respond', GRANTED],
      ],
    ]);
  });

  it('keeps which headers are not to be compressed', () => {
    const { stream, calls } = streaming();
    const sensitive = Symbol('nodejs.http2.sensitiveHeaders');
    stream.respond({ cookie: 'a', [sensitive]: ['cookie'] });
    const [[, headers]] = calls as [[string, Record<symbol, unknown>]];
    expect([headers[sensitive], { ...headers }]).toEqual([
      ['cookie'],
      { cookie: 'a', [sensitive]: ['cookie'], ...GRANTED },
    ]);
  });

  it('stays as it is where the request is not known, or its head is sent', () => {
    const unknown = streaming(undefined);
    unknown.response[REQUEST_FACTS] = undefined;
    const sent = streaming();
    sent.response.headersSent = true;
    for (const { stream } of [unknown, sent]) stream.respond({ ':status': 200 });
    expect([unknown.calls, sent.calls]).toEqual([
      [['respond', { ':status': 200 }]],
      [['respond', { ':status': 200 }]],
    ]);
  });

  it('is not decided a second time where writeHead begins it, also after one that threw', () => {
    let decisions = 0;
    const decideNow = () => {
      decisions += 1;
      return ALLOWED;
    };
    const { response, stream, calls } = streaming({ decider: { decideNow } });
    let fails = true;
    const prototype = Object.create(Raw.prototype, {
      writeHead: {
        value: (_status: number, headers: object) => {
          // As `node:http2` does, which then takes it as it is.
          stream.respond({ ...headers });
          if (fails) throw broken;
        },
      },
    }) as object;
    Object.setPrototypeOf(response, prototype);
    const own = { 'access-control-allow-origin': '*' };
    expect(() => response.writeHead(200, own)).toThrow(broken);
    fails = false;
    response.writeHead(200, own);
    stream.respond(own);
    const begun = ['respond', GRANTED];
    expect([calls, decisions]).toEqual([[begun, begun, begun], 3]);
  });

  it('that cannot begin so gets no new way to', () => {
    const stream = { respond: 'a text' };
    held(Object.assign(new Raw(), { stream }));
    expect(stream).toEqual({ respond: 'a text' });
  });

  it.each<[what: string, options: unknown]>([
    ['null', null],
    ['no check of the file', { length: 1 }],
    ['a check that is no function', { statCheck: true }],
    ['what is no object', 'a text'],
  ])('from a file, with options that are %s', (_, options) => {
    const { stream, calls } = streaming();
    stream.respondWithFile('/a', { etag: 'a' }, options);
    expect(calls).toEqual([['respondWithFile', '/a', { etag: 'a', ...GRANTED }, options]]);
  });

  it.each<[answer: unknown, headers: object]>([
    [undefined, { etag: 'b', ...GRANTED }],
    [true, { etag: 'b', ...GRANTED }],
    // It has answered by itself.
    [false, { etag: 'b', 'access-control-allow-origin': '*' }],
  ])(
    'from a file whose check answers %s: decided after it, in the same headers',
    (answer, expected) => {
      const { stream, calls } = streaming();
      const checked: unknown[] = [];
      const self = {};
      const [stats, at] = [{ size: 1 }, { offset: 0 }];
      const headers: Record<string, string> = { etag: 'a' };
      stream.respondWithFile('/a', headers, {
        length: 1,
        statCheck(this: unknown, ...args: [unknown, Record<string, string>, unknown]) {
          checked.push(this, args[0], args[2]);
          args[1]['etag'] = 'b';
          args[1]['access-control-allow-origin'] = '*';
          return answer;
        },
      });
      const [[, path, passed, options]] = calls as [
        [string, string, object, { length: number; statCheck: Respond }],
      ];
      expect([path, passed === headers, headers, options.length]).toEqual([
        '/a',
        true,
        { etag: 'a' },
        1,
      ]);
      expect([options.statCheck.call(self, stats, headers, at), headers, checked]).toEqual([
        answer,
        expected,
        [self, stats, at],
      ]);
    },
  );
});
