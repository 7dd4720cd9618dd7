import {
  ConfigurableModuleBuilder,
  type DynamicModule,
  Inject,
  Logger,
  Module,
  type NestModule,
  type OnApplicationShutdown,
  type OnModuleInit,
  Optional,
} from '@nestjs/common';
import {
  type AbstractHttpAdapter,
  ApplicationConfig,
  HttpAdapterHost,
  InitializeOnPreviewAllowlist,
  ModuleRef,
  ModulesContainer,
} from '@nestjs/core';
import { CORS_OPTIONS, CORS_PLATFORMS, CORS_RUNTIME, CORS_SERVICE } from './cors.constants.js';
import {
  CORS_IS_LIVE,
  CorsLiveModule,
  GivenOptions,
  misuseOfAsync,
  withFactory,
  withGivenOptions,
} from './cors.given-options.js';
import { CorsInterceptor } from './cors.interceptor.js';
import { type CorsRuntime, createRuntime } from './cors.runtime.js';
import { CorsService } from './cors.service.js';
import { bootWarnings } from './observation/boot-warnings.js';
import { embeddingWarnings } from './observation/embedding-warning.js';
import type { CorsOptions } from './options/cors-options.js';
import { PLATFORMS, refuseEnableCors, refuseSharedAdapter } from './platform/platforms.js';
import { watchSecurityHeaders } from './platform/security-headers.js';

const { ConfigurableModuleClass, ASYNC_OPTIONS_TYPE } = new ConfigurableModuleBuilder<CorsOptions>({
  moduleName: 'Cors',
  optionsInjectionToken: CORS_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createCorsOptions')
  .setExtras({}, (definition) => ({ ...definition, global: true }))
  .build();

/**
 * CORS for the whole application: a global policy, changed by `@Cors()` on controllers and routes.
 * Import it once, with `CorsModule.forRoot(options)` or `CorsModule.forRootAsync(…)`, in the root
 * module; it is global.
 *
 * @throws CorsConfigError when the application starts, naming everything that is refused
 * @example permitted
 * CorsModule.forRoot({ origin: ['https://app.example.com'], credentials: true })
 * @example prohibited: a second one in the same application
 */
@Module({
  imports: [CorsLiveModule],
  providers: [
    { provide: CORS_PLATFORMS, useValue: PLATFORMS },
    {
      provide: CORS_RUNTIME,
      useFactory: createRuntime,
      inject: [
        { token: CORS_OPTIONS, optional: true },
        ModulesContainer,
        ApplicationConfig,
        HttpAdapterHost,
        CORS_PLATFORMS,
      ],
    },
    CorsInterceptor,
    CorsService,
    { provide: CORS_SERVICE, useExisting: CorsService },
  ],
  exports: [CORS_RUNTIME, CorsInterceptor, CorsService],
})
export class CorsModule
  extends ConfigurableModuleClass
  implements NestModule, OnModuleInit, OnApplicationShutdown
{
  /**
   * Imports the module with options that are known already. It is global: import it once, in the root
   * module.
   *
   * @throws CorsConfigError when the application starts, naming everything that is refused
   * @example permitted
   * CorsModule.forRoot({ origin: ['https://app.example.com'], credentials: true })
   * @example prohibited: any page could read its visitor's private data
   * CorsModule.forRoot({ origin: '*', credentials: true })
   */
  static override forRoot(options: CorsOptions): DynamicModule {
    InitializeOnPreviewAllowlist.add(this);
    const definition = super.forRoot({ origin: false });
    return withGivenOptions(definition, CORS_OPTIONS, new GivenOptions('forRoot()', { options }));
  }

  /**
   * The same with options that other providers supply, by `useFactory`, or by a class with
   * `createCorsOptions()` (`CorsOptionsFactory`) as `useClass` or `useExisting`.
   *
   * @throws CorsConfigError when the application starts, naming everything that is refused
   * @example permitted
   * CorsModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ origin: config.get('CORS_ORIGINS', '').split(',') }),
   * })
   * @example prohibited: a default would hide that the variable is not set
   * useFactory: (config: ConfigService) => ({ origin: config.get('CORS_ORIGINS', '*') })
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    InitializeOnPreviewAllowlist.add(this);
    const misuse = misuseOfAsync(options);
    return misuse === undefined
      ? withFactory(super.forRootAsync(options), CORS_OPTIONS, options)
      : withGivenOptions(super.forRoot({ origin: false }), CORS_OPTIONS, misuse);
  }

  private installFailure: unknown;
  private securityHeaders: () => ReadonlyMap<string, string> = () => new Map();

  /** @internal */
  constructor(
    @Inject(CORS_RUNTIME) private readonly runtime: CorsRuntime | undefined,
    @Optional() @Inject(CORS_IS_LIVE) private readonly isLive: boolean | undefined,
    private readonly interceptor: CorsInterceptor,
    private readonly service: CorsService,
    private readonly host: HttpAdapterHost,
    private readonly moduleRef: ModuleRef,
  ) {
    super();
    // Providers exist before the adapter under @nestjs/testing, after it under NestFactory; in an
    // application context there is none.
    if (this.adapter) this.install(this.adapter);
    else host.init$.subscribe(() => this.installLate());
  }

  /** Nest asks for middleware right before it registers routes; there is none. */
  configure(): void {
    this.runtime?.entries.begin();
  }

  /** The routes are registered by now, and other layers installed. */
  async onModuleInit(): Promise<void> {
    if (this.installFailure !== undefined) throw this.installFailure;
    const { adapter, runtime } = this;
    if (runtime === undefined) return;
    // In a preview no class has an instance of its own.
    if (this.isLive === true) runtime.resolvers.connect(this.moduleRef);
    if (!adapter) return;
    const logger = new Logger('CorsModule');
    const { routes, policies, mode } = runtime;
    await routes.ready();
    this.fillWhenListening(adapter, runtime);
    const differ = new Set(policies.current).size > 1;
    if (mode.log && differ) logger.log(`Routes and policies:\n${this.service.describeRoutes()}`);
    const embedding = embeddingWarnings(this.securityHeaders(), policies.current);
    const warnings = [...bootWarnings(routes.entries, policies), ...embedding];
    for (const warning of warnings) logger.warn(warning);
    runtime
      .platform()
      .otherLayer(adapter, (layer) =>
        logger.warn(
          `Another CORS layer is installed: ${layer}. Two layers contradict each other; remove it, and move its options to CorsModule.forRoot().`,
        ),
      );
  }

  /** Aborts look-ups that are still running. */
  onApplicationShutdown(): void {
    this.runtime?.routes.stopFilling();
    this.runtime?.resolvers.close();
  }

  /** From then on a request may need the routes. One that comes some other way finds them as well. */
  private fillWhenListening(adapter: AbstractHttpAdapter, { routes, pipeline }: CorsRuntime): void {
    const server: unknown = adapter.getHttpServer();
    if (!hasOnce(server)) return;
    server.once('listening', () =>
      routes.startFilling((error) => pipeline.observer.servingFailed(error)),
    );
  }

  private get adapter(): AbstractHttpAdapter | null | undefined {
    return this.host.httpAdapter as AbstractHttpAdapter | null | undefined;
  }

  private install(adapter: AbstractHttpAdapter): void {
    const { runtime, interceptor } = this;
    if (runtime === undefined) return;
    const { pipeline, entries } = runtime;
    const platform = runtime.platform();
    refuseSharedAdapter(adapter);
    refuseEnableCors(adapter);
    this.securityHeaders = watchSecurityHeaders(adapter);
    platform.install(adapter, { pipeline, entries, interceptor });
  }

  /** What a subscriber throws would end the process: it is thrown when the application starts. */
  private installLate(): void {
    const { adapter } = this;
    if (!adapter) return;
    try {
      this.install(adapter);
    } catch (error) {
      this.installFailure = error;
    }
  }
}

/** Servers have it; what stands for one need not. */
function hasOnce(
  server: unknown,
): server is { once(event: 'listening', listener: () => void): unknown } {
  return (
    typeof server === 'object' &&
    server !== null &&
    'once' in server &&
    typeof server.once === 'function'
  );
}
