import {
  factoryThrew,
  factoryWithoutMethod,
  findAsyncIssue,
} from '../../../../lib/options/read/async-argument.js';
import { findRootIssue } from '../../../../lib/options/read/root-argument.js';
import type { CorsConfigIssue } from '../../../../lib/options/refusal/cors-config-error.js';

class Factory {
  createCorsOptions(): void {}
}
class PartnerOrigins {
  isAllowed(): boolean {
    return false;
  }
}
const make = () => ({});

/** Throws whatever it is asked. */
function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const summaryOf = (issue: CorsConfigIssue | undefined) =>
  issue && [issue.path, issue.reason, issue.message];

/** What was written, made in the test: no title may ask a revoked Proxy. */
type Given = [what: string, given: () => unknown];

describe('forRootAsync() answers what Nest could not make a factory of', () => {
  const FACTORY = 'Write `CorsModule.forRootAsync({ useFactory: () => ({ origin: … }) })`';
  const orForRoot = `${FACTORY}, or \`CorsModule.forRoot({ origin: … })\` for options that are known already.`;

  test.each<[...Given, got: string, remedy: string]>([
    ['nothing', () => undefined, '`undefined`', orForRoot],
    ['null', () => null, '`null`', orForRoot],
    ['a string', () => 'x', "`'x'` (string)", orForRoot],
    ['an empty object', () => ({}), '`{…}` (object)', orForRoot],
    ['a factory of undefined', () => ({ useFactory: undefined }), '`{…}` (object)', orForRoot],
    ['a revoked Proxy', () => revoked({}), '`Proxy`', orForRoot],
    ['a revoked Proxy of a function', () => revoked(make), '`Proxy`', orForRoot],
    [
      'a function',
      () => make,
      '`function make` (function)',
      'Write `CorsModule.forRootAsync({ useFactory: make })`.',
    ],
    [
      'an arrow',
      () => () => ({}),
      '`function`',
      'Write `CorsModule.forRootAsync({ useFactory: () => … })`.',
    ],
  ])('%s', (_, given, got, remedy) => {
    expect(summaryOf(findAsyncIssue(given()))).toEqual([
      'forRootAsync()',
      'factory-missing',
      `Expected \`forRootAsync()\` to be given \`useFactory\`, \`useClass\` or \`useExisting\`, got ${got}. ${remedy}`,
    ]);
  });

  const MOVED =
    'Is it imported from a file that imports this one? Then it is undefined when this line runs: move it into a file of its own.';
  const IN_BRACKETS = 'Write it in brackets: ';
  const NAME = 'Write its class, or the name that it is provided under.';

  test.each<[given: () => object, path: string, reason: string, message: string]>([
    [
      () => ({ origin: 1 }),
      'origin',
      'options-of-for-root',
      'Expected `origin` not to be beside a factory, but within what it returns, got `1` (number). For options that are known already, write `CorsModule.forRoot({ origin: … })`.',
    ],
    [
      () => ({ policies: {}, useClass: Factory }),
      'policies',
      'options-of-for-root',
      'Expected `policies` not to be beside a factory, but within what it returns, got `{…}` (object). Move it there.',
    ],
    [
      () => ({ useFactroy: make }),
      'useFactroy',
      'unknown-option',
      'Expected options that exist, got `useFactroy`. Did you mean `useFactory`?',
    ],
    [
      () => ({ useFactory: make, strange: 1 }),
      'strange',
      'unknown-option',
      'Expected options that exist, got `strange`. The options are `useFactory`, `useClass`, `useExisting`, `inject`, `imports`, `provideInjectionTokensFrom`.',
    ],
    [
      () => ({ useFactory: make, useClass: Factory }),
      'useClass',
      'factory-twice',
      'Expected `useClass` not to be beside `useFactory`, got `function Factory` (function). Only one of them could apply. Remove one.',
    ],
    [
      () => ({ useExisting: 'a', useClass: Factory }),
      'useExisting',
      'factory-twice',
      "Expected `useExisting` not to be beside `useClass`, got `'a'` (string). Only one of them could apply. Remove one.",
    ],
    [
      () => ({ useFactory: {} }),
      'useFactory',
      'factory-missing',
      `Expected \`useFactory\` to be a function that returns options, got \`{…}\` (object). ${FACTORY}.`,
    ],
    [
      () => ({ useFactory: revoked(make) }),
      'useFactory',
      'factory-missing',
      `Expected \`useFactory\` to be a function that returns options, got \`Proxy\`. ${FACTORY}.`,
    ],
    [
      () => ({ useFactory: Factory }),
      'useFactory',
      'factory-missing',
      'Expected `useFactory` to be a function that returns options, got `function Factory` (function). A class is made with `new`. Write `useClass: Factory`.',
    ],
    [
      () => ({ useFactory: (() => class {})() }),
      'useFactory',
      'factory-missing',
      'Expected `useFactory` to be a function that returns options, got `function`. A class is made with `new`. Write `useClass: TheClass`.',
    ],
    [
      () => ({ useClass: 'x' }),
      'useClass',
      'factory-missing',
      `Expected \`useClass\` to be a class, got \`'x'\` (string). ${FACTORY}.`,
    ],
    [
      () => ({ useClass: make }),
      'useClass',
      'factory-missing',
      'Expected `useClass` to be a class, got `function make` (function). Write `useFactory` for a function that returns options.',
    ],
    ...[5, null, { token: 'x' }, { forwardRef: 'x' }].map(
      (useExisting) =>
        [
          () => ({ useExisting }),
          'useExisting',
          'factory-missing',
          expect.stringMatching(
            new RegExp(
              `^Expected \`useExisting\` to be the injection token of a provider, .*${NAME}$`,
            ),
          ) as unknown as string,
        ] as [() => object, string, string, string],
    ),
    [
      () => ({ useFactory: make, inject: 'x' }),
      'inject',
      'inject-wrong-type',
      `Expected \`inject\` to be a list of injection tokens, got \`'x'\` (string). ${IN_BRACKETS}\`inject: [ConfigService]\`.`,
    ],
    [
      () => ({ useFactory: make, imports: {} }),
      'imports',
      'imports-wrong-type',
      `Expected \`imports\` to be a list of modules, got \`{…}\` (object). ${IN_BRACKETS}\`imports: [ConfigModule]\`.`,
    ],
    [
      () => ({ useFactory: make, inject: [Factory, undefined] }),
      'inject[1]',
      'inject-wrong-type',
      `Expected \`inject[1]\` to be an injection token, got \`undefined\`. ${MOVED}`,
    ],
    [
      () => ({ useFactory: make, imports: Object.assign([], { 1: Factory }) }),
      'imports[0]',
      'imports-wrong-type',
      `Expected \`imports[0]\` to be a module, got \`undefined\`. ${MOVED}`,
    ],
    [
      () => ({ useFactory: make, inject: [5], imports: [5] }),
      'inject[0]',
      'inject-wrong-type',
      'Expected `inject[0]` to be an injection token, got `5` (number). Write something like `inject: [ConfigService]`.',
    ],
    [
      () => ({ useFactory: make, imports: [{ module: 'x' }] }),
      'imports[0]',
      'imports-wrong-type',
      'Expected `imports[0]` to be a module, got `{…}` (object). Write something like `imports: [ConfigModule]`.',
    ],
  ])('row %#: %s', (given, path, reason, message) => {
    expect(summaryOf(findAsyncIssue(given()))).toEqual([`forRootAsync().${path}`, reason, message]);
  });

  test.each<Given>([
    ['null', () => null],
    ['a number', () => 5],
    ['a revoked Proxy', () => revoked({})],
    ['an empty object', () => ({})],
    ['what inherits a token', () => Object.create({ token: 'x' })],
    ['a token that is none', () => ({ token: 5, optional: true })],
    ['a reference that is none', () => ({ forwardRef: 'x' })],
    ['a module', () => ({ module: Factory })],
  ])('%s is not an injection token', (_, member) => {
    const issue = findAsyncIssue({ useFactory: make, inject: [member()] });
    expect([issue?.path, issue?.reason]).toEqual(['forRootAsync().inject[0]', 'inject-wrong-type']);
  });

  test.each<Given>([
    ['null', () => null],
    ['a string', () => 'x'],
    ['a symbol', () => Symbol('x')],
    ['a revoked Proxy', () => revoked({})],
    ['a token', () => ({ token: Factory })],
    ['a reference that is none', () => ({ forwardRef: 'x' })],
  ])('%s is not a module', (_, member) => {
    const issue = findAsyncIssue({ useFactory: make, imports: [Factory, member()] });
    expect([issue?.path, issue?.reason]).toEqual([
      'forRootAsync().imports[1]',
      'imports-wrong-type',
    ]);
  });

  test.each<[what: string, given: object]>([
    ['a factory', { useFactory: make }],
    ['a function with a prototype', { useFactory: function options() {} }],
    ['a factory beside none', { useFactory: make, useClass: undefined }],
    ['a class', { useClass: Factory }],
    ['a function that is compiled from a class', { useClass: function Compiled() {} }],
    ['the name of a provider', { useExisting: 'factory' }],
    ['a symbol', { useExisting: Symbol('factory') }],
    ['the class of a provider', { useExisting: Factory }],
    ['a reference to come', { useExisting: { forwardRef: () => Factory } }],
    [
      'every kind of token and module',
      {
        useFactory: make,
        inject: [
          'a',
          Symbol('a'),
          Factory,
          { token: 'a', optional: true },
          { token: { forwardRef: () => Factory }, optional: true },
          { forwardRef: () => Factory },
        ],
        imports: [
          Factory,
          Promise.resolve({ module: Factory }),
          { forwardRef: () => Factory },
          { module: Factory },
        ],
        provideInjectionTokensFrom: [],
      },
    ],
  ])('%s is what it takes', (_, given) => {
    expect(findAsyncIssue(given)).toBeUndefined();
  });

  test('a factory that throws what says nothing, and a class without the method', () => {
    expect([
      summaryOf(factoryThrew('createCorsOptions()', null)),
      summaryOf(factoryWithoutMethod(PartnerOrigins)),
    ]).toEqual([
      [
        'forRootAsync()',
        'factory-threw',
        'Expected `createCorsOptions()` of `forRootAsync()` to return options or throw an error, got `null`. Throw `new Error(…)` that says what is missing.',
      ],
      [
        'forRootAsync()',
        'factory-without-method',
        'Expected `useClass` and `useExisting` to name a class with a method `createCorsOptions()`, got `function PartnerOrigins` (function). Write `createCorsOptions(): CorsOptions` in it (`implements CorsOptionsFactory`).',
      ],
    ]);
  });
});

describe('what is not an object of options has one answer, given or returned', () => {
  const EXAMPLE = "`{ origin: 'https://app.example.com' }`";
  const LEAST = `Write at least the origins of your pages: ${EXAMPLE}.`;
  const OWN = `Options are read once, and only what is an object's own: write them in braces, such as ${EXAMPLE}.`;
  const DELEGATOR =
    "Write the options themselves, such as `{ origin: ['https://app.example.com'] }`. Where they differ per route, `@Cors()` changes them; per request, `origin` may be a function, `(origin, request) => …`; computed at startup, they belong to `CorsModule.forRootAsync({ useFactory })`.";
  const WRONG = 'options-wrong-type';
  const ASYNC = 'options-of-for-root-async';
  const OTHER = 'That belongs to the other method: write ';

  test.each<[...Given, reason: string, got: string, remedy: string]>([
    ['null', () => null, WRONG, '`null`', LEAST],
    ['a number', () => 5, WRONG, '`5` (number)', LEAST],
    [
      'true',
      () => true,
      WRONG,
      '`true` (boolean)',
      `With \`true\`, \`enableCors()\` allows every origin. Write the origins of your pages: ${EXAMPLE}.`,
    ],
    [
      'false',
      () => false,
      WRONG,
      '`false` (boolean)',
      'Write `{ origin: false }` to switch CORS off, or remove the module.',
    ],
    [
      'an origin',
      () => 'https://a.example',
      WRONG,
      "`'https://a.example'` (string)",
      "Write `{ origin: 'https://a.example' }`.",
    ],
    ['a RegExp', () => /a/, WRONG, '`/a/` (RegExp)', 'Write `{ origin: /a/ }`.'],
    ['origins', () => ['a', /b/], WRONG, '`[… 2 …]` (array)', "Write `{ origin: ['a', /b/] }`."],
    [
      'five origins',
      () => Array.from('12345'),
      WRONG,
      '`[… 5 …]` (array)',
      "Write `{ origin: ['1', '2', '3', '4', '5'] }`.",
    ],
    [
      'six origins',
      () => Array.from('123456'),
      WRONG,
      '`[… 6 …]` (array)',
      "Write `{ origin: ['1', '2', '3', '4', '5', …] }`.",
    ],
    ['an empty list', () => [], WRONG, '`[]` (array)', LEAST],
    ['a list of anything', () => ['a', 5], WRONG, '`[… 2 …]` (array)', LEAST],
    [
      'a promise',
      () => Promise.resolve({}),
      WRONG,
      '`Promise {…}` (instance of a class)',
      'Write `CorsModule.forRootAsync({ useFactory: () => options })`, which waits for it.',
    ],
    ['a Map', () => new Map(), WRONG, '`Map {…}` (instance of a class)', OWN],
    ['a revoked Proxy', () => revoked({}), WRONG, '`Proxy`', OWN],
    ['a revoked Proxy of a list', () => revoked([]), WRONG, '`Proxy`', OWN],
    ['a revoked Proxy of a function', () => revoked(make), WRONG, '`Proxy`', OWN],
    [
      'what inherits from a revoked Proxy',
      () => Object.create(revoked({}) as object),
      WRONG,
      '`{…}` (object with inherited properties)',
      OWN,
    ],
    ['a function', () => make, 'options-delegator', '`function make` (function)', DELEGATOR],
    [
      'a function with a prototype',
      () => function options() {},
      'options-delegator',
      '`function options` (function)',
      DELEGATOR,
    ],
    [
      'a factory',
      () => Factory,
      ASYNC,
      '`function Factory` (function)',
      'Write `CorsModule.forRootAsync({ useClass: Factory })`.',
    ],
    [
      'a resolver class',
      () => PartnerOrigins,
      WRONG,
      '`function PartnerOrigins` (function)',
      'Write `{ origin: PartnerOrigins }`.',
    ],
    [
      'one without a name',
      () => (() => class extends PartnerOrigins {})(),
      WRONG,
      '`function`',
      'Write `{ origin: TheClass }`.',
    ],
    [
      'a function whose prototype is null',
      () => Object.assign(function options() {}, { prototype: null }),
      'options-delegator',
      '`function options` (function)',
      DELEGATOR,
    ],
    [
      'the argument of forRootAsync()',
      () => ({ inject: [], useFactory: make }),
      ASYNC,
      '`{…}` (object)',
      `${OTHER}\`CorsModule.forRootAsync({ useFactory, inject })\`.`,
    ],
    [
      'one with a class',
      () => ({ useClass: Factory }),
      ASYNC,
      '`{…}` (object)',
      `${OTHER}\`CorsModule.forRootAsync({ useClass })\`.`,
    ],
  ])('%s', (_, given, reason, got, remedy) => {
    expect([
      summaryOf(findRootIssue(given(), 'forRoot()')),
      summaryOf(findRootIssue(given(), 'useFactory')),
    ]).toEqual([
      [
        'forRoot()',
        reason,
        `Expected \`forRoot()\` to be given a plain object of options, got ${got}. ${remedy}`,
      ],
      [
        'forRootAsync()',
        reason,
        `Expected \`useFactory\` of \`forRootAsync()\` to return a plain object of options, got ${got}. ${remedy}`,
      ],
    ]);
  });

  test('nothing at all', () => {
    expect([
      summaryOf(findRootIssue(undefined, 'forRoot()')),
      summaryOf(findRootIssue(undefined, 'createCorsOptions()')),
    ]).toEqual([
      [
        'forRoot()',
        'options-missing',
        `Expected \`forRoot()\` to be given a plain object of options, got \`undefined\`. ${LEAST}`,
      ],
      [
        'forRootAsync()',
        'options-missing',
        'Expected `createCorsOptions()` of `forRootAsync()` to return a plain object of options, got `undefined`. Is a `return` missing? An object that an arrow function returns needs parentheses: `() => ({ origin: … })`.',
      ],
    ]);
  });

  test.each([{ origin: '*' }, {}, { inject: [] }])('%j is one, whatever it holds', (given) => {
    const found = [findRootIssue(given, 'forRoot()'), findRootIssue(given, 'useFactory')];
    expect(found).toEqual([undefined, undefined]);
  });
});
