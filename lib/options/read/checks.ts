import {
  isForbiddenRequestHeaderName,
  isForbiddenResponseHeaderName,
} from '../../fetch/header-names.js';
import { isForbiddenMethod, normalizeMethod } from '../../fetch/methods.js';
import { isToken } from '../../fetch/tokens.js';
import type { BrokenRule, OptionIssue } from '../refusal/cors-config-error.js';
import { IS_IT_SET, printMembers, splitAdvice, splitList } from '../refusal/own-values.js';
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

export function aBoolean(
  reason: BrokenRule['reason'],
  remedy: string | ((value: unknown) => string),
): Check {
  return (value, option) => {
    const text = typeof remedy === 'string' ? remedy : remedy(value);
    const rule: BrokenRule = { reason, rule: 'to be a boolean', remedy: text };
    return check(rule, (one) => typeof one === 'boolean')(value, option);
  };
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

interface ListRules {
  /** How its reasons begin: `methods` for `methods-string`. */
  readonly kind: 'methods' | 'allowed-headers' | 'exposed-headers';
  readonly example: string;
  /** What happens where there is none, if that is mostly what is wanted. */
  readonly without?: string;
  readonly checkMember: (member: unknown, option: string) => BrokenRule | undefined;
}

/** A list or `'*'`. A string is the comma-joined list that `enableCors()` takes. */
export function aList({ kind, example, without, checkMember }: ListRules): Check {
  const rule = "to be a list, or `'*'`";
  const orOmit = without === undefined ? '' : `, or ${without}`;
  return (value, option) => {
    if (value === '*') return [];
    if (typeof value === 'string') {
      const members = repairList(value, (piece) => checkMember(piece, option));
      const list = members.includes('*') ? "'*'" : printMembers(members);
      const remedy =
        list === undefined
          ? `${IS_IT_SET} Omit it, or write a list, such as \`${example}\`.`
          : `Write \`${list}\`${orOmit}.${splitAdvice(value)}`;
      return [{ option, value, reason: `${kind}-string`, rule, remedy }];
    }
    if (!isPlainList(value)) {
      const remedy = `Write a list, such as \`${example}\`${orOmit}.`;
      return [{ option, value, reason: `${kind}-wrong-type`, rule, remedy }];
    }
    // A copy has no holes, which `flatMap` would skip.
    return Array.from(value).flatMap((member, index) => {
      const broken = checkMember(member, option);
      if (broken === undefined) return [];
      const repaired =
        typeof member === 'string' && !isToken(member)
          ? repairList(member, (piece) => checkMember(piece, option))
          : [];
      const issue = { option: `${option}[${index}]`, value: member, ...broken };
      return [{ ...issue, remedy: remedyForMember(member, repaired, broken) }];
    });
  };
}

/** What a string stands for, without what is refused in a list. */
function repairList(
  text: string,
  checkMember: (member: string) => BrokenRule | undefined,
): readonly string[] {
  if (text === '*' || splitList(text).includes('*')) return ['*'];
  const members = splitList(text).flatMap((piece) => {
    const name = piece.replace(/:$/, '');
    const spelling = [name, name.toUpperCase()].find((one) => checkMember(one) === undefined);
    return spelling === undefined ? [] : [spelling];
  });
  return [...new Set(members)];
}

/** For a member that is not a token: an unset variable, or several members in one. */
function remedyForMember(
  member: unknown,
  repaired: readonly string[],
  { remedy }: BrokenRule,
): string {
  if (member === '' || member === undefined) return `${IS_IT_SET} If not, remove it.`;
  const written = repaired.includes('*') ? undefined : printMembers(repaired, { bare: true });
  return written === undefined ? remedy : `Write \`${written}\`. ${remedy}`;
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
        'A name is a token, such as `x-request-id`, without a colon; each one is its own member of the list.',
    };
  }
  return findRule(name);
}

function findRequestRule(name: string): BrokenRule | undefined {
  // They change nothing; see `findIdle`.
  if (isForbiddenRequestHeaderName(name)) return undefined;
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
      remedy: 'A method is a token, such as `PATCH`; each one is its own member of the list.',
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
