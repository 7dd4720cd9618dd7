import type { PathParams } from '../../routing/path-table.js';

/** Whether a route serves a request that Fastify's router gives it. */
export type Serves = (params: PathParams, target: string) => boolean;

/** What Nest's adapter puts around a handler, and what Fastify then calls. */
type Guarded = (this: unknown, request: unknown, reply: unknown) => unknown;

/** The method of Nest's adapter from Nest 12 on; absent before. */
interface GuardingAdapter {
  requireNonEmptyParams?: (path: unknown, handler: Guarded) => Guarded;
}

/** Knows what the adapter turns away as not found, before any code of the user runs. */
interface RequestGuards {
  /** A route is about to be registered. */
  reset(): void;
  /** Of the route that is being registered; undefined: it serves whatever the router gives it. */
  latest(): Serves | undefined;
  /** For our wrapped handler: whether it was called with a reply of ours, and is not to run. */
  isAsking(reply: unknown): boolean;
}

/**
 * From Nest 12 on the Fastify adapter puts a guard around each handler whose path has parameters: it
 * turns away what the router accepts and the path as written does not mean, such as an empty
 * parameter. The guard is taken as the adapter makes it, with nothing but our own wrapped handler
 * inside. What is registered in the end is never called: `onRoute` hooks of plugins may have put
 * their own functions around it (see docs/adr/0016-routes.md).
 */
export function requestGuards(target: object): RequestGuards {
  const adapter = target as GuardingAdapter;
  const original = adapter.requireNonEmptyParams;
  let latest: Serves | undefined;
  if (typeof original === 'function') {
    adapter.requireNonEmptyParams = (path, handler) => {
      const guarded = original.call(adapter, path, handler);
      // A path without parameters has no guard.
      latest = guarded === handler ? undefined : asking(guarded);
      return guarded;
    };
  }
  return {
    reset: () => {
      latest = undefined;
    },
    latest: () => latest,
    isAsking: (reply) => {
      if (!(reply instanceof Question)) return false;
      reply.reached = true;
      return true;
    },
  };
}

function asking(guarded: Guarded): Serves {
  return (params, target) => {
    const question = new Question();
    try {
      guarded({ params, raw: { url: target } }, question);
    } catch {
      // A guard that needs more than params and URL to decide: the router's decision stands.
      return true;
    }
    return question.reached;
  };
}

/** Stands in for a reply when a guard is asked. */
class Question {
  reached = false;

  /** What the guard calls to turn a request away. */
  callNotFound(): void {}
}
