import { isSerializedOrigin } from '../../lib/fetch/origins.js';
import { compileOriginList } from '../../lib/policy/origins/origin-list.js';
import { isPattern, isPlainOrigin, parseOrigin } from '../../lib/policy/origins/parse-origin.js';
import { fc } from '../support/fast-check.js';
import { runs } from './runs.js';

// Everything here is judged by the WHATWG URL parser, which the code under test does not use to
// match. What it lets through and the DNS does not is excluded by name.

const scheme = fc.constantFrom('http', 'https');
const label = fc.oneof(
  fc.constantFrom('a', 'b', 'www', 'example', 'com', 'localhost', 'xn--mller-kva', 'a_b', '-'),
  fc.stringMatching(/^[a-c0-9_-]{0,3}$/),
  fc.integer({ min: 60, max: 66 }).map((length) => 'x'.repeat(length)),
);
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const port = fc.oneof(
  fc.constantFrom('', ':', ':80', ':443', ':8080', ':0', ':08080', ':65535', ':65536'),
  fc.integer({ min: 0, max: 70_000 }).map((value) => `:${value}`),
);
const ip = fc.oneof(
  fc.ipV4().map(String),
  fc.ipV4Extended(),
  fc.ipV6().map((address) => `[${address}]`),
);
const host = fc.oneof({ weight: 4, arbitrary: domain }, { weight: 1, arbitrary: ip });
const origin = fc
  .tuple(scheme, host, port)
  .map(([left, middle, right]) => `${left}://${middle}${right}`);
/** An origin with a character changed, added or removed somewhere. */
const mutant = fc
  .tuple(origin, fc.nat(), fc.string({ unit: 'binary-ascii', maxLength: 1 }), fc.nat(1))
  .map(([text, at, inserted, removed]) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + inserted + text.slice(index + removed);
  });
const candidate = fc.oneof(origin, mutant);

/** The host and port of a text that is exactly an origin as browsers serialise it. */
function readByUrl(text: string): { protocol: string; hostname: string; port: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  // The URL parser knows a port 0, which no server can have.
  return isWeb && url.origin === text && url.port !== '0' ? url : undefined;
}

function isDnsName(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 253 && labels.every((part) => /^[a-z0-9_-]{1,63}$/.test(part));
}

describe('isSerializedOrigin', () => {
  test('accepts every origin that the URL parser makes', () => {
    fc.assert(
      fc.property(candidate, (text) => {
        const url = readByUrl(text);
        fc.pre(url !== undefined && /^(?:[a-z0-9._-]+|\[.*\])$/.test(url.hostname));
        expect(isSerializedOrigin(text)).toBe(true);
      }),
      { numRuns: runs(1500) },
    );
  });

  test('accepts no other whose host can exist', () => {
    fc.assert(
      fc.property(candidate, (text) => {
        fc.pre(/^https?:/.test(text) && URL.canParse(text) && readByUrl(text) === undefined);
        // Forms of an IP address that browsers rewrite are for the lists to refuse.
        fc.pre(!/(?:\d|0x[\da-f]*)\.?(?::\d*)?$/.test(text) && !text.includes('['));
        expect(isSerializedOrigin(text)).toBe(false);
      }),
      { numRuns: runs(1500) },
    );
  });

  test('handles any text, of any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        expect(typeof isSerializedOrigin(text)).toBe('boolean');
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('parseOrigin', () => {
  test('accepts as exact what the URL parser leaves as it is, and nothing else', () => {
    fc.assert(
      fc.property(candidate, (text) => {
        fc.pre(!text.includes('*') && /^https?:/.test(text));
        const url = readByUrl(text);
        const isOrigin =
          url !== undefined &&
          (url.hostname.startsWith('[') || isDnsName(url.hostname.replace(/\.$/, '')));
        const isNamed = typeof parseOrigin(text) === 'object';
        expect([text, isNamed]).toEqual([text, isOrigin]);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('the short cut takes nothing that is not an exact origin', () => {
    let plain = 0;
    fc.assert(
      fc.property(candidate, domain, port, (given, name, end) => {
        for (const text of [given, `https://${name}.example${end}`]) {
          if (!isPlainOrigin(text)) continue;
          plain += 1;
          const parsed = parseOrigin(text);
          expect([parsed, typeof parsed === 'object' && isPattern(parsed)]).toEqual([
            {
              text,
              scheme: 'https',
              host: new URL(text).hostname,
              subdomains: false,
              port: new URL(text).port,
            },
            false,
          ]);
        }
      }),
      { numRuns: runs(2000) },
    );
    expect(plain).toBeGreaterThan(runs(2000) / 20);
  });

  test('accepts no exact origin that a request could not bring', () => {
    fc.assert(
      fc.property(fc.oneof(candidate, fc.webUrl(), fc.string()), (text) => {
        const parsed = parseOrigin(text);
        fc.pre(typeof parsed === 'object' && !isPattern(parsed));
        expect(isSerializedOrigin(text)).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });
});

interface Parts {
  readonly left: string;
  /** What is before the domain: nothing, `*.` for names below it, `my-*.` for some of these. */
  readonly first: string;
  readonly right: string;
  readonly end: string;
}

/** What may stand before the domain, in words of its own. */
function wildcardOf(first: string): RegExp {
  if (first === '*.') return /^.+\.$/;
  return new RegExp(`^${first.replace('.', '\\.').replace('*', '[a-z0-9-]+')}$`);
}

describe('patterns', () => {
  const suffix = fc.constantFrom(
    'example.com',
    'a.example.com',
    'b',
    'localhost',
    'xn--mller-kva.com',
  );
  const pattern = fc
    .tuple(
      scheme,
      fc.constantFrom('', '*.', '*.', 'a*.', '*-.', 'a*b.', '_*a.'),
      suffix,
      fc.constantFrom('', '', ':*', ':8080'),
    )
    .map(([left, first, right, end]) => ({ left, first, right, end }))
    .filter(({ first, end }) => first !== '' || end === ':*');
  const textOf = ({ left, first, right, end }: Parts): string => `${left}://${first}${right}${end}`;
  /** A pattern, and an origin that is mostly one of its instances. */
  const pair = fc
    .tuple(
      pattern,
      pattern,
      fc.boolean(),
      domain,
      fc.constantFrom('.', '.', '.', '', '..', '-'),
      port,
    )
    .map(([parts, others, isNear, below, dot, end]) => {
      const { left, first, right } = isNear ? parts : { ...others, left: parts.left };
      const part = first === '*.' ? below : first.replace('*', below).slice(0, -1);
      const name = first === '' ? right : `${part}${dot}${right}`;
      const near = parts.end === ':*' ? end : parts.end;
      return { parts, text: `${left}://${name}${isNear ? near : end}` };
    });
  const pairOrMutant = fc
    .tuple(
      pair,
      fc.boolean(),
      fc.nat(),
      fc.string({ unit: 'binary-ascii', maxLength: 1 }),
      fc.nat(1),
    )
    .map(([{ parts, text }, isMutant, at, inserted, removed]) => {
      if (!isMutant) return { parts, text };
      const index = at % (text.length + 1);
      return { parts, text: text.slice(0, index) + inserted + text.slice(index + removed) };
    });

  test('accept their instances and nothing else', () => {
    let accepted = 0;
    fc.assert(
      fc.property(pairOrMutant, ({ parts, text }) => {
        // Whether punycode decodes is not asked: browsers send none that does not.
        fc.pre(!text.includes('xn--') || URL.canParse(text));
        const { left, first, right, end } = parts;
        const written = textOf(parts);
        const parsed = parseOrigin(written);
        if (typeof parsed === 'string') throw new Error(`${written}: ${parsed}`);
        const rule = compileOriginList([parsed], []);

        const url = readByUrl(text);
        const isHost =
          url !== undefined &&
          url.hostname.endsWith(right) &&
          wildcardOf(first).test(url.hostname.slice(0, -right.length));
        const isInstance =
          isHost &&
          isDnsName(url.hostname) &&
          url.protocol === `${left}:` &&
          (end === ':*' || `:${url.port}` === (end === '' ? ':' : end));
        accepted += Number(isInstance);
        const answer = rule.kind === 'listed' && rule.matches(text);
        expect([written, text, answer]).toEqual([written, text, isInstance]);
      }),
      { numRuns: runs(2000) },
    );
    // The property would hold for a matcher that accepts nothing if nothing were an instance.
    expect(accepted).toBeGreaterThan(50);
  });

  test('in any number accept what one of them accepts', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 5 }), pair, (patterns, { parts, text }) => {
        const parsed = [...patterns, parts].map((one) => parseOrigin(textOf(one)));
        const origins = parsed.filter((one) => typeof one === 'object');
        const accepts = (list: typeof origins): boolean => {
          const rule = compileOriginList(list, []);
          return rule.kind === 'listed' && rule.matches(text);
        };
        expect(accepts(origins)).toBe(origins.some((one) => accepts([one])));
      }),
      { numRuns: runs(2000) },
    );
  });
});
