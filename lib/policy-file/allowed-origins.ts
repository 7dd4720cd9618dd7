import { readOriginRegExp } from '../options/language/read-origin-regexp.js';
import type {
  CorsPolicyFile,
  PolicyFileOrigin,
  PolicyFileOrigins,
  PolicyFileRegExp,
} from './policy-file.js';
import { PolicyFileError } from './read-policy-file.js';
import type { Automaton } from '../policy/origins/automaton.js';
import { compileOriginList } from '../policy/origins/origin-list.js';
import { isPattern, type OriginPattern, parseOrigin } from '../policy/origins/parse-origin.js';

/** A RegExp of a policy file, with its language. */
export interface OriginExpression extends PolicyFileRegExp {
  /** `/^https:…$/i`. */
  readonly text: string;
  readonly language: Automaton;
}

/** Which origins a policy of a file allows. */
export type AllowedOrigins =
  | { readonly kind: 'none' }
  | { readonly kind: 'any' }
  | ListedOrigins
  /** A function or a class decides at run time. */
  | { readonly kind: 'decided'; readonly by: string };

export interface ListedOrigins {
  readonly kind: 'listed';
  readonly exact: ReadonlySet<string>;
  readonly patterns: readonly OriginPattern[];
  readonly expressions: readonly OriginExpression[];
  readonly matches: (origin: string) => boolean;
}

/**
 * @param declaredAt the place of a function without a name
 * @throws PolicyFileError for what the module would have refused
 */
export function readAllowedOrigins(
  value: PolicyFileOrigins,
  declaredAt: string,
  lists: CorsPolicyFile['lists'],
): AllowedOrigins {
  if (value === false) return { kind: 'none' };
  if (value === '*') return { kind: 'any' };
  if ('function' in value) {
    return { kind: 'decided', by: value.function ?? `the function in ${declaredAt}` };
  }
  if ('class' in value) return { kind: 'decided', by: value.class ?? `the class in ${declaredAt}` };
  return readList('list' in value ? (lists[value.list] ?? []) : value);
}

function readList(members: readonly PolicyFileOrigin[]): ListedOrigins {
  const exact = new Set<string>();
  const patterns: OriginPattern[] = [];
  const expressions: OriginExpression[] = [];
  for (const member of members) {
    if (typeof member !== 'string') {
      expressions.push(readExpression(member));
      continue;
    }
    const parsed = parseOrigin(member);
    if (typeof parsed === 'string') throw notAnOrigin(`'${member}'`);
    if (isPattern(parsed)) patterns.push(parsed);
    else exact.add(parsed.text);
  }
  const origins = [...Array.from(exact, exactOrigin), ...patterns];
  const rule = compileOriginList(
    origins,
    expressions.map(({ language }) => language),
  );
  const matches = rule.kind === 'listed' ? rule.matches : () => false;
  return { kind: 'listed', exact, patterns, expressions, matches };
}

/** What is exact is compared as a text. */
function exactOrigin(text: string): OriginPattern {
  return { text, scheme: '', host: '', subdomains: false, port: '' };
}

function readExpression({ source, flags }: PolicyFileRegExp): OriginExpression {
  const text = `/${source}/${flags}`;
  let regexp: RegExp;
  try {
    regexp = new RegExp(source, flags);
  } catch {
    throw notAnOrigin(text);
  }
  const { language, faults } = readOriginRegExp(regexp);
  if (language === undefined || faults.length > 0) throw notAnOrigin(text);
  return { source, flags, text, language };
}

function notAnOrigin(text: string): PolicyFileError {
  return new PolicyFileError(
    `Expected origins that the module accepts, got \`${text}\`. Write the file again with \`npx nestjs-cors policy\`.`,
  );
}

/** Every member as it is written. */
export function writtenOrigins({ exact, patterns, expressions }: ListedOrigins): readonly string[] {
  return [...expressions.map(({ text }) => text), ...patterns.map(({ text }) => text), ...exact];
}
