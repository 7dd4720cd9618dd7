import type { CorsPolicyFile, PolicyReference } from '../../lib/policy-file/policy-file.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { normalizePath } from '../../lib/policy/paths/normalize-path.js';
import { fc } from './fast-check.js';
import { policyFile, type Values } from './policy-files.js';

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
/** What a file is asked about: a request, or the preflight of one. */
export const askedOfFile = fc.record({
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

function fileOf(
  name: string,
  routes: ReturnType<typeof routesOf>,
  router: fc.Arbitrary<object>,
): fc.Arbitrary<CorsPolicyFile> {
  return fc.record({ routes, paths: keys, router }).map((drawn) => {
    const platform = { name, router: { ...drawn.router } };
    const rest = { paths: drawn.paths, platform };
    const made = policyFile({ policies, routes: drawn.routes, rest });
    return readPolicyFile(JSON.stringify(made), 'the file');
  });
}

/** Files of any application, also of one that the module would refuse. */
export const GENERATED_FILES = [
  {
    platform: 'express',
    file: fileOf(
      'express',
      routesOf(express, '/*rest'),
      fc.record({ caseSensitive: fc.boolean(), strict: fc.boolean() }),
    ),
  },
  {
    platform: 'fastify',
    file: fileOf(
      'fastify',
      routesOf(fastify, '/*'),
      fc.record({
        caseSensitive: fc.boolean(),
        ignoreTrailingSlash: fc.boolean(),
        ignoreDuplicateSlashes: fc.boolean(),
        useSemicolonDelimiter: fc.boolean(),
        maxParamLength: fc.constantFrom(100, 4),
      }),
    ),
  },
];
