import type { PathParams } from '../routing/path-table.js';

/**
 * Stands in for a reply when a registered handler is asked whether it would serve a request.
 *
 * From Nest 12 on the Fastify adapter puts a check around each handler whose path has parameters: it
 * turns away, as not found, what the router accepts and the path as written does not mean (an empty
 * parameter, for one). The woven handler within reports that it was reached, and runs nothing.
 */
export class ServeProbe {
  reached = false;

  /** What the adapter calls to turn a request away. */
  callNotFound(): void {}
}

/** Whether a handler that is registered on Fastify would serve a request. */
export function wouldServe(handler: Function, params: PathParams, target: string): boolean {
  const probe = new ServeProbe();
  try {
    Reflect.apply(handler, undefined, [{ params, raw: { url: target } }, probe]);
  } catch {
    // A check that needs more than params and URL to decide: the router's word stands.
    return true;
  }
  return probe.reached;
}
