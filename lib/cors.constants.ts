/**
 * The metadata key of `@Cors()`. A registered symbol, so that an override is found although
 * decorator and module may come from different builds (ESM and CommonJS) of this package.
 */
export const CORS_OVERRIDE: unique symbol = Symbol.for('nestjs-cors:override');

/**
 * The metadata key of what `@Cors()` on the methods of a prototype was given, by name: a decorator may put a
 * function of its own in a method's place, without its metadata.
 */
export const CORS_MEMBERS: unique symbol = Symbol.for('nestjs-cors:members');

/** The injection token of the services of one application, wired together. */
export const CORS_RUNTIME: unique symbol = Symbol.for('nestjs-cors:runtime');

/**
 * Another injection token of `CorsService`: the command and the test kit find it in whichever build (ESM
 * or CommonJS) the application has loaded.
 */
export const CORS_SERVICE: unique symbol = Symbol.for('nestjs-cors:service');

/** The injection token of the HTTP platforms that are supported. */
export const CORS_PLATFORMS: unique symbol = Symbol.for('nestjs-cors:platforms');

/**
 * The injection token of the options of `CorsModule`, to replace them in tests: whatever `forRoot()` was
 * given or a factory of `forRootAsync()` would return, which then does not run. It is validated like any
 * other options. No module exports it, so it is not for injection.
 *
 * @throws CorsConfigError when the application starts, as for `forRoot()`
 * @example permitted
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(CORS_OPTIONS)
 *   .useValue({ origin: 'https://test.example.com' })
 * @example prohibited: the application changes its options with `CorsService.update()`
 * @Inject(CORS_OPTIONS) options: CorsOptions
 */
export const CORS_OPTIONS: unique symbol = Symbol.for('nestjs-cors:options');
