import { types } from 'node:util';
import {
  type DynamicModule,
  type FactoryProvider,
  Logger,
  Module,
  type Provider,
} from '@nestjs/common';
import {
  factoryThrew,
  factoryWithoutMethod,
  findAsyncIssue,
  type OptionsSource,
} from './options/read/async-argument.js';
import { isProxy } from './options/read/snapshot.js';
import type { CorsConfigIssue } from './options/refusal/cors-config-error.js';

/**
 * What `forRoot()` was given, or a factory of `forRootAsync()` has returned: as it is. Nest's builder
 * would copy it, and drop what is inherited or not enumerable; Nest itself would wait for a promise.
 */
export class GivenOptions {
  readonly options?: unknown;
  /** Why there are no options. */
  readonly issue?: CorsConfigIssue;
  /** Whether Nest previews the application, so that no factory has run. */
  readonly isPreview?: boolean;

  constructor(
    readonly source: OptionsSource,
    rest: Omit<Partial<GivenOptions>, 'source'>,
  ) {
    Object.assign(this, rest);
  }
}

/**
 * What stands behind `CORS_OPTIONS`: as the module has provided it, or the options that a test has put in
 * its place.
 */
export function readGiven(provided: unknown): GivenOptions | undefined {
  if (provided === undefined || provided instanceof GivenOptions) return provided;
  return new GivenOptions('forRoot()', { options: provided });
}

type Token = FactoryProvider['provide'];

/** The module with what `forRoot()` was given. */
export function withGivenOptions(
  definition: DynamicModule,
  token: Token,
  given: GivenOptions,
): DynamicModule {
  // Not `useValue`: Nest 11 ignores a factory that replaces one in a test.
  const provider: Provider<GivenOptions> = { provide: token, useFactory: () => given };
  return replaceProvider(definition, token, () => provider);
}

/** The module with what a factory will return; `given` is what `forRootAsync()` was given. */
export function withFactory(
  definition: DynamicModule,
  token: Token,
  { useFactory }: { readonly useFactory?: unknown },
): DynamicModule {
  const run = useFactory === undefined ? askClass : askFactory;
  return replaceProvider(definition, token, (built) => ({
    provide: token,
    inject: [CORS_IS_LIVE, ...(built.inject ?? [])],
    useFactory: async (isLive: unknown, ...dependencies: unknown[]): Promise<GivenOptions> =>
      isLive === true
        ? run(built, dependencies)
        : new GivenOptions('useFactory', { isPreview: true }),
  }));
}

/** What is wrong with what `forRootAsync()` was given, as something to refuse at boot. */
export function misuseOfAsync(given: unknown): GivenOptions | undefined {
  const issue = findAsyncIssue(given);
  return issue && new GivenOptions('useFactory', { issue });
}

async function askFactory(
  { useFactory }: FactoryProvider,
  dependencies: readonly unknown[],
): Promise<GivenOptions> {
  return resolved('useFactory', () => useFactory(...dependencies));
}

async function askClass(
  _built: FactoryProvider,
  [factory]: readonly unknown[],
): Promise<GivenOptions> {
  const source = 'createCorsOptions()';
  if (!hasCreateOptions(factory)) {
    return new GivenOptions(source, { issue: factoryWithoutMethod(factory) });
  }
  return resolved(source, () => factory.createCorsOptions());
}

/** What a factory returns. An error that it throws is its own, and stays as it is. */
async function resolved(source: OptionsSource, factory: () => unknown): Promise<GivenOptions> {
  // Keeps the process alive: otherwise one that waits for nothing else ends without a word.
  const timer = setTimeout(() => warnOfWaiting(source), SLOW_FACTORY_MS);
  try {
    const returned = factory();
    // A `Proxy` is refused, and not asked whether it is a promise: a revoked one throws.
    return new GivenOptions(source, { options: isProxy(returned) ? returned : await returned });
  } catch (error) {
    if (types.isNativeError(error) || (!isProxy(error) && error instanceof Error)) throw error;
    return new GivenOptions(source, { issue: factoryThrew(source, error) });
  } finally {
    clearTimeout(timer);
  }
}

/** After how long a factory is named: nobody else says what the application waits for. */
const SLOW_FACTORY_MS = 15_000;

function warnOfWaiting(source: OptionsSource): void {
  new Logger('CorsModule').warn(
    `Expected \`${source}\` of \`forRootAsync()\` to return options, got a promise that has been pending for ${SLOW_FACTORY_MS / 1000} seconds. The application starts when it settles: see what the factory waits for, and bound it in time.`,
  );
}

function hasCreateOptions(factory: unknown): factory is { createCorsOptions(): unknown } {
  return (
    typeof factory === 'object' &&
    factory !== null &&
    'createCorsOptions' in factory &&
    typeof factory.createCorsOptions === 'function'
  );
}

function replaceProvider(
  definition: DynamicModule,
  token: Token,
  replacement: (built: FactoryProvider) => Provider,
): DynamicModule {
  const providers = (definition.providers ?? []).map((provider) =>
    typeof provider === 'object' && provider.provide === token
      ? replacement(provider as FactoryProvider)
      : provider,
  );
  return { ...definition, providers };
}

/** The injection token of `true` where Nest makes instances, which it does not for a preview. */
export const CORS_IS_LIVE: unique symbol = Symbol.for('nestjs-cors:is-live');

/**
 * Shows whether Nest previews the application. `CorsModule` has instances even there, so that its
 * configuration is checked; this module has none.
 *
 * @see https://docs.nestjs.com/devtools/ci-cd-integration#preview-mode
 */
@Module({
  providers: [{ provide: CORS_IS_LIVE, useFactory: () => true }],
  exports: [CORS_IS_LIVE],
})
export class CorsLiveModule {}
