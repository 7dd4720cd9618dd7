import { isToken } from '../fetch/tokens.js';

/**
 * `Access-Control-Expose-Headers` for an allowed origin: what the policy exposes, and what the
 * response itself exposes, each name once; `*` absorbs the rest. What is not a header name is left
 * out: browsers would ignore the whole header because of it.
 *
 * @param exposed the policy's value; empty for none
 * @param own the values that the response has
 * @param credentials whether the policy allows them: `*` is then left out, as it is refused in
 *   options, because it stands for every header only where no credentials are sent
 * @returns the value to send; empty for none
 */
export function mergeExposedHeaders(
  exposed: string,
  own: readonly string[],
  credentials: boolean,
): string {
  const names = new Map<string, string>();
  for (const line of [exposed, ...own]) {
    for (const member of line.split(',')) {
      const name = member.trim();
      const lower = name.toLowerCase();
      if (!isToken(name) || names.has(lower) || (credentials && name === '*')) continue;
      names.set(lower, name);
    }
  }
  return names.has('*') ? '*' : [...names.values()].join(', ');
}
