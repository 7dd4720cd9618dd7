import { types } from 'node:util';
import { type BrokenRule, type CorsConfigIssue, issueOf } from '../refusal/cors-config-error.js';
import { printValue } from '../refusal/print-value.js';
import { ASYNC_OPTIONS, FACTORIES, type OptionsSource } from './async-argument.js';
import { isPlainList, isPlainObject, isPlainRegExp, type Written } from './snapshot.js';

const OPTIONS: Pick<BrokenRule, 'rule'> = { rule: 'to be given a plain object of options' };
const AN_EXAMPLE = "`{ origin: 'https://app.example.com' }`";

/**
 * What is wrong with what `forRoot()` was given, or a factory of `forRootAsync()` has returned, if it is
 * not an object of options at all.
 */
export function findRootIssue(
  options: unknown,
  source: OptionsSource,
): CorsConfigIssue | undefined {
  const isGiven = source === 'forRoot()';
  const rule = isGiven ? findRule(options) : findFactoryRule(options);
  return rule && issueOf(isGiven ? source : 'forRootAsync()', source, options, rule);
}

function findFactoryRule(options: unknown): BrokenRule | undefined {
  const broken = options === undefined ? returnsNothing() : findRule(options);
  if (broken === undefined) return undefined;
  return { ...broken, rule: 'of `forRootAsync()` to return a plain object of options' };
}

function returnsNothing(): BrokenRule {
  return {
    reason: 'options-missing',
    ...OPTIONS,
    remedy:
      'Is a `return` missing? An object that an arrow function returns needs parentheses: `() => ({ origin: … })`.',
  };
}

function findRule(options: unknown): BrokenRule | undefined {
  if (isPlainObject(options)) return isForAsync(options) ? forRootAsync(options) : undefined;
  if (options === undefined) {
    return {
      reason: 'options-missing',
      ...OPTIONS,
      remedy: `Write at least the origins of your pages: ${AN_EXAMPLE}.`,
    };
  }
  if (typeof options === 'function' && !types.isProxy(options)) return functionRule(options);
  return { reason: 'options-wrong-type', ...OPTIONS, remedy: remedyFor(options) };
}

function remedyFor(options: unknown): string {
  const origin = asOrigin(options);
  if (origin !== undefined) return `Write \`{ origin: ${origin} }\`.`;
  if (options === true) {
    return `With \`true\`, \`enableCors()\` allows every origin. Write the origins of your pages: ${AN_EXAMPLE}.`;
  }
  if (options === false) {
    return 'Write `{ origin: false }` to switch CORS off, or remove the module.';
  }
  if (types.isPromise(options)) {
    return 'Write `CorsModule.forRootAsync({ useFactory: () => options })`, which waits for it.';
  }
  const isObject = typeof options === 'object' && options !== null;
  if (types.isProxy(options) || (isObject && !Array.isArray(options))) {
    return `Options are read once, and only what is an object's own: write them in braces, such as ${AN_EXAMPLE}.`;
  }
  return `Write at least the origins of your pages: ${AN_EXAMPLE}.`;
}

/** How many members of a list are printed. */
const PRINTED = 5;

/** What looks like the value of `origin`, as source code. */
function asOrigin(options: unknown): string | undefined {
  if (typeof options === 'string' || isPlainRegExp(options)) return printValue(options);
  if (!isPlainList(options) || options.length === 0) return undefined;
  const isOrigins = options.every((one) => typeof one === 'string' || isPlainRegExp(one));
  if (!isOrigins) return undefined;
  const more = options.length > PRINTED ? ', …' : '';
  return `[${options.slice(0, PRINTED).map(printValue).join(', ')}${more}]`;
}

function functionRule(given: Function): BrokenRule {
  const prototype: unknown = given.prototype;
  const hasMethod = (name: string) =>
    typeof prototype === 'object' && prototype !== null && name in prototype;
  const name = given.name === '' ? 'TheClass' : given.name;
  if (hasMethod('createCorsOptions')) {
    const remedy = `Write \`CorsModule.forRootAsync({ useClass: ${name} })\`.`;
    return { reason: 'options-of-for-root-async', ...OPTIONS, remedy };
  }
  if (hasMethod('isAllowed')) {
    const remedy = `Write \`{ origin: ${name} }\`.`;
    return { reason: 'options-wrong-type', ...OPTIONS, remedy };
  }
  return {
    reason: 'options-delegator',
    ...OPTIONS,
    remedy: `Write the options themselves, such as \`{ origin: ['https://app.example.com'] }\`. Where they differ per route, \`@Cors()\` changes them; per request, \`origin\` may be a function, \`(origin, request) => …\`; computed at startup, they belong to \`CorsModule.forRootAsync({ useFactory })\`.`,
  };
}

function isForAsync(options: Written): boolean {
  return FACTORIES.some((name) => Object.hasOwn(options, name));
}

function forRootAsync(options: Written): BrokenRule {
  const names = ASYNC_OPTIONS.filter((name) => Object.hasOwn(options, name)).join(', ');
  return {
    reason: 'options-of-for-root-async',
    ...OPTIONS,
    remedy: `That belongs to the other method: write \`CorsModule.forRootAsync({ ${names} })\`.`,
  };
}
