import { planEdge } from '../../lib/edge/plan/plan-edge.js';
import type { PolicyReference } from '../../lib/policy-file/policy-file.js';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { normalizePath } from '../../lib/policy/paths/normalize-path.js';
import { sorted, TableReader } from '../support/edge-tables.js';
import { fc } from '../support/fast-check.js';
import { expectedOf } from '../support/model-answers.js';
import { policyFile, type Values } from '../support/policy-files.js';

/** `CORS_FUZZ_RUNS=3000` for more. */
const RUNS = Number(process.env['CORS_FUZZ_RUNS'] ?? 100);

const A = 'https://a.example.com';
const B = 'https://b.example.com';
const policies: Record<string, Values> = {
  'forRoot()': { origin: [A] },
  both: { origin: [A, B], credentials: true, maxAge: 60 },
  pattern: { origin: ['https://*.example.com'], methods: ['GET', 'PUT', 'PURGE'] },
  regexp: {
    origin: [{ source: '^https:\\/\\/b\\.example\\.(?:com|org)$', flags: 'i' }],
    allowedHeaders: ['x-a', 'content-type'],
    methods: '*',
  },
  any: { origin: '*', exposedHeaders: '*', timingAllowOrigin: true },
  none: { origin: false },
  asked: { origin: { function: 'isPartner' } },
};
const reference = fc.constantFrom<PolicyReference>(...Object.keys(policies), false, 'pass-through');

const word = fc.constantFrom('a', 'b', 'B', 'orders', 'x-1', 'a.b');
const express = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 3, arbitrary: fc.constantFrom(':id', ':name') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(':p-:q', ':p--:q', 'x-:tail', '*rest', 'a{-:opt}', '{:maybe}', ''),
  },
);
const fastify = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 3, arbitrary: fc.constantFrom(':id', ':name') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ':p-:q',
      ':p--:q',
      'x-:tail',
      ':n(^\\d+$)',
      ':m(\\d*)',
      ':f.json',
      '',
    ),
  },
);
const METHODS = ['GET', 'PUT', 'DELETE', 'ALL', 'HEAD', 'OPTIONS'];

function routesOf(segment: fc.Arbitrary<string>, end: string) {
  const path = fc
    .tuple(fc.array(segment, { maxLength: 4 }), fc.constantFrom('', '', '', end, '/', '//'))
    .map(([segments, last]) => `/${segments.join('/')}${last}`)
    .filter((text) => {
      const names = text.match(/[:*]\w+/g) ?? [];
      return new Set(names).size === names.length;
    });
  return fc.dictionary(
    fc.tuple(fc.constantFrom(...METHODS), path).map(([method, text]) => `${method} ${text}`),
    reference,
    { maxKeys: 6, noNullPrototype: true },
  );
}

const keys = fc
  .dictionary(
    fc
      .tuple(fc.array(word, { maxLength: 2 }), fc.boolean())
      .map(([segments, below]) => normalizePath(`/${segments.join('/')}`) + (below ? '/*' : ''))
      .map((key) => key.replace('//', '/')),
    reference,
    { maxKeys: 3, noNullPrototype: true },
  )
  .filter((paths) => Object.keys(paths).every((key) => key !== '/'));

const piece = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.oneof(word, fc.constantFrom('7', 'ORDERS', 'x-y', 'p-q-r', 'p--q', 'f.json')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '%20',
      'a%20b',
      '%C3%BC',
      'a%2Fb',
      '%61',
      '%E0%A4',
      '..',
      'a;b',
      '%2e',
    ),
  },
);
const target = fc
  .tuple(fc.array(piece, { maxLength: 5 }), fc.constantFrom('', '', '', '/', '?x=/a', '//'))
  .map(([pieces, end]) => `/${pieces.join('/')}${end}`);
const asked = fc.record({
  method: fc.constantFrom(
    ...METHODS.slice(0, 3),
    'HEAD',
    'OPTIONS',
    'PURGE',
    'get',
    'TRACE',
    'a b',
  ),
  target,
  origin: fc.constantFrom(
    A,
    B,
    'https://b.example.org',
    'https://x.y.example.com',
    'null',
    'file://',
    `${A}:443`,
  ),
  requestHeaders: fc.constantFrom(undefined, 'x-a', 'content-type,x-b', 'not a name'),
});

const PLATFORMS = [
  {
    platform: 'express',
    routes: routesOf(express, '/*rest'),
    router: fc.record({ caseSensitive: fc.boolean(), strict: fc.boolean() }),
  },
  {
    platform: 'fastify',
    routes: routesOf(fastify, '/*'),
    router: fc.record({
      caseSensitive: fc.boolean(),
      ignoreTrailingSlash: fc.boolean(),
      ignoreDuplicateSlashes: fc.boolean(),
      useSemicolonDelimiter: fc.boolean(),
      maxParamLength: fc.constantFrom(100, 4),
    }),
  },
];

describe.each(PLATFORMS)('the tables of an edge, of any file on $platform', (row) => {
  it('say what the application does, or allow nothing', async () => {
    let [same, refused, delegated] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        row.routes,
        keys,
        row.router,
        fc.boolean(),
        fc.array(asked, { minLength: 60, maxLength: 60 }),
        async (routes, paths, router, looksAround, requests) => {
          const platform = { name: row.platform, router: { ...router } };
          const made = policyFile({ policies, routes, rest: { paths, platform } });
          const file = readPolicyFile(JSON.stringify(made), 'the file');
          const host = 'api.example.com';
          const model = await PolicyModel.of(file);
          const { tables } = await planEdge(file, {
            digest: '',
            title: 'nginx',
            looksAround,
            basePath: '',
            host,
          });
          const reader = new TableReader(tables);
          for (const request of requests) {
            const { requestHeaders, ...rest } = request;
            const sent = { ...rest, host, ...(requestHeaders !== undefined && { requestHeaders }) };
            if (reader.isDelegated(sent)) {
              delegated += 1;
              continue;
            }
            const found = [reader.response(sent), reader.preflight(sent)];
            const due = [expectedOf(model.response(sent)), expectedOf(model.preflight(sent))];
            // `@Cors(false)`: the headers of the handler's own stay.
            if (found[0] === 'untouched') found[0] = { cors: {} };
            const isRefused =
              reader.isRefused(sent) || (reader.isOddPath(sent) && isRefusal(found));
            if (isRefused) refused += 1;
            else same += 1;
            const where = [JSON.stringify(routes), JSON.stringify(paths), JSON.stringify(sent)];
            expect([...where, ...found.map(sorted)]).toEqual([
              ...where,
              ...(isRefused ? REFUSED : due.map(sorted)),
            ]);
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    // It says little where much is left out.
    expect([refused < same, delegated * 5 < same]).toEqual([true, true]);
  }, 600_000);
});

const REFUSED = [{ cors: { vary: 'Origin' } }, { status: 403, cors: { vary: 'Origin' } }];

function isRefusal(found: readonly unknown[]): boolean {
  return JSON.stringify(found) === JSON.stringify(REFUSED);
}
