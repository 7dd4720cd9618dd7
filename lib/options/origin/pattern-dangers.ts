import { isLoopbackHost } from '../../fetch/origins.js';
import type { OriginPattern } from '../../policy/origins/parse-origin.js';
import type { BrokenRule } from '../refusal/cors-config-error.js';
import { type DangerContext, insecureRule, suffixRule } from './danger-rules.js';
import type { OriginTools } from './origin-tools.js';

/** What is dangerous about a string: it can be seen, without an automaton. */
export function findPatternDangers(pattern: OriginPattern, context: DangerContext): BrokenRule[] {
  const rules: BrokenRule[] = [];
  if (!context.allowPublicSuffixes) rules.push(...findSuffixDanger(pattern, context.kindOf));
  const isInsecure = pattern.scheme === 'http' && !isLoopbackHost(pattern.host);
  if (isInsecure && !context.allowInsecureOrigins) rules.push(insecureRule());
  return rules;
}

/**
 * Whether a pattern covers names that belong to anybody: what it leaves open is right below a public
 * suffix, or every name it stands for is one. A single label that no list knows counts as a public
 * suffix, as the algorithm of the list says.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function findSuffixDanger(
  { scheme, host, subdomains, port, text }: OriginPattern,
  kindOf: DangerContext['kindOf'],
): [] | [BrokenRule] {
  const parent = parentOf({ host, subdomains });
  if (parent === undefined || isLoopbackHost(parent)) return [];
  const name = parent.replace(/\.$/, '');
  const above = kindOf(name) === undefined && subdomains ? `any.${name}` : name;
  const kind = kindOf(above);
  if (kind === undefined) return [];
  const label = subdomains ? '*' : host.slice(0, host.indexOf('.'));
  const [start = '', end = ''] = label.split('*');
  const isAnyPort = port === '*';
  const filled = text.replace('*', above === name ? 'evil' : 'evil.any');
  return [
    suffixRule({
      suffix: above,
      kind,
      witness: isAnyPort ? filled.replace(/:\*$/, '') : filled,
      start,
      end: `${end}.${above}`,
      previewsOf: (app, team) => `'${scheme}://${app}-*-${team}.${above}'`,
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
  return parent !== undefined && kindsOf(tools)(parent) === 'registry';
}

/** What a pattern for names has to the right of what it leaves open. */
function parentOf({
  host,
  subdomains,
}: Pick<OriginPattern, 'host' | 'subdomains'>): string | undefined {
  if (subdomains) return host;
  return host.includes('*') ? host.slice(host.indexOf('.') + 1) : undefined;
}

/** Without the list, no pattern for names is trusted. */
export function kindsOf({ suffixKindOf = () => 'registry' }: OriginTools): DangerContext['kindOf'] {
  return suffixKindOf;
}
