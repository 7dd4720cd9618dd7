import { types } from 'node:util';
import { APPLICATION_OPTIONS } from '../application-option-table.js';
import { POLICY_OPTIONS } from '../policy-option-table.js';
import { type BrokenRule, type CorsConfigIssue, issueOf } from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';
import { unknownOption } from '../refusal/suggestions.js';
import { isPlainList } from './snapshot.js';

/** Where options come from: `forRoot()`, or one of the factories of `forRootAsync()`. */
export type OptionsSource = 'forRoot()' | 'useFactory' | 'createCorsOptions()';

/** What only `forRootAsync()` takes. */
export const FACTORIES = ['useFactory', 'useClass', 'useExisting'] as const;
export const ASYNC_OPTIONS = [
  ...FACTORIES,
  'inject',
  'imports',
  'provideInjectionTokensFrom',
] as const;

/** What is wrong with what `forRootAsync()` was given, if Nest could not make a factory of it. */
export function findAsyncIssue(given: unknown): CorsConfigIssue | undefined {
  if (typeof given !== 'object' || given === null || types.isProxy(given)) return noFactory(given);
  const misplaced = Object.keys(given).find((name) => isOptionName(name));
  if (misplaced !== undefined) return optionOfFactory(misplaced, given);
  const unknown = Object.keys(given).find((name) => !ASYNC_OPTIONS.some((one) => one === name));
  if (unknown !== undefined) {
    return unknownOption(optionPath('forRootAsync()', unknown), unknown, ASYNC_OPTIONS);
  }
  const [factory, another] = FACTORIES.filter((name) => valueOf(given, name) !== undefined);
  if (factory === undefined) return noFactory(given);
  const value = valueOf(given, factory);
  if (another !== undefined) {
    return issueOf(optionPath('forRootAsync()', another), another, valueOf(given, another), {
      reason: 'factory-twice',
      rule: `not to be beside \`${factory}\``,
      remedy: 'Only one of them could apply. Remove one.',
    });
  }
  const rule = RULES[factory](value);
  if (rule !== undefined) {
    const path = optionPath('forRootAsync()', factory);
    return issueOf(path, factory, value, { reason: 'factory-missing', ...rule });
  }
  return findListIssue(given, 'inject', isToken) ?? findListIssue(given, 'imports', isModule);
}

const A_FACTORY = 'Write `CorsModule.forRootAsync({ useFactory: () => ({ origin: … }) })`';

/** What is wrong with a factory, if Nest could not call it. */
const RULES: Readonly<
  Record<(typeof FACTORIES)[number], (value: unknown) => Omit<BrokenRule, 'reason'> | undefined>
> = {
  useFactory(value) {
    const rule = 'to be a function that returns options';
    if (!isFunction(value)) return { rule, remedy: `${A_FACTORY}.` };
    return isClass(value)
      ? { rule, remedy: `A class is made with \`new\`. Write \`useClass: ${nameOf(value)}\`.` }
      : undefined;
  },
  useClass(value) {
    const rule = 'to be a class';
    if (!isFunction(value)) return { rule, remedy: `${A_FACTORY}.` };
    return isConstructor(value)
      ? undefined
      : { rule, remedy: 'Write `useFactory` for a function that returns options.' };
  },
  useExisting: (value) =>
    isToken(value) && !isOptionalToken(value)
      ? undefined
      : {
          rule: 'to be the injection token of a provider',
          remedy: 'Write its class, or the name that it is provided under.',
        },
};

/** How many of a list may be wrong in the same way: one is named. */
function findListIssue(
  given: object,
  name: keyof typeof LISTS,
  isMember: (value: unknown) => boolean,
): CorsConfigIssue | undefined {
  const { ofOne, example, reason } = LISTS[name];
  const list = valueOf(given, name) ?? [];
  if (!isPlainList(list)) {
    return issueOf(optionPath('forRootAsync()', name), name, list, {
      reason,
      rule: `to be a list of ${ofOne}s`,
      remedy: `Write it in brackets: \`${name}: [${example}]\`.`,
    });
  }
  const index = Array.from(list).findIndex((value) => !isMember(value));
  if (index === -1) return undefined;
  const member = `${name}[${index}]`;
  return issueOf(optionPath('forRootAsync()', member), member, list[index], {
    reason,
    rule: `to be ${ofOne === 'injection token' ? 'an' : 'a'} ${ofOne}`,
    remedy:
      list[index] === undefined
        ? 'Is it imported from a file that imports this one? Then it is undefined when this line runs: move it into a file of its own.'
        : `Write something like \`${name}: [${example}]\`.`,
  });
}

const LISTS = {
  inject: { ofOne: 'injection token', example: 'ConfigService', reason: 'inject-wrong-type' },
  imports: { ofOne: 'module', example: 'ConfigModule', reason: 'imports-wrong-type' },
} as const;

function isFunction(value: unknown): value is Function {
  return typeof value === 'function' && !types.isProxy(value);
}

/** The prototype of a class cannot be replaced; that of a function can, and an arrow has none. */
function isClass(given: Function): boolean {
  return Object.getOwnPropertyDescriptor(given, 'prototype')?.writable === false;
}

function isConstructor(given: Function): boolean {
  try {
    Reflect.construct(Object, [], given);
    return true;
  } catch {
    return false;
  }
}

function isToken(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'symbol' || isFunction(value)) return true;
  return isForwardReference(value) || isOptionalToken(value);
}

/** `{ token, optional }`, which stands in `inject` only. */
function isOptionalToken(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'token') && isToken(valueOf(value, 'token'));
}

function isModule(value: unknown): boolean {
  if (isFunction(value) || types.isPromise(value) || isForwardReference(value)) return true;
  return isObject(value) && isFunction(valueOf(value, 'module'));
}

/** What Nest's `forwardRef()` returns. */
function isForwardReference(value: unknown): boolean {
  return isObject(value) && isFunction(valueOf(value, 'forwardRef'));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value);
}

function nameOf(given: Function): string {
  return given.name === '' ? 'TheClass' : given.name;
}

/** The issue of a factory that has thrown something which says nothing by itself. */
export function factoryThrew(source: OptionsSource, thrown: unknown): CorsConfigIssue {
  return issueOf('forRootAsync()', source, thrown, {
    reason: 'factory-threw',
    rule: 'of `forRootAsync()` to return options or throw an error',
    remedy: 'Throw `new Error(…)` that says what is missing.',
  });
}

function noFactory(given: unknown): CorsConfigIssue {
  const remedy =
    typeof given === 'function' && !types.isProxy(given)
      ? `Write \`CorsModule.forRootAsync({ useFactory: ${given.name === '' ? '() => …' : given.name} })\`.`
      : `${A_FACTORY}, or \`CorsModule.forRoot({ origin: … })\` for options that are known already.`;
  return issueOf('forRootAsync()', 'forRootAsync()', given, {
    reason: 'factory-missing',
    rule: 'to be given `useFactory`, `useClass` or `useExisting`',
    remedy,
  });
}

/** Nest's builder would drop it, beside a factory or without one. */
function optionOfFactory(name: string, given: object): CorsConfigIssue {
  const hasFactory = FACTORIES.some((factory) => valueOf(given, factory) !== undefined);
  return issueOf(optionPath('forRootAsync()', name), name, valueOf(given, name), {
    reason: 'options-of-for-root',
    rule: 'not to be beside a factory, but within what it returns',
    remedy: hasFactory
      ? 'Move it there.'
      : `For options that are known already, write \`CorsModule.forRoot({ ${name}: … })\`.`,
  });
}

function isOptionName(name: string): boolean {
  return [...POLICY_OPTIONS, ...APPLICATION_OPTIONS].some((option) => option === name);
}

function valueOf(given: object, name: string): unknown {
  return Reflect.get(given, name);
}

/** The issue of a class for `forRootAsync({ useClass })` or `({ useExisting })` that makes no options. */
export function factoryWithoutMethod(factory: unknown): CorsConfigIssue {
  return issueOf('forRootAsync()', 'useClass', factory, {
    reason: 'factory-without-method',
    rule: 'and `useExisting` to name a class with a method `createCorsOptions()`',
    remedy: 'Write `createCorsOptions(): CorsOptions` in it (`implements CorsOptionsFactory`).',
  });
}
