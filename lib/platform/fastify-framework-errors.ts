import { fastifyOptions } from './fastify-options.js';
import type { Before } from './fastify-request-hook.js';

type FrameworkErrors<Request, Reply> = (error: unknown, request: Request, reply: Reply) => unknown;

/**
 * A malformed URL (400) or an over-long parameter (414) is answered by Fastify's router before any
 * hook runs. The option `frameworkErrors` alone reaches those answers, and Fastify reads it for each
 * error, from options that only a symbol leads to (see docs/adr/0006-framework-errors.md).
 *
 * @param before called before such an answer is written
 */
export function wrapFrameworkErrors<Request, Reply extends { send(payload: unknown): unknown }>(
  instance: object,
  before: (request: Request, reply: Reply) => Before,
): void {
  const options = fastifyOptions(instance);
  if (options === undefined || Object.isFrozen(options)) return;

  const own = options['frameworkErrors'] as FrameworkErrors<Request, Reply> | undefined;
  options['frameworkErrors'] = ((error, request, reply) => {
    const send = () => (typeof own === 'function' ? own(error, request, reply) : reply.send(error));
    const begun = before(request, reply);
    if (begun === 'answered') return undefined;
    // An answer that refuses already needs no other refusal.
    return begun instanceof Promise ? begun.then(send) : send();
  }) satisfies FrameworkErrors<Request, Reply>;
}
