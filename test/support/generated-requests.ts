import { type INestApplication, type Type, VersioningType } from '@nestjs/common';
import { fc } from './fast-check.js';
import type { GeneratedController } from './generated-app.js';
import { type Platform, startApp } from './platforms.js';
import type { StartedApp } from './start-on.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'SEARCH'] as const;

const segment = (platform: Platform) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'users', 'Me', 'a.b', 'v1') },
    { weight: 4, arbitrary: fc.constantFrom(':id', ':other', ':x-:y') },
    platform === 'express'
      ? { weight: 1, arbitrary: fc.constantFrom('*rest', '{*rest}', 'x{-:opt}') }
      : { weight: 1, arbitrary: fc.constantFrom(':n(^\\d+$)', 'x-:tail') },
  );

const path = (platform: Platform, wildcards: boolean) =>
  fc
    .tuple(
      fc.array(segment(platform), { maxLength: 2 }),
      fc.boolean().map((wild) => wild && wildcards),
    )
    .map(([segments, wild]) =>
      [...segments, ...(wild && platform === 'fastify' ? ['*'] : [])].join('/'),
    )
    // One name may occur once in a path, and a wildcard of find-my-way only at its end.
    .filter(
      (text) => new Set(text.match(/[:*]\w+/g)).size === (text.match(/[:*]\w+/g) ?? []).length,
    );

const cors = fc.constantFrom<'own' | 'off' | 'outer'>('own', 'own', 'off', 'outer');
const version = fc.option(
  fc.oneof(fc.constantFrom('1', '2'), fc.constant(['1', '2'] as readonly string[])),
  { nil: undefined, freq: 3 },
);
const withVersion = <T extends object>(value: T, chosen: string | readonly string[] | undefined) =>
  chosen === undefined ? value : { ...value, version: chosen };

const handler = (platform: Platform) =>
  fc
    .record({
      method: fc.constantFrom('ALL' as const, 'GET' as const, 'GET' as const, ...METHODS),
      paths: fc.array(path(platform, true), { minLength: 1, maxLength: 2 }),
      cors,
      version,
    })
    .map(({ version: chosen, ...rest }) => withVersion(rest, chosen));

const controller = (platform: Platform): fc.Arbitrary<GeneratedController> =>
  fc
    .record({
      paths: fc.array(path(platform, false), { minLength: 1, maxLength: 2 }),
      // Few, since most requests are for another host.
      host: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom('one.example.com', ':tenant.example.net') },
      ),
      cors,
      version,
      handlers: fc.array(handler(platform), { minLength: 1, maxLength: 4 }),
    })
    .map(({ version: chosen, host, ...rest }) => ({
      ...withVersion(rest, chosen),
      // Fastify takes one route for each path, whatever its host: nothing to choose from.
      ...(host !== undefined && platform === 'express' && { host }),
    }));

/** An application with a few controllers, whose paths overlap. */
export const application = (platform: Platform) =>
  fc.record({
    controllers: fc.array(controller(platform), { minLength: 1, maxLength: 4 }),
    prefix: fc.option(fc.constantFrom('api', 'a', ':tenant'), { nil: undefined }),
    versions: fc.boolean(),
    specificity: fc.boolean(),
  });

const word = fc.constantFrom(
  'a',
  'b',
  'users',
  'Me',
  'me',
  'a.b',
  'v1',
  'v2',
  'api',
  '7',
  'x-1',
  'p-q',
  'x',
  '',
);
const odd = fc.constantFrom(
  '%61',
  '%2F',
  '%E0%A4%A',
  '%',
  '..',
  '.',
  ';x=1',
  '%20',
  '%00',
  'ü',
  '//',
  '*',
  ':id',
  'x'.repeat(120),
);
/** A request, and what its target is made from. */
export const request = fc.record({
  method: fc.constantFrom(...METHODS),
  segments: fc.array(fc.oneof({ weight: 9, arbitrary: word }, { weight: 1, arbitrary: odd }), {
    maxLength: 6,
  }),
  slash: fc.boolean(),
  query: fc.constantFrom('', '', '', '?q=/a', '#f', '?', ';s'),
  upper: fc.nat({ max: 12 }),
  host: fc.constantFrom('127.0.0.1', 'one.example.com', 'acme.example.net', 'ONE.example.com:80'),
  /** Which route to take a target from, so that many requests hit. */
  like: fc.nat(),
  values: fc.array(
    fc.oneof({ weight: 6, arbitrary: word.filter(Boolean) }, { weight: 1, arbitrary: odd }),
    { minLength: 6, maxLength: 6 },
  ),
});
type GeneratedRequest = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** A target made from a registered path, or at random. */
function targetOf(generated: GeneratedRequest, pattern: string | undefined): string {
  const { segments, slash, query, upper, values } = generated;
  let made = `/${segments.join('/')}`;
  if (pattern !== undefined) {
    let next = 0;
    made = pattern
      .replace(
        /\{?\/?[:*](\w+|$)(\(.*?\))?\}?|\*/g,
        (part) =>
          `${part.startsWith('{/') || part.startsWith('/') ? '/' : ''}${values[next++ % values.length] ?? ''}`,
      )
      .replace(/[{}]/g, '');
  }
  if (slash) made += '/';
  if (upper === 0) made = made.toUpperCase();
  const target = encodeURI(made.startsWith('/') ? made : `/${made}`).replaceAll('%25', '%');
  return target + query;
}

type GeneratedApplication =
  ReturnType<typeof application> extends fc.Arbitrary<infer T> ? T : never;

/**
 * Starts a generated application; undefined where the platform itself refuses its routes, such as
 * duplicates on Fastify.
 */
export async function startGenerated(
  platform: Platform,
  module: Type,
  { prefix, versions, specificity }: Omit<GeneratedApplication, 'controllers'>,
  configure: (app: INestApplication) => unknown = () => undefined,
): Promise<StartedApp | undefined> {
  try {
    return await startApp(platform, module, {
      ...(specificity && { routeResolutionStrategy: 'specificity' as never }),
      configure: (created) => {
        if (prefix !== undefined) created.setGlobalPrefix(prefix);
        if (versions) created.enableVersioning({ type: VersioningType.URI });
        configure(created);
      },
    });
  } catch {
    return undefined;
  }
}

/** Method and target of a request: three of four are made from a registered route. */
export function aimed(
  generated: GeneratedRequest,
  routes: ReturnType<typeof registeredRoutes>,
): { method: string; target: string } {
  const route = routes[generated.like % Math.ceil((routes.length * 4) / 3)];
  const method = route === undefined || route.method === 'ALL' ? generated.method : route.method;
  return { method, target: targetOf(generated, route?.path) };
}

/** The routes of such an application, with their full paths. */
export function registeredRoutes(
  controllers: readonly GeneratedController[],
  prefix: string | undefined,
): { method: string; path: string }[] {
  return controllers.flatMap(({ paths, version: classVersion, handlers }) =>
    paths.flatMap((outer) =>
      handlers.flatMap((one) =>
        one.paths.flatMap((inner) =>
          [one.version ?? classVersion ?? []]
            .flat()
            .concat('')
            .map((number) => ({
              method: one.method,
              path: ['', prefix, number && `v${number}`, outer, inner]
                .filter((part, index) => index === 0 || Boolean(part))
                .join('/'),
            })),
        ),
      ),
    ),
  );
}
