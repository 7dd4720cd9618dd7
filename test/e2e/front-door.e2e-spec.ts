import { jest } from '@jest/globals';
import {
  Injectable,
  Logger,
  Module,
  type DynamicModule,
  type INestApplication,
} from '@nestjs/common';
import { CorsConfigError, CorsModule, type CorsOptionsFactory } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';

const APP = 'https://app.example.com';

class Settings {
  readonly origin = APP;
}

@Injectable()
class NoFactory {
  readonly origin = APP;
}

@Injectable()
class Factory implements CorsOptionsFactory {
  createCorsOptions = () => ({ origin: APP });
}

@Injectable()
class PartnerOrigins {
  isAllowed(): boolean {
    return true;
  }
}

/** As JavaScript calls them. */
const forRoot = CorsModule.forRoot.bind(CorsModule) as (...given: unknown[]) => DynamicModule;
const forRootAsync = CorsModule.forRootAsync.bind(CorsModule) as (
  ...given: unknown[]
) => DynamicModule;

/** Not an arrow: it has a prototype, as classes do. */
function plain() {
  return { origin: APP };
}

const allowed = (origin: string, callback: (error: null, yes: boolean) => void) =>
  callback(null, origin === APP);

/** Throws whatever it is asked. */
function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** What was written, and what its message says. */
type Wrong = [what: string, value: unknown, message: string];

const WRONG_INJECT: readonly Wrong[] = [
  ['a class', Factory, 'to be a list of injection tokens, got `function Factory`'],
  ['a string', 'ConfigService', "to be a list of injection tokens, got `'ConfigService'`"],
  ['a revoked Proxy', revoked([]), 'to be a list of injection tokens, got `Proxy`'],
  ['[undefined]', [undefined], 'Expected `inject[0]` to be an injection token, got `undefined`'],
  ['[, Factory]', Object.assign([], { 1: Factory }), 'Expected `inject[0]`'],
  ['[Factory, 5]', [Factory, 5], 'Expected `inject[1]` to be an injection token, got `5`'],
  ['[null]', [null], 'Expected `inject[0]` to be an injection token, got `null`'],
  ['[{}]', [{}], 'Expected `inject[0]`'],
  ['[{ token: undefined }]', [{ token: undefined, optional: true }], 'Expected `inject[0]`'],
  ['[revoked]', [revoked({})], 'Expected `inject[0]` to be an injection token, got `Proxy`'],
];

const WRONG_IMPORTS: readonly Wrong[] = [
  ['a class', Factory, 'to be a list of modules, got `function Factory`'],
  ['a Set', new Set([CorsModule]), 'to be a list of modules, got `Set {…}`'],
  ['[undefined]', [undefined], 'Expected `imports[0]` to be a module, got `undefined`'],
  ['[5]', [5], 'Expected `imports[0]` to be a module, got `5`'],
  ['[[Module]]', [[CorsModule]], 'Expected `imports[0]` to be a module, got `[… 1 …]`'],
  ['[{}]', [{}], 'Expected `imports[0]` to be a module, got `{…}`'],
  ['[revoked]', [revoked({})], 'Expected `imports[0]` to be a module, got `Proxy`'],
];

const NO_ERRORS: readonly Wrong[] = [
  ['null', null, 'got `null`'],
  ['undefined', undefined, 'got `undefined`'],
  ['a string', 'no vault', "got `'no vault'`"],
  ['a revoked Proxy', revoked({}), 'got `Proxy`'],
];

type Misuse = [call: string, module: () => DynamicModule, ...expected: string[]];

/** How the application was called, what refuses it, and what its message says to write. */
const MISUSES: readonly Misuse[] = [
  ['forRoot()', () => forRoot(), 'options-missing', '{ origin: '],
  ['forRoot(undefined)', () => forRoot(undefined), 'options-missing', '{ origin: '],
  ['forRoot(null)', () => forRoot(null), 'options-wrong-type', '{ origin: '],
  ["forRoot('https://…')", () => forRoot(APP), 'options-wrong-type', `{ origin: '${APP}' }`],
  [
    'forRoot([…])',
    () => forRoot([APP, /^a$/]),
    'options-wrong-type',
    `{ origin: ['${APP}', /^a$/] }`,
  ],
  ['forRoot([])', () => forRoot([]), 'options-wrong-type', '{ origin: '],
  ['forRoot(/…/)', () => forRoot(/^a$/), 'options-wrong-type', '{ origin: /^a$/ }'],
  [
    'forRoot(true)',
    () => forRoot(true),
    'options-wrong-type',
    '`enableCors()` allows every origin',
  ],
  ['forRoot(false)', () => forRoot(false), 'options-wrong-type', '{ origin: false }'],
  ['forRoot(3000)', () => forRoot(3000), 'options-wrong-type', '{ origin: '],
  [
    'forRoot(promise)',
    () => forRoot(Promise.resolve({ origin: APP })),
    'options-wrong-type',
    'forRootAsync({ useFactory: () => options })',
  ],
  ['forRoot(fn)', () => forRoot(() => ({ origin: APP })), 'options-delegator', '(origin, request)'],
  [
    'forRoot((req, callback) => …)',
    () => forRoot(allowed),
    'options-delegator',
    '(origin, request)',
  ],
  [
    'forRoot(Object.assign(fn, { origin }))',
    () => forRoot(Object.assign(() => true, { origin: APP })),
    'options-delegator',
    '(origin, request)',
  ],
  [
    'forRoot(Resolver)',
    () => forRoot(PartnerOrigins),
    'options-wrong-type',
    '{ origin: PartnerOrigins }',
  ],
  [
    'forRoot(new Settings())',
    () => forRoot(new Settings()),
    'options-wrong-type',
    '`Settings {…}`',
  ],
  [
    'forRoot(new Map())',
    () => forRoot(new Map([['origin', APP]])),
    'options-wrong-type',
    '`Map {…}`',
  ],
  [
    'forRoot(proxy)',
    () => forRoot(new Proxy({ origin: APP }, {})),
    'options-wrong-type',
    '`Proxy`',
  ],
  [
    'forRoot(Object.create(defaults))',
    () => forRoot(Object.assign(Object.create({ methods: ['GET'] }), { origin: APP })),
    'options-wrong-type',
    'object with inherited properties',
  ],
  [
    'forRoot({ useFactory })',
    () => forRoot({ useFactory: () => ({ origin: APP }), inject: [] }),
    'options-of-for-root-async',
    'CorsModule.forRootAsync({ useFactory, inject })',
  ],
  [
    'forRoot({ useClass })',
    () => forRoot({ useClass: Factory }),
    'options-of-for-root-async',
    'forRootAsync({ useClass })',
  ],
  ['forRootAsync()', () => forRootAsync(), 'factory-missing', 'useFactory: () => ({ origin: … })'],
  [
    'forRootAsync(null)',
    () => forRootAsync(null),
    'factory-missing',
    'useFactory: () => ({ origin: … })',
  ],
  [
    'forRootAsync({})',
    () => forRootAsync({}),
    'factory-missing',
    'useFactory: () => ({ origin: … })',
  ],
  [
    'forRootAsync(fn)',
    () => forRootAsync(() => ({ origin: APP })),
    'factory-missing',
    '{ useFactory: ',
  ],
  [
    'forRootAsync({ origin })',
    () => forRootAsync({ origin: APP }),
    'options-of-for-root',
    'CorsModule.forRoot({ origin: … })',
  ],
  [
    'forRootAsync({ useFactory, credentials })',
    () => forRootAsync({ useFactory: () => ({ origin: APP }), credentials: true }),
    'options-of-for-root',
    'Expected `credentials` not to be beside a factory',
  ],
  [
    'forRootAsync({ useFactory, isGlobal })',
    () => forRootAsync({ useFactory: () => ({ origin: APP }), isGlobal: true }),
    'unknown-option',
    'got `isGlobal`',
  ],
  [
    'forRootAsync({ useClass: instance })',
    () => forRootAsync({ useClass: new Factory() }),
    'factory-missing',
    'to be a class, got `Factory {…}`',
  ],
  [
    'forRootAsync({ useFactory: options })',
    () => forRootAsync({ useFactory: { origin: APP } }),
    'factory-missing',
    'to be a function that returns options',
  ],
  [
    'forRootAsync({ useClass }) without its method',
    () => forRootAsync({ useClass: NoFactory }),
    'factory-without-method',
    'createCorsOptions(): CorsOptions',
  ],
  [
    'a factory that returns nothing',
    () => forRootAsync({ useFactory: () => undefined }),
    'options-missing',
    '`return` missing',
  ],
  [
    'a factory that returns null',
    () => forRootAsync({ useFactory: () => null }),
    'options-wrong-type',
    '{ origin: ',
  ],
  [
    'a factory that resolves to a string',
    () => forRootAsync({ useFactory: () => Promise.resolve(APP) }),
    'options-wrong-type',
    `{ origin: '${APP}' }`,
  ],
  [
    'a factory that returns a function',
    () => forRootAsync({ useFactory: () => allowed }),
    'options-delegator',
    '(origin, request)',
  ],
  ['forRoot(revoked {})', () => forRoot(revoked({})), 'options-wrong-type', '`Proxy`'],
  ['forRoot(revoked [])', () => forRoot(revoked([])), 'options-wrong-type', '`Proxy`'],
  ['forRoot(revoked fn)', () => forRoot(revoked(allowed)), 'options-wrong-type', '`Proxy`'],
  ['forRootAsync(revoked {})', () => forRootAsync(revoked({})), 'factory-missing', '`Proxy`'],
  ['forRootAsync(revoked fn)', () => forRootAsync(revoked(allowed)), 'factory-missing', '`Proxy`'],
  [
    'forRootAsync({ useFactory: revoked })',
    () => forRootAsync({ useFactory: revoked(allowed) }),
    'factory-missing',
    'to be a function that returns options, got `Proxy`',
  ],
  [
    'forRootAsync({ useClass: revoked })',
    () => forRootAsync({ useClass: revoked(Factory) }),
    'factory-missing',
    'to be a class, got `Proxy`',
  ],
  [
    'forRootAsync({ useExisting: revoked })',
    () => forRootAsync({ useExisting: revoked(Factory) }),
    'factory-missing',
    'got `Proxy`',
  ],
  [
    'a factory that returns a revoked Proxy',
    () => forRootAsync({ useFactory: () => revoked({}) }),
    'options-wrong-type',
    '`Proxy`',
  ],
  [
    'a factory that returns a generator',
    () =>
      forRootAsync({
        *useFactory() {
          yield { origin: APP };
        },
      }),
    'options-wrong-type',
    '`{ origin: ',
  ],
  [
    'forRootAsync({ useFactory: Class })',
    () => forRootAsync({ useFactory: Factory }),
    'factory-missing',
    'Write `useClass: Factory`',
  ],
  [
    'forRootAsync({ useClass: arrow })',
    () => forRootAsync({ useClass: () => ({ origin: APP }) }),
    'factory-missing',
    'Write `useFactory` for a function',
  ],
  [
    'forRootAsync({ useClass: async function })',
    () => forRootAsync({ useClass: async () => Promise.resolve({ origin: APP }) }),
    'factory-missing',
    'Expected `useClass` to be a class, got `function useClass`',
  ],
  [
    'forRootAsync({ useExisting: instance })',
    () => forRootAsync({ useExisting: new Factory() }),
    'factory-missing',
    'to be the injection token of a provider, got `Factory {…}`',
  ],
  ...WRONG_INJECT.map(([what, inject, message]): Misuse => [
    `forRootAsync({ useFactory, inject: ${what} })`,
    () => forRootAsync({ useFactory: () => ({ origin: APP }), inject }),
    'inject-wrong-type',
    message,
  ]),
  ...WRONG_IMPORTS.map(([what, imports, message]): Misuse => [
    `forRootAsync({ useFactory, imports: ${what} })`,
    () => forRootAsync({ useFactory: () => ({ origin: APP }), imports }),
    'imports-wrong-type',
    message,
  ]),
  ...NO_ERRORS.flatMap(([what, thrown, message]): Misuse[] => [
    [
      `a factory that throws ${what}`,
      () =>
        forRootAsync({
          useFactory: () => {
            throw thrown;
          },
        }),
      'factory-threw',
      `to return options or throw an error, ${message}`,
    ],
    [
      `a factory that rejects with ${what}`,
      () => forRootAsync({ useFactory: () => Promise.reject(thrown) }),
      'factory-threw',
      `to return options or throw an error, ${message}`,
    ],
  ]),
  [
    'forRootAsync({ useFactory, useClass })',
    () => forRootAsync({ useFactory: () => ({ origin: '*' }), useClass: Factory }),
    'factory-twice',
    'Expected `useClass` not to be beside `useFactory`',
  ],
  [
    'a factory that returns an instance',
    () => forRootAsync({ useFactory: () => new Settings() }),
    'options-wrong-type',
    '`Settings {…}`',
  ],
];

function application(cors: DynamicModule) {
  @Module({ imports: [cors] })
  class AppModule {}
  return AppModule;
}

async function refusal(boot: () => Promise<{ app: INestApplication }>): Promise<unknown> {
  try {
    const { app } = await boot();
    await app.close();
  } catch (error) {
    return error;
  }
  return new Error('The application started.');
}

describe.each(PLATFORMS)('what stands for options on $platform', ({ platform }) => {
  it.each(MISUSES)(
    '%s is refused in one sentence that says what to write',
    async (_, module, reason, remedy) => {
      const error = await refusal(async () => startApp(platform, application(module())));
      if (!(error instanceof CorsConfigError)) throw error;
      expect(error.issues.map((issue) => issue.reason)).toEqual([reason]);
      expect(error.issues[0]?.message).toContain(remedy);
    },
  );

  it('a factory that throws or rejects keeps its own error', async () => {
    const own = new Error('The vault is sealed.');
    const factories = [
      () => {
        throw own;
      },
      () => Promise.reject(own),
    ];
    for (const useFactory of factories) {
      const module = application(CorsModule.forRootAsync({ useFactory }));
      expect(await refusal(() => startApp(platform, module))).toBe(own);
    }
  });

  it('a factory that never settles is named in the log', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
    const setTimer = jest.spyOn(globalThis, 'setTimeout');
    let settle = (_options: { origin: string }): void => {};
    let call = (): void => {};
    const called = new Promise<void>((resolve) => (call = resolve));
    const useFactory = () => {
      call();
      return new Promise<{ origin: string }>((resolve) => (settle = resolve));
    };
    const starting = startApp(platform, application(CorsModule.forRootAsync({ useFactory })));
    await called;
    const timer = setTimer.mock.calls.find(([, delay]) => delay === 15_000)?.[0];
    setTimer.mockRestore();
    expect(warn).not.toHaveBeenCalled();
    if (typeof timer !== 'function') throw new Error('The factory is not waited for.');
    timer();
    expect(warn.mock.calls.flat().join()).toContain(
      'Expected `useFactory` of `forRootAsync()` to return options, got a promise that has been pending for 15 seconds.',
    );
    settle({ origin: APP });
    const { app } = await starting;
    await app.close();
    warn.mockRestore();
  });

  it.each([
    ['useFactory: a function that could be called with `new`', { useFactory: plain }],
    ['inject: an optional token', { inject: [{ token: 'NONE', optional: true }] }],
    ['imports: a promise of a module', { imports: [Promise.resolve({ module: class Late {} })] }],
    ['imports and inject: null', { imports: null, inject: null }],
  ])('%s is not a misuse', async (_, rest) => {
    const module = forRootAsync({ useFactory: () => ({ origin: APP }), ...rest });
    const { app } = await startApp(platform, application(module));
    await app.close();
  });

  it('a class whose createCorsOptions is a property makes the options', async () => {
    const module = application(CorsModule.forRootAsync({ useClass: Factory }));
    const { app } = await startApp(platform, module);
    await app.close();
  });

  it('a second forRoot is named together with one that has no options', async () => {
    @Module({ imports: [forRoot()] })
    class FeatureModule {}
    @Module({ imports: [CorsModule.forRoot({ origin: APP }), FeatureModule] })
    class AppModule {}
    const error = await refusal(() => startApp(platform, AppModule));
    if (!(error instanceof CorsConfigError)) throw error;
    expect(error.issues.map(({ reason }) => reason)).toContain('duplicate-module');
  });
});
