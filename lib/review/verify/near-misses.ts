import { findShortest, intersect } from '../../options/language/languages.js';
import type { OriginLanguages } from '../../options/language/origin-language.js';
import type { AllowedOrigins } from '../../policy-file/allowed-origins.js';

/** An origin to ask from, and what it is to the file. */
export interface Witness {
  readonly origin: string;
  /** `an origin of the file`, `the parent domain`, `another scheme`. */
  readonly label: string;
}

/** No page has it: nobody can own a name under `.invalid` (RFC 6761). */
export const STRANGER: Witness = {
  origin: 'https://nestjs-cors-verify.invalid',
  label: 'a stranger',
};

/** What any page becomes inside a sandboxed frame. */
export const NULL_ORIGIN: Witness = { origin: 'null', label: '`null`' };

/** One origin, or a few, that each member of a list stands for: exact ones first. */
export function samplesOf(origins: AllowedOrigins, languages: OriginLanguages): readonly string[] {
  if (origins.kind !== 'listed') return [];
  const { exact, patterns, expressions } = origins;
  const ofPatterns = patterns.flatMap(({ scheme, host, subdomains, port }) => {
    const names = subdomains ? [`a.${host}`, `a.b.${host}`] : [host.replace('*', 'a1')];
    const ports = port === '*' ? ['', ':8443'] : [port === '' ? '' : `:${port}`];
    return names.flatMap((name) => ports.map((end) => `${scheme}://${name}${end}`));
  });
  const ofExpressions = expressions.flatMap(({ language }) => {
    const shortest = findShortest(intersect(language, languages.reachable));
    return shortest === undefined ? [] : [shortest];
  });
  return [...exact, ...ofPatterns, ...ofExpressions];
}

/**
 * What a check that is written by hand mistakes for an origin: `endsWith`, `startsWith`, a RegExp without
 * anchors or with a bare dot, a comparison without letter case, scheme or port.
 */
export function nearMissesOf(origin: string): readonly Witness[] {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/(\[[^\]]*\]|[^:/]+)(?::(\d+))?$/.exec(origin);
  if (parts === null) return [];
  const [, scheme = '', host = '', port] = parts;
  const end = port === undefined ? '' : `:${port}`;
  const isName = /[a-z]/.test(host) && host.includes('.') && !host.startsWith('[');
  const parent = host.slice(host.indexOf('.') + 1);
  const at = (name: string, label: string): Witness => ({
    origin: `${scheme}://${name}${end}`,
    label,
  });
  const other = scheme === 'https' ? 'http' : 'https';
  return [
    ...(isName
      ? [
          ...(parent.includes('.')
            ? [at(parent, 'the parent domain'), at(`evil${parent}`, 'a domain that ends alike')]
            : []),
          at(`evil.${host}`, 'a name below'),
          at(`evil${host}`, 'a name that ends alike'),
          at(`${host}.evil.example`, 'a name that begins alike'),
          at(host.replace('.', '-'), 'a name without a dot'),
        ]
      : []),
    ...(scheme === 'http' || scheme === 'https'
      ? [{ origin: `${other}://${host}${end}`, label: 'another scheme' }]
      : []),
    { origin: `${scheme}://${host}${port === '8443' ? ':8444' : ':8443'}`, label: 'another port' },
    ...(port === undefined ? [] : [{ origin: `${scheme}://${host}`, label: 'no port' }]),
    { origin: `${origin}/`, label: 'a slash at the end' },
    ...(host === host.toUpperCase()
      ? []
      : [{ origin: `${scheme}://${host.toUpperCase()}${end}`, label: 'upper case' }]),
  ];
}
