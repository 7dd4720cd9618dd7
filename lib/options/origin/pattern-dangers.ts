import { isLoopbackHost } from '../../fetch/origins.js';
import type { OriginPattern } from '../../policy/origins/parse-origin.js';
import type { BrokenRule } from '../refusal/cors-config-error.js';
import { printCode } from '../refusal/own-values.js';
import { type DangerContext, insecureRule, suffixRule } from './danger-rules.js';
import type { OriginTools } from './origin-tools.js';
import type { SuffixList } from './public-suffix.js';

/** What is dangerous about a string: it can be seen, without an automaton. */
export function findPatternDangers(pattern: OriginPattern, context: DangerContext): BrokenRule[] {
  const rules: BrokenRule[] = [];
  if (!context.allowPublicSuffixes) rules.push(...findSuffixDanger(pattern, context.suffixes));
  if (isInsecure(pattern) && !context.allowInsecureOrigins) {
    const https = printCode(pattern.text.replace('http', 'https'));
    rules.push(insecureRule({ https, isLocal: isLocalNetwork(pattern.host) }));
  }
  return rules;
}

/** Whether its pages come over a network in the clear. */
export function isInsecure({ scheme, host }: OriginPattern): boolean {
  return scheme === 'http' && !isLoopbackHost(host);
}

/**
 * Whether a host is in the same network: private addresses, names of multicast DNS, and what routers
 * call their clients.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 * @see https://www.rfc-editor.org/rfc/rfc6762#section-3
 */
function isLocalNetwork(host: string): boolean {
  const isAddress = /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|\[f[cde])/;
  return isAddress.test(host) || /\.(?:local|lan|home\.arpa)\.?$/.test(host);
}

/**
 * Whether a pattern covers names that belong to anybody: what it leaves open is right below a public
 * suffix. A single label that no list knows counts as one, as the algorithm of the list says, and so
 * does what has public suffixes below it.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function findSuffixDanger(
  { scheme, host, subdomains, text }: OriginPattern,
  { kindOf, below }: SuffixList,
): [] | [BrokenRule] {
  const parent = parentOf({ host, subdomains });
  if (parent === undefined || isLoopbackHost(parent)) return [];
  const name = parent.replace(/\.$/, '');
  const isSuffix = kindOf(name) !== undefined;
  const suffix = isSuffix ? name : subdomains ? below(name)[0] : undefined;
  if (suffix === undefined) return [];
  const label = subdomains ? '*' : host.slice(0, host.indexOf('.'));
  const [start = '', end = ''] = label.split('*');
  const witness = text.replace(
    '*',
    isSuffix ? 'evil' : `evil.${suffix.slice(0, -name.length - 1)}`,
  );
  return [
    suffixRule({
      suffix,
      kind: kindOf(suffix),
      witness: witness.replace(/:\*$/, ''),
      start,
      end: `${end}.${suffix}`,
      previewsOf: (app, team) => `'${scheme}://${app}-*-${team}.${suffix}'`,
    }),
  ];
}

/**
 * Whether the wildcard of a pattern is part of the domain that somebody registers, such as
 * `https://*example.com`: then it stands for other people's domains.
 */
export function reachesIntoDomain(pattern: OriginPattern, tools: OriginTools): boolean {
  if (pattern.subdomains) return false;
  const parent = parentOf(pattern)?.replace(/\.$/, '');
  return parent !== undefined && suffixesOf(tools).kindOf(parent) === 'registry';
}

/** What a pattern for names has to the right of what it leaves open. */
function parentOf({
  host,
  subdomains,
}: Pick<OriginPattern, 'host' | 'subdomains'>): string | undefined {
  if (subdomains) return host;
  return host.includes('*') ? host.slice(host.indexOf('.') + 1) : undefined;
}

const WITHOUT_LIST: SuffixList = { kindOf: () => 'registry', below: () => [] };

/** Without the list, no pattern for names is trusted. */
export function suffixesOf({ suffixes = WITHOUT_LIST }: OriginTools): SuffixList {
  return suffixes;
}
