import {
  isForbiddenRequestHeaderName,
  isForbiddenResponseHeaderName,
} from '../../fetch/header-names.js';
import { isForbiddenMethod, normalizeMethod } from '../../fetch/methods.js';
import { isToken } from '../../fetch/tokens.js';
import { type BrokenRule, type CorsConfigIssue, issueOf } from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';

type HeaderOption = 'allowedHeaders' | 'exposedHeaders';

/** The issues of a list of header names, member by member. */
export function checkHeaderNames(
  source: string,
  option: HeaderOption,
  names: readonly unknown[],
): CorsConfigIssue[] {
  return names.flatMap((header, index) => {
    const rule = brokenHeaderRule(option, header);
    const name = `${option}[${index}]`;
    return rule === undefined ? [] : [issueOf(optionPath(source, name), name, header, rule)];
  });
}

function brokenHeaderRule(option: HeaderOption, name: unknown): BrokenRule | undefined {
  if (name === '*') {
    return {
      reason: 'header-wildcard-in-list',
      rule: 'to be a header name',
      remedy: `Write \`${option}: '*'\`, without a list.`,
    };
  }
  if (typeof name !== 'string' || !isToken(name)) {
    return {
      reason: 'header-name-invalid',
      rule: 'to be a header name',
      remedy:
        'A name is a token, such as `x-request-id`, without a colon; each is a member of the list by itself.',
    };
  }
  return option === 'allowedHeaders' ? findRequestRule(name) : findResponseRule(name);
}

function findRequestRule(name: string): BrokenRule | undefined {
  if (isForbiddenRequestHeaderName(name)) {
    return {
      reason: 'request-header-forbidden',
      rule: 'to be a header that pages can set',
      remedy: 'Browsers set it themselves, or never send it, and never ask for leave. Remove it.',
    };
  }
  if (!isCorsHeader(name)) return undefined;
  return {
    reason: 'request-header-of-cors',
    rule: 'to be a request header',
    remedy: 'This is a response header. Remove it here, and where the page sets it.',
  };
}

function findResponseRule(name: string): BrokenRule | undefined {
  if (isForbiddenResponseHeaderName(name)) {
    return {
      reason: 'response-header-forbidden',
      rule: 'to be a header that pages can read',
      remedy: 'Browsers never show it to a page. Remove it.',
    };
  }
  if (!isCorsHeader(name)) return undefined;
  return {
    reason: 'response-header-of-cors',
    rule: 'to be a header of the application',
    remedy: 'This one is for the browser itself. Remove it.',
  };
}

function isCorsHeader(name: string): boolean {
  return name.toLowerCase().startsWith('access-control-');
}

/** The issues of a list of methods, member by member. */
export function checkMethods(source: string, methods: readonly unknown[]): CorsConfigIssue[] {
  return methods.flatMap((method, index) => {
    const rule = brokenMethodRule(method);
    const name = `methods[${index}]`;
    return rule === undefined ? [] : [issueOf(optionPath(source, name), name, method, rule)];
  });
}

function brokenMethodRule(method: unknown): BrokenRule | undefined {
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
