import {
  isForbiddenRequestHeaderName,
  isForbiddenResponseHeaderName,
} from '../../fetch/header-names.js';
import { isForbiddenMethod, normalizeMethod } from '../../fetch/methods.js';
import { isToken } from '../../fetch/tokens.js';
import type { BrokenRule, OptionIssue } from '../refusal/cors-config-error.js';
import { isPlainList, isPlainObject, type Written } from './snapshot.js';

/** Finds what is wrong with an option's value by itself. */
export type Check = (value: unknown, option: string) => readonly OptionIssue[];

/** Reads an object's own property: nothing on `Object.prototype` may open a server. */
export function ownOption(written: Written, name: string): unknown {
  return Object.hasOwn(written, name) ? written[name] : undefined;
}

export function anObject(rule: BrokenRule): Check {
  return check(rule, isPlainObject);
}

export function aBoolean(reason: BrokenRule['reason'], remedy: string): Check {
  return check({ reason, rule: 'to be a boolean', remedy }, (value) => typeof value === 'boolean');
}

function check(rule: BrokenRule, isValid: (value: unknown) => boolean): Check {
  return (value, option) => (isValid(value) ? [] : [{ option, value, ...rule }]);
}

/** The issue of what is not an integer within bounds; `reasons` may differ for either. */
export function anInteger(
  min: number,
  max: number,
  remedy: (value: unknown) => string,
  reasons: { readonly notInteger: BrokenRule['reason']; readonly outOfRange: BrokenRule['reason'] },
): Check {
  const rule = `to be an integer from ${min} to ${max}`;
  return (value, option) => {
    const isInteger = typeof value === 'number' && Number.isInteger(value);
    if (isInteger && value >= min && value <= max) return [];
    const reason = isInteger ? reasons.outOfRange : reasons.notInteger;
    return [{ option, value, reason, rule, remedy: remedy(value) }];
  };
}

/**
 * A list or `'*'`. A string is the comma-joined list that `enableCors()` takes.
 *
 * @param kind how its reasons begin: `methods` for `methods-string`
 * @param examples of one member, and of several where a string is refused
 */
export function aList(
  kind: 'methods' | 'allowed-headers' | 'exposed-headers',
  examples: { readonly list: string; readonly insteadOfString: string },
  checkMember: (member: unknown, option: string) => BrokenRule | undefined,
): Check {
  const rule = "to be a list, or `'*'`";
  return (value, option) => {
    if (value === '*') return [];
    if (typeof value === 'string') {
      const remedy = `Write a list, such as \`${examples.insteadOfString}\`.`;
      return [{ option, value, reason: `${kind}-string`, rule, remedy }];
    }
    if (!isPlainList(value)) {
      const remedy = `Write a list, such as \`${examples.list}\`.`;
      return [{ option, value, reason: `${kind}-wrong-type`, rule, remedy }];
    }
    // A copy has no holes, which `flatMap` would skip.
    return Array.from(value).flatMap((member, index) => {
      const broken = checkMember(member, option);
      return broken ? [{ option: `${option}[${index}]`, value: member, ...broken }] : [];
    });
  };
}

/** What is wrong with a header name that pages may set, if anything. */
export function checkRequestHeader(name: unknown, option: string): BrokenRule | undefined {
  return checkHeaderName(name, option, findRequestRule);
}

/** What is wrong with a header name that pages may read, if anything. */
export function checkResponseHeader(name: unknown, option: string): BrokenRule | undefined {
  return checkHeaderName(name, option, findResponseRule);
}

function checkHeaderName(
  name: unknown,
  option: string,
  findRule: (name: string) => BrokenRule | undefined,
): BrokenRule | undefined {
  if (name === '*') {
    return {
      reason: 'header-wildcard-in-list',
      rule: 'to be a header name',
      remedy: `Write \`${option}: '*'\`, without a list.`,
    };
  }
  if (typeof name === 'string' && name.includes('*') && isToken(name)) {
    return {
      reason: 'header-name-wildcard',
      rule: 'to be a whole header name',
      remedy: `\`*\` stands for nothing inside a name: no browser would ever match it. List each header, or write \`${option}: '*'\` for all of them.`,
    };
  }
  if (typeof name !== 'string' || !isToken(name)) {
    return {
      reason: 'header-name-invalid',
      rule: 'to be a header name',
      remedy:
        'A name is a token, such as `x-request-id`, without a colon; write each one as its own member of the list.',
    };
  }
  return findRule(name);
}

function findRequestRule(name: string): BrokenRule | undefined {
  if (isForbiddenRequestHeaderName(name)) {
    return {
      reason: 'request-header-forbidden',
      rule: 'to be a header that pages can set',
      remedy:
        'Browsers set it themselves or never send it, and never ask for permission. Remove it.',
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
    remedy: 'This one is meant for the browser. Remove it.',
  };
}

function isCorsHeader(name: string): boolean {
  return name.toLowerCase().startsWith('access-control-');
}

/** What is wrong with a method, if anything. */
export function checkMethod(method: unknown): BrokenRule | undefined {
  if (method === '*') {
    return {
      reason: 'method-wildcard-in-list',
      rule: 'to be a method',
      remedy:
        "Write `methods: '*'` for any requested method; in a list, `*` is a method of that name.",
    };
  }
  if (typeof method !== 'string' || !isToken(method)) {
    return {
      reason: 'method-invalid',
      rule: 'to be a method',
      remedy: 'A method is a token, such as `PATCH`; write each one as its own member of the list.',
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
