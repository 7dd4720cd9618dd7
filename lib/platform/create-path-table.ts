import { parse as parseUrl } from 'node:url';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { OrderedPathTable } from '../routing/ordered-path-table.js';
import type { PathTable } from '../routing/path-table.js';
import { RadixPathTable } from '../routing/radix-path-table.js';
import type { RouteEntry } from '../routing/route-entry.js';
import { fastifyRouterOptions } from './fastify-router-options.js';

interface ExpressLike {
  readonly router?: { readonly caseSensitive?: boolean; readonly strict?: boolean };
}

/** The path table that reads paths as the application's own router does, with its own options. */
export function createPathTable(adapter: AbstractHttpAdapter): PathTable<RouteEntry> {
  if (adapter.getType() === 'fastify') {
    return new RadixPathTable(fastifyRouterOptions(adapter.getInstance<object>()));
  }
  const { router } = adapter.getInstance<ExpressLike>();
  return new OrderedPathTable({
    caseSensitive: router?.caseSensitive ?? false,
    strict: router?.strict ?? false,
    parseUrl,
  });
}
