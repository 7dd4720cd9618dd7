import { isForbiddenMethod } from '../fetch/forbidden-method.js';
import { normalizeMethod } from '../fetch/normalize-method.js';
import { isToken } from '../fetch/token.js';
import type { CorsConfigIssue } from './cors-config-issue.js';
import { issueOf, type BrokenRule } from './issue.js';
import { optionPath } from './option-path.js';

/** The issues of a list of methods, member by member. */
export function checkMethods(source: string, methods: readonly unknown[]): CorsConfigIssue[] {
  return methods.flatMap((method, index) => {
    const rule = findBrokenRule(method);
    const name = `methods[${index}]`;
    return rule === undefined ? [] : [issueOf(optionPath(source, name), name, method, rule)];
  });
}

function findBrokenRule(method: unknown): BrokenRule | undefined {
  if (method === '*') {
    return {
      reason: 'method-wildcard-in-list',
      rule: 'to be a method',
      remedy:
        "Write `methods: '*'` for whichever is requested; in a list it is a method named `*`.",
    };
  }
  if (typeof method !== 'string' || !isToken(method)) {
    return {
      reason: 'method-invalid',
      rule: 'to be a method',
      remedy: 'A method is a token, such as `PATCH`; each is a member of the list by itself.',
    };
  }
  if (isForbiddenMethod(method)) {
    return {
      reason: 'method-forbidden',
      rule: 'to be a method that pages can send',
      remedy: 'Browsers never send it for a page. Remove it.',
    };
  }
  const upper = method.toUpperCase();
  if (normalizeMethod(method) === upper) return undefined;
  return {
    reason: 'method-lower-case',
    rule: 'to be in upper case',
    remedy: `Browsers compare methods byte for byte, and Node.js receives them in upper case only. Write \`'${upper}'\`.`,
  };
}
