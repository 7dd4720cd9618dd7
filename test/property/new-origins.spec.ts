import { fc } from '../support/fast-check.js';
import type { PolicyFileOrigin } from '../../lib/policy-file/policy-file.js';
import { type AllowedOrigins, readAllowedOrigins } from '../../lib/policy-file/allowed-origins.js';
import { NewOriginsFinder } from '../../lib/review/new-origins.js';
import { runs } from './runs.js';

const HOSTS = ['a.example.com', 'b.example.com', 'example.com', 'x.a.example.com', 'example.org'];

/** Members that overlap in many ways. */
const MEMBERS: readonly PolicyFileOrigin[] = [
  ...HOSTS.map((host) => `https://${host}`),
  'http://a.example.com',
  'https://a.example.com:8443',
  'https://*.example.com',
  'https://*.a.example.com',
  'https://*.example.org',
  'https://a.example.com:*',
  'https://*.example.com:*',
  'https://a-*.example.com',
  'https://a-*-b.example.com',
  'https://a-b-*.example.com',
  regexp('^https:\\/\\/[a-z]+\\.example\\.com$'),
  regexp('^https:\\/\\/[ab]\\.example\\.com$'),
  regexp('^https:\\/\\/(?:[a-z0-9_-]+\\.)+example\\.com$'),
  regexp('^https:\\/\\/[a-z0-9_-]{1,63}\\.example\\.com$'),
  regexp('^https?:\\/\\/(?:a|b|x\\.a)\\.example\\.com(?::8443)?$'),
  regexp('^https:\\/\\/A\\.example\\.(?:com|org)$', 'i'),
];

function regexp(source: string, flags = ''): PolicyFileOrigin {
  return { source, flags };
}

/**
 * Origins of which at least one is in each region that members make: what two lists differ in, they
 * differ in here.
 */
const UNIVERSE: readonly string[] = [
  'a',
  'b',
  'c',
  'ab',
  'c1',
  'c_',
  'a-',
  'a-b',
  'a-c',
  'a-c1',
  'a-b-b',
  'a-b-c',
  'a-c-b',
  'a-1-b',
  'a_b',
  'x.a',
  'y.a',
  'y_.a',
  'x.b',
  'y.c',
  'a-c.b',
  '',
].flatMap((name) =>
  ['com', 'org'].flatMap((end) => {
    const host = `${name === '' ? '' : `${name}.`}example.${end}`;
    return ['https', 'http'].flatMap((scheme) =>
      ['', ':8443', ':99'].map((port) => `${scheme}://${host}${port}`),
    );
  }),
);

const lists = fc.subarray([...MEMBERS], { minLength: 0, maxLength: 5 });
const read = (members: readonly PolicyFileOrigin[]): AllowedOrigins =>
  readAllowedOrigins(members, 'forRoot()', {});

function allows(origins: AllowedOrigins, origin: string): boolean {
  return origins.kind === 'listed' && origins.matches(origin);
}

test('two lists differ exactly where a browser could tell them apart', () => {
  const finder = new NewOriginsFinder();
  fc.assert(
    fc.property(lists, lists, (before, after) => {
      const [old, now] = [read(before), read(after)];
      const fresh = finder.find(old, now);
      const expected = UNIVERSE.filter((origin) => allows(now, origin) && !allows(old, origin));
      expect(fresh.every(({ isCertain }) => isCertain)).toBe(true);
      expect(fresh.length > 0).toBe(expected.length > 0);
      // What is said to be new is, each of it; each witness is one; and each new origin is in it.
      const empty = fresh.filter(({ text }) => {
        const member = after.find((one) => text === (typeof one === 'string' ? one : textOf(one)));
        const itself = read(member === undefined ? [] : [member]);
        return !expected.some((origin) => allows(itself, origin));
      });
      expect(empty).toEqual([]);
      const kept = fresh.flatMap(({ except }) => except);
      const isOld = (text: string) =>
        before.some((one) => text === (typeof one === 'string' ? one : textOf(one)));
      expect(kept.filter((text) => !isOld(text))).toEqual([]);
      const witnesses = fresh.flatMap(({ witness }) => (witness === undefined ? [] : [witness]));
      const wrong = witnesses.filter((one) => !allows(now, one) || allows(old, one));
      expect(wrong).toEqual([]);
      const said = read(
        after.filter((member) =>
          fresh.some(({ text }) => text === (typeof member === 'string' ? member : textOf(member))),
        ),
      );
      for (const origin of expected) expect(allows(said, origin)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

function textOf({ source, flags }: Exclude<PolicyFileOrigin, string>): string {
  return `/${source}/${flags}`;
}
