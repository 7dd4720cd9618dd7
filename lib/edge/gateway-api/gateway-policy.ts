import type { FlatPolicy, Losses } from '../approximate/flat-policy.js';
import type { Yaml } from '../approximate/yaml.js';
import { EdgeError } from '../edge-target.js';

/** Of one filter. */
const MOST_ORIGINS = 64;
const MOST_NAMES = 64;
const MOST_METHODS = 9;

/** `https://*.example.com`: a wildcard stands for any names below. */
const SAYABLE_PATTERN = /^https?:\/\/\*\.[^*:]+(?::\d+)?$/;

/** Origins in the words of the filter: exact ones, and wildcards for whole names. */
export function ruleOrigins(
  { exact, expressions }: NonNullable<FlatPolicy['origins']>,
  place: string,
  losses: Losses,
): readonly string[] {
  const patterns = expressions.flatMap(({ written }) => {
    if (SAYABLE_PATTERN.test(written)) return [written];
    losses.add(`\`${written}\` is not allowed: there are wildcards for whole names only`, place);
    return [];
  });
  const all = [...exact, ...patterns];
  if (all.length > MOST_ORIGINS) {
    losses.add(`only ${MOST_ORIGINS} of ${all.length} origins are allowed`, place);
  }
  return all.slice(0, MOST_ORIGINS);
}

/** What is written for a policy, whose origins have been said. */
export function corsFilter({ origins, ...policy }: FlatPolicy): Yaml {
  const { methods, headers, exposed } = policy;
  const lists: readonly (readonly [string, readonly string[], number])[] = [
    ['methods', methods, MOST_METHODS],
    ['allowedHeaders', headers === '*' ? [] : headers, MOST_NAMES],
    ['exposedHeaders', exposed, MOST_NAMES],
  ];
  for (const [option, { length }, limit] of lists) {
    if (length <= limit) continue;
    throw new EdgeError(
      `Expected at most ${limit} names in \`${option}\`, which is what a CORS filter may have, got ${length}. Write fewer, or leave CORS to the application.`,
    );
  }
  const list = (names: readonly string[]) => (names.length === 0 ? undefined : names);
  return {
    allowOrigins: origins === undefined ? ['*'] : origins.exact,
    allowCredentials: policy.credentials,
    allowMethods: list(methods),
    allowHeaders: headers === '*' ? ['*'] : list(headers),
    exposeHeaders: list(exposed),
    maxAge: policy.maxAge,
  };
}

/** Whether one policy allows no more than another: `undefined` allows nothing. */
export function allowsNoMore(one: FlatPolicy | undefined, other: FlatPolicy | undefined): boolean {
  if (one === undefined) return true;
  if (other === undefined) return false;
  const isPart = (some: readonly string[], all: readonly string[]) =>
    some.every((name) => all.includes(name)) || all.includes('*');
  const originsOf = ({ origins }: FlatPolicy) => origins?.exact ?? ['*'];
  const headersOf = ({ headers }: FlatPolicy) => (headers === '*' ? ['*'] : headers);
  return (
    isPart(originsOf(one), originsOf(other)) &&
    (!one.credentials || other.credentials) &&
    isPart(one.methods, other.methods) &&
    isPart(headersOf(one), headersOf(other)) &&
    isPart(one.exposed, other.exposed) &&
    one.maxAge <= other.maxAge
  );
}
