import { parse } from 'node:url';
import express from 'express';
import { ExpressPathTable } from '../../../../lib/platform/express/express-path-table.js';
import { callMethod } from '../call-method.js';

export interface ExpressRoute {
  readonly method: string;
  readonly path: string | RegExp | (string | RegExp)[];
  readonly conditional?: boolean;
}

/**
 * A real Express application and our table with the same routes. Each answers with the numbers of
 * the routes that the router tries, in order, where all conditional ones pass the request on.
 */
export function expressAnswers(
  routes: readonly ExpressRoute[],
  { caseSensitive = false, strict = false } = {},
) {
  const app = express();
  app.disable('x-powered-by');
  app.set('case sensitive routing', caseSensitive);
  app.set('strict routing', strict);
  const table = new ExpressPathTable<number>({ caseSensitive, strict, parseUrl: parse });

  const expressions: RegExp[] = [];
  const own = (path: string | RegExp) => {
    if (typeof path === 'string') return path;
    const copy = new RegExp(path);
    expressions.push(copy);
    return copy;
  };

  let tried: number[] = [];
  let settle: (() => void) | undefined;
  for (const [index, { method, path: given, conditional = false }] of routes.entries()) {
    const path = Array.isArray(given) ? given.map(own) : own(given);
    const isRead = table.add({ method, path, conditional, value: index });
    const handler = (_request: unknown, _response: unknown, next: () => void) => {
      tried.push(index);
      if (conditional) next();
      else settle?.();
    };
    try {
      callMethod(app, method.toLowerCase(), path, handler);
    } catch (error) {
      if (!isRead) continue;
      throw new Error(`Only the table reads ${String(path)}`, { cause: error });
    }
    if (!isRead) throw new Error(`Only Express reads ${String(path)}`);
  }

  const router = (method: string, url: string) =>
    new Promise<number[]>((resolve) => {
      tried = [];
      // With `g` or `y` a RegExp remembers the last request, and Express serves every second one.
      for (const expression of expressions) expression.lastIndex = 0;
      settle = () => resolve(tried);
      const response = { locals: {}, setHeader: () => undefined, end: settle };
      callMethod(app, 'handle', { method, url, headers: {} }, response, settle);
    });
  return { table, router };
}
