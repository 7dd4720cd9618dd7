/**
 * The metadata key of `@Cors()`. A registered symbol, so that an override is found although
 * decorator and module may come from different builds (ESM and CommonJS) of this package.
 */
export const CORS_OVERRIDE: unique symbol = Symbol.for('nestjs-cors:override');

/** The injection token of the services of one application, wired together. */
export const CORS_RUNTIME: unique symbol = Symbol.for('nestjs-cors:runtime');

/** The injection token of the HTTP platforms that are supported. */
export const CORS_PLATFORMS: unique symbol = Symbol.for('nestjs-cors:platforms');
