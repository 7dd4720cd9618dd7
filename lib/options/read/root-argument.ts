import { types } from 'node:util';
import { type BrokenRule, type CorsConfigIssue, issueOf } from '../refusal/cors-config-error.js';
import { printValue } from '../refusal/print-value.js';
import { isPlainList, isPlainObject, isPlainRegExp, type Written } from './snapshot.js';

/** Where options come from. */
export type OptionsSource = 'forRoot()' | 'forRootAsync()';

/** What `forRootAsync()` takes, of which at least the first three mean it. */
const ASYNC_OPTIONS = ['useFactory', 'useClass', 'useExisting', 'inject', 'imports'] as const;

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
  const rule = source === 'forRoot()' ? findRule(options) : findFactoryRule(options);
  return rule && issueOf(source, source === 'forRoot()' ? source : 'the factory', options, rule);
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
    remedy: `Is a \`return\` missing, or are there braces around an arrow function's object without parentheses? Write \`useFactory: () => (${AN_EXAMPLE.slice(1, -1)})\`.`,
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
  if (typeof options === 'function') return functionRule(options);
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
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) {
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
    remedy:
      'To decide per request, write a function as `origin`: `{ origin: (origin, request) => … }`; to differ per route, write `@Cors()` there; to compute options at startup, write `CorsModule.forRootAsync({ useFactory })`.',
  };
}

function isForAsync(options: Written): boolean {
  return ['useFactory', 'useClass', 'useExisting'].some((name) => Object.hasOwn(options, name));
}

function forRootAsync(options: Written): BrokenRule {
  const names = ASYNC_OPTIONS.filter((name) => Object.hasOwn(options, name)).join(', ');
  return {
    reason: 'options-of-for-root-async',
    ...OPTIONS,
    remedy: `\`${names}\` belongs to the other method: write \`CorsModule.forRootAsync({ ${names} })\`.`,
  };
}

/** What is wrong with what `forRootAsync()` was given, if Nest could not make a factory of it. */
export function findAsyncIssue(given: unknown): CorsConfigIssue | undefined {
  const rule = findAsyncRule(given);
  return rule && issueOf('forRootAsync()', 'forRootAsync()', given, rule);
}

const A_FACTORY: BrokenRule = {
  reason: 'factory-missing',
  rule: 'to be given `useFactory`, `useClass` or `useExisting`',
  remedy: `Write \`CorsModule.forRootAsync({ useFactory: () => (${AN_EXAMPLE.slice(1, -1)}) })\`, or, where nothing is injected, \`CorsModule.forRoot(${AN_EXAMPLE.slice(1, -1)})\`.`,
};

function findAsyncRule(given: unknown): BrokenRule | undefined {
  if (typeof given === 'function') {
    const remedy = `Write \`CorsModule.forRootAsync({ useFactory: ${given.name === '' ? '() => …' : given.name} })\`.`;
    return { ...A_FACTORY, remedy };
  }
  if (typeof given !== 'object' || given === null) return A_FACTORY;
  const [useFactory, useClass, useExisting] = [
    'useFactory' in given ? given.useFactory : undefined,
    'useClass' in given ? given.useClass : undefined,
    'useExisting' in given ? given.useExisting : undefined,
  ];
  if (useFactory !== undefined) {
    if (typeof useFactory === 'function') return undefined;
    const remedy = `\`useFactory\` is a function that returns options; it is ${printValue(useFactory)}.`;
    return { ...A_FACTORY, remedy };
  }
  if (useExisting !== undefined && useExisting !== null) return undefined;
  if (typeof useClass === 'function') return undefined;
  const asOptions = Object.hasOwn(given, 'origin');
  return asOptions
    ? { ...A_FACTORY, reason: 'options-of-for-root', remedy: OPTIONS_GIVEN }
    : A_FACTORY;
}

const OPTIONS_GIVEN =
  'These are options that are known already: write `CorsModule.forRoot({ origin: … })`.';

/** The issue of a class for `forRootAsync({ useClass })` or `({ useExisting })` that makes no options. */
export function factoryWithoutMethod(factory: unknown): CorsConfigIssue {
  return issueOf('forRootAsync()', 'useClass', factory, {
    reason: 'factory-without-method',
    rule: 'and `useExisting` to name a class with a method `createCorsOptions()`',
    remedy: 'Write `createCorsOptions(): CorsOptions` in it (`implements CorsOptionsFactory`).',
  });
}
