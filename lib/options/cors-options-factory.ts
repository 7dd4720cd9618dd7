import type { CorsOptions } from './cors-options.js';

/** A class that makes the options, for `forRootAsync({ useClass })` and `({ useExisting })`. */
export interface CorsOptionsFactory {
  /** Makes the options, once, when the application starts. */
  createCorsOptions(): CorsOptions | Promise<CorsOptions>;
}
