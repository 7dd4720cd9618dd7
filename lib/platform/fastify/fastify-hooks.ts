import type { DecisionObserver } from '../request-facts.js';
import { type LateResponse, serveLate } from '../serve-late.js';
import { fastifyOptions } from './fastify-options.js';

/** What became of a request before Fastify goes on with it: an error to fail with, or nothing. */
export type Outcome = 'answered' | Error | undefined;
export type Before = Outcome | Promise<Outcome>;

type Done = (error?: Error) => void;

type RequestHook<Request, Reply> = (
  this: unknown,
  request: Request,
  reply: Reply,
  done: Done,
) => unknown;

/** An adapter with one slot for a request hook. */
export interface HookableAdapter<Request, Reply> {
  setOnRequestHook(hook: RequestHook<Request, Reply>): void;
  readonly onRequestHook?: RequestHook<Request, Reply>;
}

/** A reply, as far as it shows whether anybody has responded. */
interface LateReply {
  readonly raw: LateResponse;
}

/** Puts our hook first and keeps the adapter's one slot working for the application's own. */
export function hookRequests<Request, Reply extends LateReply>(
  adapter: HookableAdapter<Request, Reply>,
  observer: DecisionObserver,
  before: (request: Request, reply: Reply) => Before,
): void {
  let own = adapter.onRequestHook;
  adapter.setOnRequestHook((request, reply, done) => {
    const begun = before(request, reply);
    if (begun === 'answered') return undefined;
    if (begun === undefined) return own ? own.call(adapter, request, reply, done) : done();
    if (begun instanceof Error) return done(begun);
    // No promise is returned: the adapter would go on when it resolves, not when `own` is done.
    const goOn = (late: Outcome) => {
      if (late === 'answered') return;
      serveLate(reply.raw, observer, () => {
        if (late !== undefined || own === undefined) done(late);
        else runLate(own, adapter, request, reply, done);
      });
    };
    begun.then(goOn, goOn);
    return undefined;
  });
  adapter.setOnRequestHook = (hook) => {
    own = hook;
  };
}

/** As the adapter runs a hook: it may call `done`, return a promise, throw, or all of these. */
function runLate<Request, Reply>(
  hook: RequestHook<Request, Reply>,
  adapter: HookableAdapter<Request, Reply>,
  request: Request,
  reply: Reply,
  done: Done,
): void {
  let completed = false;
  const once: Done = (error) => {
    if (completed) return;
    completed = true;
    done(error);
  };
  try {
    const result = hook.call(adapter, request, reply, once);
    if (result instanceof Promise) result.then(() => once(), once);
  } catch (error) {
    once(error as Error);
  }
}

type FrameworkErrors<Request, Reply> = (error: unknown, request: Request, reply: Reply) => unknown;

/**
 * A malformed URL (400) or an over-long parameter (414) is answered by Fastify's router before any
 * hook runs. The option `frameworkErrors` alone reaches those responses, and Fastify reads it for each
 * error, from options that only a symbol leads to (see docs/adr/0006-framework-errors.md).
 *
 * @param before called before such a response is written
 */
export function wrapFrameworkErrors<
  Request,
  Reply extends LateReply & { send(payload: unknown): unknown },
>(
  instance: object,
  observer: DecisionObserver,
  before: (request: Request, reply: Reply) => Before,
): void {
  const options = fastifyOptions(instance);
  if (options === undefined || Object.isFrozen(options)) return;

  const own = options['frameworkErrors'] as FrameworkErrors<Request, Reply> | undefined;
  options['frameworkErrors'] = ((error, request, reply) => {
    const send = () => (typeof own === 'function' ? own(error, request, reply) : reply.send(error));
    const begun = before(request, reply);
    if (begun === 'answered') return undefined;
    // What is refused already needs no other refusal.
    if (!(begun instanceof Promise)) return send();
    const sendLate = () => serveLate(reply.raw, observer, send);
    return begun.then((late) => (late === 'answered' ? undefined : sendLate()), sendLate);
  }) satisfies FrameworkErrors<Request, Reply>;
}
