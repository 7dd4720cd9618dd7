import type { Dead } from '../language/origin-language.js';
import { isPlainList } from '../read/snapshot.js';
import type { BrokenRule, OptionIssue } from '../refusal/cors-config-error.js';
import { IS_IT_SET, printMembers, splitAdvice, Variables } from '../refusal/own-values.js';
import { printValue } from '../refusal/print-value.js';
import { callbackStyleOf } from './callback-style.js';
import type { OriginIssue, ReadOrigins } from './read-origins.js';
import { ANY_MATCH, ORIGIN_RULES } from './origin-rules.js';

/** Where the value of `origin` is written, as far as remedies depend on it. */
export interface OriginPlace {
  readonly raw: unknown;
  /** Then none of them offers `'*'`. */
  readonly hasCredentials: boolean;
}

/**
 * The issues of the value of `origin` by itself.
 *
 * @param place none for a value that is not the application's own: environment variables are nobody
 *   else's business
 */
export function checkOrigin(read: ReadOrigins, place?: OriginPlace): readonly OptionIssue[] {
  const whole = place && new WholeValue(place);
  return read.issues.map((issue) => {
    const { option, value, reason } = issue;
    const { rule } = ORIGIN_RULES[reason];
    const instead = writeInstead(issue, place);
    const remedy = (whole && remedyAt(issue, whole)) ?? remedyFor(issue, instead !== '');
    return { option, value, reason, rule, remedy: instead + remedy };
  });
}

function remedyFor({ reason, dead }: OriginIssue, isWritten: boolean): string {
  if (reason === 'origin-regexp-unanchored' && isWritten) return ANY_MATCH;
  return dead === undefined ? ORIGIN_RULES[reason].remedy : remedyForDead(dead);
}

/** With the user's own values, where they make one that is accepted. */
function writeInstead({ option, repaired }: OriginIssue, place?: OriginPlace): string {
  if (repaired === undefined) return '';
  const others = repaired.filter((origin) => origin !== '*');
  const isAny = others.length < repaired.length;
  const members = isAny && place?.hasCredentials !== true ? ['*'] : others;
  const printed = printMembers(members, { bare: members.length === 1 || option.endsWith(']') });
  return printed === undefined ? '' : `Write \`${printed}\`. `;
}

/** What the remedies of all members ask, found out once: there may be 100,000 of them. */
class WholeValue {
  readonly hasCredentials: boolean;
  readonly isList: boolean;
  readonly variables = new Variables();
  private isUnset: boolean | undefined;

  constructor(private readonly place: OriginPlace) {
    this.hasCredentials = place.hasCredentials;
    this.isList = isPlainList(place.raw);
  }

  /** Whether it is a list of which no member is set. */
  get isEveryMemberUnset(): boolean {
    const { raw } = this.place;
    return (this.isUnset ??= isPlainList(raw) && raw.every((member) => isUnset(member)));
  }
}

/** What depends on the place: on credentials, on the other members, on a variable's name. */
function remedyAt({ reason, value }: OriginIssue, whole: WholeValue): string | undefined {
  const { hasCredentials, variables } = whole;
  if (reason === 'origin-undefined' || reason === 'origin-empty') {
    return remedyForUnset(value, whole);
  }
  if (reason === 'origin-wrong-type' && value === null) return remedyForUnset(value, whole);
  if (reason === 'origin-invalid-host' && /:\/\/(?::|$)/.test(String(value))) {
    return remedyForUnset(value, whole);
  }
  if (reason === 'origin-callback' && typeof value === 'function') return remedyForCallback(value);
  if (reason === 'origin-comma-joined' && typeof value === 'string') {
    return splitAdvice(value, variables).trimStart() || undefined;
  }
  if (reason === 'origin-whitespace') return remedyForSpace(String(value), whole.isList);
  if (!hasCredentials) return undefined;
  if (reason === 'origin-true') return REFLECTED_WITH_CREDENTIALS;
  return reason === 'origin-wildcard-among-others' ? ANY_WITH_CREDENTIALS : undefined;
}

const REFLECTED_WITH_CREDENTIALS =
  "With `true`, `enableCors()` reflects every origin: any page can read what is private to its visitor. Write the origins of your pages, such as `['https://app.example.com']`.";

const MISSING_WITH_CREDENTIALS =
  "There is no default: write the origins of your pages, such as `'https://app.example.com'`, or `false` for no CORS.";

const ANY_WITH_CREDENTIALS =
  "`'*'` allows every origin, which credentials exclude. Remove it, and keep the others.";

function remedyForUnset(value: unknown, whole: WholeValue): string {
  const isTemplate = typeof value === 'string' && value !== '' && value !== 'undefined';
  const variable = value === '' ? whole.variables.nameOf(value) : undefined;
  const question =
    variable === undefined
      ? IS_IT_SET
      : `Is the environment variable set? \`${variable}\` is empty.`;
  if (whole.isEveryMemberUnset) return `${question} If not, write \`origin: false\` for no CORS.`;
  if (whole.isList) {
    const filter = isTemplate ? '' : ': append `.filter(Boolean)` to the list';
    return `${question} Where it is not, remove it${filter}.`;
  }
  if (isTemplate) return `${question} Where it is not, write \`false\` instead, for no CORS.`;
  const or = value === '' ? '||' : '??';
  const example = `process.env.CORS_ORIGIN ${or} false`;
  const write =
    variable !== undefined
      ? `\`${variable} ${or} false\``
      : value === 'undefined'
        ? `the variable itself, as in \`${example}\``
        : `\`${or} false\` behind it, as in \`${example}\``;
  return `${question} For no CORS without it, write ${write}.`;
}

/** Of values that are right but for what is around them: mostly members of a variable that is split. */
function remedyForSpace(value: string, isList: boolean): string | undefined {
  const isInside = /\s/.test(value.trim());
  if (isInside) return undefined;
  return isList
    ? 'Where the list comes from a variable, append `.map((one) => one.trim())` to it.'
    : 'Where it comes from a variable, append `.trim()`.';
}

function isUnset(member: unknown): boolean {
  return member === undefined || member === null || member === '' || member === 'undefined';
}

function remedyForCallback(given: Function): string {
  const style = callbackStyleOf(given);
  if (style === undefined) return ORIGIN_RULES['origin-callback'].remedy;
  const { origin, callback, list } = style;
  if (list === undefined) {
    return `It calls its second parameter, \`${callback}\`, as \`enableCors()\` has it; here that is the request, and what counts is what the function returns. Write \`return allowed\` instead of \`${callback}(null, allowed)\`, and \`return false\` instead of \`${callback}(error)\`.`;
  }
  const { name, method } = list;
  const asked =
    method === 'indexOf' ? `${name}.indexOf(${origin}) !== -1` : `${name}.${method}(${origin})`;
  const orList = method === 'has' ? '' : `, or just the list, \`${name}\``;
  return `It calls its second parameter, \`${callback}\`, as \`enableCors()\` has it; here that is the request, and what counts is what the function returns. Write \`(${origin}) => ${asked}\`${orList}; it is not called without \`Origin\`.`;
}

/** The issue of a global policy without `origin`. */
export function missingOrigin(hasCredentials: boolean): BrokenRule {
  const reason = 'origin-missing';
  const rule = { reason, ...ORIGIN_RULES[reason] } as const;
  return hasCredentials ? { ...rule, remedy: MISSING_WITH_CREDENTIALS } : rule;
}

/** What it matches says what is wrong with it, as that would be refused as a string. */
function remedyForDead({ matches, fault }: Dead): string {
  if (matches === undefined) return 'It matches nothing.';
  const { remedy } = ORIGIN_RULES[fault ?? 'origin-regexp-dead'];
  return `It matches \`${printValue(matches)}\`. ${remedy}`;
}
