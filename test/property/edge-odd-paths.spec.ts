import { matcherOf } from '../../lib/edge/expression.js';
import { oddPaths, UNDECODABLE } from '../../lib/edge/paths/odd-paths.js';
import { planEdge } from '../../lib/edge/plan/plan-edge.js';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { isDecodable } from '../../lib/policy/paths/normalize-path.js';
import { TableReader } from '../support/edge-tables.js';
import { fc } from '../support/fast-check.js';
import { expectedOf } from '../support/model-answers.js';
import { policyFile } from '../support/policy-files.js';

describe('paths that cannot be decoded', () => {
  const matches = matcherOf(UNDECODABLE);
  const byte = fc
    .integer({ min: 0, max: 255 })
    .map((code) => `%${code.toString(16).padStart(2, '0')}`);
  const piece = fc.oneof(
    { weight: 4, arbitrary: byte },
    {
      weight: 2,
      arbitrary: fc.constantFrom('%C3%BC', '%e2%82%ac', '%F0%9F%98%80', '%E0%A4%A', '%ED%A0%80'),
    },
    { weight: 2, arbitrary: fc.constantFrom('a', '/', 'BC', '3', '%', '%4', '%g1', 'ab') },
  );

  it('are found, and no others', () => {
    const found = { yes: 0, no: 0 };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const path = `/${pieces.join('')}`;
        found[isDecodable(path) ? 'no' : 'yes'] += 1;
        expect([path, matches(path)]).toEqual([path, !isDecodable(path)]);
      }),
      { numRuns: 20_000 },
    );
    expect([found.yes > 1000, found.no > 1000]).toEqual([true, true]);
  });

  it.each([2, 3])(
    'are found among all sequences of %i bytes at the edges of their ranges',
    (length) => {
      const edges = [
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
      ];
      const more = [0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];
      const bytes = [...edges, ...more].map((code) => `%${code.toString(16).padStart(2, '0')}`);
      let paths = ['/'];
      for (let index = 0; index < length; index += 1) {
        paths = paths.flatMap((path) => bytes.map((one) => path + one));
      }
      expect(paths.filter((path) => matches(path) === isDecodable(path))).toEqual([]);
    },
  );
});

describe('paths that servers may read in several ways', () => {
  it('are those with any character that stands for one of ASCII', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('');
    const isOdd = matcherOf(oddPaths([ascii]));
    const found: string[] = [];
    for (let code = 0x80; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const letter = String.fromCodePoint(code);
      const folded = letter.normalize('NFC').toLowerCase();
      if (/^[\0-\x7f]+$/.test(folded) || /^[\0-\x7f]+$/.test(letter.toLowerCase())) {
        found.push(`/a${encodeURIComponent(letter)}b`);
      }
    }
    expect(found.filter((path) => !isOdd(path))).toEqual([]);
    expect(found).toContain('/a%E2%84%AAb');
  });

  it.each([
    ['%22', false],
    ['%3C', false],
    ['%3e', false],
    ['%5E', false],
    ['%60', false],
    ['%7b', false],
    ['%20a', false],
    ['%20', true],
    ['%2F', true],
    ['%2d', true],
    ['%41', true],
    ['%7E', true],
    ['%25', true],
    ['%C3%BC', false],
    ['%C3%9C', false],
    ['%E2%84%AA', true],
  ])('%s: %s', (escape, isOdd) => {
    expect(matcherOf(oddPaths(['/keys/*']))(`/files/a${escape}`)).toBe(isOdd);
  });

  it('are those with other cases, and parts, of the letters of a key', () => {
    const isOdd = matcherOf(oddPaths(['/ü/*']));
    const escapes = ['%C3%BC', '%c3%9c', 'u%CC%88', 'U%cc%88', '%C3%A4', '%E2%84%AA'];
    expect(escapes.map((escape) => isOdd(`/${escape}/a`))).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

const ORIGIN = 'https://evil.example';
const HOST = 'api.example.com';

describe.each(['express', 'fastify'])('whatever stands in a path, on %s', (name) => {
  const file = (caseSensitive: boolean) =>
    policyFile({
      policies: { 'forRoot()': { origin: '*' }, own: { origin: ['https://app.example.com'] } },
      routes: { 'GET /keys/:id': 'own', 'GET /ükey': 'own', 'GET /other/*rest': 'forRoot()' },
      rest: {
        platform: { name, router: { caseSensitive } },
        paths: { '/files/private/*': false, '/files/*': 'own', '/ü/*': 'own', '/k': false },
      },
    });
  const bytes = Array.from({ length: 256 }, (_, code) => `%${code.toString(16).padStart(2, '0')}`);
  const letters = [
    '%C3%BC',
    '%C3%9C',
    'u%CC%88',
    'U%CC%88',
    '%E2%84%AA',
    '%CD%BE',
    '%E1%BF%AF',
    '%u00fc',
  ];
  const raw = Array.from({ length: 94 }, (_, code) => String.fromCharCode(33 + code));
  const texts = [...bytes, ...letters, ...raw].filter((text) => text !== '?' && text !== '#');
  const targets = texts.flatMap((text) => [
    `/files${text}private/a`,
    `/files/private${text}/a`,
    `/files/${text}private/a`,
    `/files/pri${text}ate/a`,
    `/x/${text}${text}/files/a`,
    `/${text}/a`,
    `/${text}eys/1`,
    `/keys/${text}`,
    `/${text}key`,
    `/${text}`,
    `/k${text}`,
  ]);

  it.each([true, false])('nothing more is allowed, letter case: %s', async (caseSensitive) => {
    const made = readPolicyFile(JSON.stringify(file(caseSensitive)), 'the file');
    const model = await PolicyModel.of(made);
    const options = { digest: '', title: 'nginx', looksAround: true, basePath: '', host: HOST };
    const { tables } = await planEdge(made, options);
    const reader = new TableReader(tables);
    const originIn = (answer: unknown) =>
      (answer as { cors?: Record<string, string> }).cors?.['access-control-allow-origin'];
    const looser: string[] = [];
    let allowed = 0;
    const compare = (came: unknown, due: unknown, sent: string) => {
      if (originIn(came) === undefined) return;
      allowed += 1;
      if (originIn(due) === undefined) looser.push(sent);
    };
    for (const target of targets) {
      for (const method of ['GET', 'PUT']) {
        const request = { method, target, host: HOST, origin: ORIGIN };
        const sent = `${method} ${target}`;
        compare(reader.response(request), expectedOf(model.response(request)), sent);
        compare(reader.preflight(request), expectedOf(model.preflight(request)), sent);
      }
    }
    expect(looser).toEqual([]);
    expect(allowed).toBeGreaterThan(1000);
  });
});
