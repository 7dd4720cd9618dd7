import {
  ConfigurableModuleBuilder,
  type DynamicModule,
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModuleRef, ModulesContainer } from '@nestjs/core';
import { CORS_RUNTIME } from './cors.constants.js';
import { CorsInterceptor } from './cors.interceptor.js';
import { type CorsRuntime, createRuntime } from './cors.runtime.js';
import { CorsService } from './cors.service.js';
import { bootWarnings } from './observation/boot-warnings.js';
import type { CorsOptions } from './options/cors-options.js';
import { findOtherCorsLayer, install, refuseEnableCors } from './platform/platforms.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<CorsOptions>({ moduleName: 'Cors' })
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
  providers: [
    {
      provide: CORS_RUNTIME,
      useFactory: createRuntime,
      inject: [
        { token: MODULE_OPTIONS_TOKEN, optional: true },
        ModulesContainer,
        ApplicationConfig,
        HttpAdapterHost,
      ],
    },
    CorsInterceptor,
    CorsService,
  ],
  exports: [CORS_RUNTIME, CorsInterceptor, CorsService],
})
export class CorsModule
  extends ConfigurableModuleClass
  implements OnModuleInit, OnApplicationShutdown
{
  /**
   * Imports the module with options known by now. It is global: import it once, in the root module.
   *
   * @throws CorsConfigError when the application starts, naming everything that is refused
   * @example permitted
   * CorsModule.forRoot({ origin: ['https://app.example.com'], credentials: true })
   * @example prohibited: any page could read what is private to its visitor
   * CorsModule.forRoot({ origin: '*', credentials: true })
   */
  static override forRoot(options: CorsOptions): DynamicModule {
    return super.forRoot(options);
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
    return super.forRootAsync(options);
  }

  /** @internal */
  constructor(
    @Inject(CORS_RUNTIME) private readonly runtime: CorsRuntime,
    interceptor: CorsInterceptor,
    private readonly service: CorsService,
    private readonly host: HttpAdapterHost,
    private readonly moduleRef: ModuleRef,
  ) {
    super();
    // Providers exist before the adapter under @nestjs/testing, after it under NestFactory; in an
    // application context there is none.
    host.init$.subscribe(() => {
      const adapter = host.httpAdapter as HttpAdapterHost['httpAdapter'] | null | undefined;
      if (!adapter) return;
      refuseEnableCors(adapter);
      install(adapter, {
        gate: runtime.gate,
        entries: runtime.entries,
        settle: (response, entry) => interceptor.settle(response, entry),
      });
    });
  }

  /** The routes are registered by now, and other layers installed. */
  onModuleInit(): void {
    this.runtime.resolvers.connect(this.moduleRef);
    const adapter = this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | null | undefined;
    if (!adapter) return;
    const logger = new Logger('CorsModule');
    const { routes, policies, mode } = this.runtime;
    const differ = new Set(policies.current).size > 1;
    if (mode.log && differ) logger.log(`Routes and policies:\n${this.service.describeRoutes()}`);
    for (const warning of bootWarnings(routes.entries, policies)) logger.warn(warning);
    findOtherCorsLayer(adapter, (layer) =>
      logger.warn(
        `Another CORS layer is installed: ${layer}. Two layers contradict each other; remove it, and move its options to CorsModule.forRoot().`,
      ),
    );
  }

  /** Nobody waits for origin classes any more. */
  onApplicationShutdown(): void {
    this.runtime.resolvers.close();
  }
}
